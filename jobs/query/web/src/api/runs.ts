import { address, json, pathSegments } from './http';

/** A run of a command, as the warehouse's tables tell it. */
export interface Run {
  readonly run: string;
  readonly verb: string;
  readonly arguments: readonly string[];
  readonly user: string | null;
  readonly host: string | null;
  readonly version: string | null;
  readonly state: string;
  readonly exit: number | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly seconds: number | null;
  readonly bytes_in: number | null;
  readonly bytes_out: number | null;
  readonly products: readonly string[];
  readonly message: string | null;
}

/** A published product. */
export interface Product {
  readonly product: string;
  readonly root: string;
  readonly fingerprint: string | null;
  readonly verb: string;
  readonly run: string | null;
  readonly state: string;
  readonly version: string | null;
  readonly bytes: number | null;
  readonly chunks: number | null;
  readonly published: string | null;
}

interface Items<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export async function fetchRuns(limit: number, signal: AbortSignal): Promise<readonly Run[]> {
  return (await json<Items<Run>>(address('/api/v1/runs', { limit }), signal)).items;
}

export async function fetchRun(id: string, signal: AbortSignal): Promise<Run> {
  return json<Run>(`/api/v1/runs/${pathSegments(id)}`, signal);
}

export async function fetchProducts(limit: number, signal: AbortSignal): Promise<readonly Product[]> {
  return (await json<Items<Product>>(address('/api/v1/products', { limit }), signal)).items;
}

export async function fetchProduct(id: string, signal: AbortSignal): Promise<Product> {
  return json<Product>(`/api/v1/products/${pathSegments(id)}`, signal);
}
