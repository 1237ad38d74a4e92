import { address, json, pathSegments, request } from './http';

/** A Delta table of the warehouse. */
export interface TableSummary {
  readonly name: string;
  readonly description: string;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly version: number | null;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
}

export interface TableDetail extends TableSummary {
  readonly columns: readonly Column[];
}

export interface TableVersion {
  readonly version: number;
  readonly timestamp: string | null;
  readonly operation: string;
}

export type Cell = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, Cell>>;

export interface Page {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
  readonly version: string | null;
}

/** A condition on a column. */
export interface Condition {
  readonly column: string;
  readonly test: Test;
  readonly value: string;
}

export const TESTS = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'is null', 'is not null'] as const;
export type Test = (typeof TESTS)[number];

interface TableBody {
  readonly name: string;
  readonly description?: string | null;
  readonly rows?: number | null;
  readonly bytes?: number | null;
  readonly version?: number | null;
  readonly columns?: readonly ColumnBody[];
  readonly schema?: readonly ColumnBody[];
}

interface ColumnBody {
  readonly name: string;
  readonly type: string;
  readonly unit?: string | null;
  readonly description?: string | null;
}

function summary(body: TableBody): TableSummary {
  return {
    name: body.name,
    description: body.description ?? '',
    rows: body.rows ?? null,
    bytes: body.bytes ?? null,
    version: body.version ?? null,
  };
}

export async function fetchTables(signal: AbortSignal): Promise<TableSummary[]> {
  const body = await json<{ items: TableBody[] }>('/api/v1/tables', signal);
  return body.items.map(summary);
}

export async function fetchTable(name: string, version: string | undefined, signal: AbortSignal): Promise<TableDetail> {
  const body = await json<TableBody>(address(`/api/v1/tables/${pathSegments(name)}`, { version }), signal);
  return {
    ...summary(body),
    columns: (body.columns ?? body.schema ?? []).map((c) => ({
      name: c.name,
      type: c.type,
      unit: c.unit ?? '',
      description: c.description ?? '',
    })),
  };
}

export async function fetchHistory(name: string, signal: AbortSignal): Promise<TableVersion[]> {
  const body = await json<{ items: { version: number; timestamp?: string | null; operation?: string | null }[] }>(
    address(`/api/v1/tables/${pathSegments(name)}/history`, { limit: 100 }),
    signal,
  );
  return body.items.map((v) => ({
    version: v.version,
    timestamp: v.timestamp ?? null,
    operation: v.operation ?? '',
  }));
}

/** What of a table is asked for. */
export interface TableQuery {
  readonly conditions: readonly Condition[];
  readonly order: string | undefined;
  readonly version: string | undefined;
  readonly columns: readonly string[];
}

/** Filters as the service reads them: `column:test:value`, one parameter each. */
export function filterText(condition: Condition): string {
  return `${condition.column} ${condition.test}${condition.test.startsWith('is') ? '' : ` ${condition.value}`}`;
}

export function rowsAddress(
  name: string,
  query: TableQuery,
  more: Readonly<Record<string, string | number | undefined>>,
): string {
  const base = address(`/api/v1/tables/${pathSegments(name)}/rows`, {
    columns: query.columns.length > 0 ? query.columns.join(',') : undefined,
    order: query.order,
    version: query.version,
    ...more,
  });
  const filters = query.conditions.map((c) => `filter=${encodeURIComponent(filterText(c))}`).join('&');
  return filters === '' ? base : `${base}${base.includes('?') ? '&' : '?'}${filters}`;
}

export async function fetchRows(
  name: string,
  query: TableQuery,
  cursor: string | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<Page> {
  const response = await request(rowsAddress(name, query, { limit, cursor }), 'application/json', signal);
  const body = (await response.json()) as { rows: Row[]; next?: string | null };
  return {
    rows: body.rows,
    next: body.next ?? undefined,
    version: response.headers.get('X-Table-Version'),
  };
}
