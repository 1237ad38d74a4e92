import { address, json, pathSegments, request } from './http';
import type { Envelope } from '../waveform/envelope';
import type { Trace, TraceCounts } from '../waveform/traces';
import type { Extent, Span } from '../waveform/windows';

/** A product with a waveform: what there is, and how long it is. */
export interface Waveform {
  readonly id: string;
  readonly name: string;
  readonly counts: TraceCounts;
  readonly samples: number;
  readonly extent: Extent;
  readonly unit: string;
  readonly layout: string;
  readonly levels: number;
}

interface WaveformBody {
  readonly product: string;
  readonly kind: string;
  readonly channels: number;
  readonly trcs: number;
  readonly segments: number;
  readonly samples: number;
  readonly dtype: string;
  readonly dt: number;
  readonly units: string;
  readonly stored_levels: number;
}

/** What one look through the roots has found. */
export interface WaveformPage {
  readonly waveforms: readonly Waveform[];
  readonly unreadable: readonly { readonly product: string; readonly reason: string }[];
  /** where to look further; undefined at the end */
  readonly next: string | undefined;
}

/** Pages of one look at most: each is bounded in what it looks into, and may have found nothing. */
const MOST_PAGES = 10;
const ENOUGH = 200;

export async function fetchWaveforms(signal: AbortSignal, after?: string): Promise<WaveformPage> {
  const waveforms: Waveform[] = [];
  const unreadable: { product: string; reason: string }[] = [];
  let next = after;
  for (let page = 0; page < MOST_PAGES && waveforms.length < ENOUGH; page++) {
    const body = await json<{
      waveforms: WaveformBody[];
      unreadable: { product: string; reason: string }[];
      next?: string;
    }>(address('/api/v1/waveforms', { cursor: next }), signal);
    waveforms.push(...body.waveforms.map(waveform));
    unreadable.push(...body.unreadable);
    next = body.next;
    if (next === undefined) {
      break;
    }
  }
  return { waveforms, unreadable, next };
}

export async function fetchWaveform(product: string, signal: AbortSignal): Promise<Waveform> {
  return waveform(await json<WaveformBody>(`/api/v1/waveforms/${pathSegments(product)}`, signal));
}

function waveform(body: WaveformBody): Waveform {
  return {
    id: body.product,
    name: body.product.split('/').at(-1) ?? body.product,
    counts: { channels: body.channels, trcs: body.trcs, segments: body.segments },
    samples: body.samples,
    extent: { total: Math.max(0, body.samples - 1) * body.dt, interval: body.dt },
    unit: body.units,
    layout: `${body.kind}, ${body.dtype}`,
    levels: body.stored_levels,
  };
}

/** The address of a window of a trace; the service counts traces from 0. */
export function windowAddress(product: string, trace: Trace, span: Span, pixels: number, format?: string): string {
  return address(`/api/v1/waveforms/${pathSegments(product)}/window`, {
    channel: trace.channel - 1,
    trc: trace.trc - 1,
    segment: trace.segment - 1,
    t0: span.t0,
    t1: span.t1,
    width: Math.max(2, pixels),
    format,
  });
}

/** Minimum and maximum of a window in at most `pixels` buckets. */
export async function fetchWindow(
  product: string,
  trace: Trace,
  span: Span,
  pixels: number,
  signal: AbortSignal,
): Promise<Envelope> {
  const response = await request(
    windowAddress(product, trace, span, pixels),
    'application/octet-stream',
    signal,
  );
  return decodeWindow(response.headers, await response.arrayBuffer());
}

function header(headers: Headers, name: string): number {
  const text = headers.get(name);
  const value = Number(text ?? NaN);
  if (text === null || !Number.isFinite(value)) {
    throw new Error(`the answer has no ${name}`);
  }
  return value;
}

/**
 * All minima, then all maxima, little-endian. Buckets begin at multiples of their length, so the first
 * may begin before the window.
 */
export function decodeWindow(headers: Headers, body: ArrayBuffer): Envelope {
  const dtype = headers.get('X-Dtype') ?? '';
  const size = { '<f4': 4, '<f8': 8 }[dtype];
  if (size === undefined) {
    throw new Error(`values of type ${dtype}`);
  }
  const buckets = body.byteLength / (2 * size);
  if (!Number.isInteger(buckets)) {
    throw new Error(`${body.byteLength} bytes are not minima and maxima`);
  }
  const view = new DataView(body);
  const values = (from: number) =>
    Float64Array.from({ length: buckets }, (_x, i) =>
      size === 4 ? view.getFloat32((from + i) * size, true) : view.getFloat64((from + i) * size, true),
    );
  const interval = header(headers, 'X-Dt');
  const samples = header(headers, 'X-Bucket-Samples');
  return {
    t0: Math.floor(header(headers, 'X-Start') / samples) * samples * interval,
    dt: samples * interval,
    samplesPerBucket: samples,
    min: values(0),
    max: values(buckets),
    unit: headers.get('X-Units') ?? '',
  };
}
