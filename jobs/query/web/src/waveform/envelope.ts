import type { Span } from './windows';

/**
 * Minimum and maximum of equal stretches of a trace, in the trace's unit. Where a stretch is one
 * sample, both are that sample.
 */
export interface Envelope {
  /** when the first bucket begins, seconds from the trace's first sample */
  readonly t0: number;
  /** from bucket to bucket, seconds */
  readonly dt: number;
  readonly samplesPerBucket: number;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly unit: string;
}

/** Where a bucket is drawn: a sample at its own time, a stretch at its middle. */
export function bucketTimes(envelope: Envelope): Float64Array {
  const shift = envelope.samplesPerBucket > 1 ? envelope.dt / 2 : 0;
  const times = new Float64Array(envelope.min.length);
  for (let i = 0; i < times.length; i++) {
    times[i] = envelope.t0 + shift + i * envelope.dt;
  }
  return times;
}

/** The buckets that touch a span, as first and behind-last index. */
export function bucketsOf(envelope: Envelope, span: Span): readonly [number, number] {
  const n = envelope.min.length;
  const single = envelope.samplesPerBucket === 1;
  const first = (span.t0 - envelope.t0) / envelope.dt;
  const last = (span.t1 - envelope.t0) / envelope.dt;
  const from = single ? Math.ceil(first - 1e-6) : Math.floor(first + 1e-6);
  const to = single ? Math.floor(last + 1e-6) + 1 : Math.ceil(last - 1e-6);
  return [Math.min(Math.max(from, 0), n), Math.min(Math.max(to, 0), n)];
}

/** Least and greatest value within a span, not-a-number left out; null where there is nothing. */
export function extremes(envelope: Envelope, span: Span): { min: number; max: number } | null {
  const [from, to] = bucketsOf(envelope, span);
  let min = Infinity;
  let max = -Infinity;
  for (let i = from; i < to; i++) {
    const low = envelope.min[i];
    const high = envelope.max[i];
    if (low !== undefined && low < min) {
      min = low;
    }
    if (high !== undefined && high > max) {
      max = high;
    }
  }
  return min <= max ? { min, max } : null;
}

/** Extremes of several envelopes together. */
export function commonExtremes(
  envelopes: readonly Envelope[],
  span: Span,
): { min: number; max: number } | null {
  let all: { min: number; max: number } | null = null;
  for (const envelope of envelopes) {
    const one = extremes(envelope, span);
    if (one !== null) {
      all = all === null ? one : { min: Math.min(all.min, one.min), max: Math.max(all.max, one.max) };
    }
  }
  return all;
}

/** A vertical range with air above and below; a flat line gets some as well. */
export function paddedRange(range: { min: number; max: number } | null): [number, number] {
  if (range === null) {
    return [-1, 1];
  }
  const size = range.max - range.min;
  const air = size > 0 ? size * 0.06 : Math.max(Math.abs(range.max) * 0.05, 1e-9);
  return [range.min - air, range.max + air];
}

/** A trace's name and its envelope, for export. */
export interface NamedEnvelope {
  readonly name: string;
  readonly envelope: Envelope;
}

/** The columns that an export of a span has: time, then value, or minimum and maximum, of each trace. */
export function exportColumns(
  traces: readonly NamedEnvelope[],
  span: Span,
): { names: string[]; columns: Float64Array[] } {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const first = traces[0];
  if (first === undefined) {
    return { names, columns };
  }
  const [from, to] = bucketsOf(first.envelope, span);
  const times = bucketTimes(first.envelope).subarray(from, to);
  names.push('time_s');
  columns.push(times);
  for (const { name, envelope } of traces) {
    const unit = envelope.unit === '' ? '' : `_${envelope.unit}`;
    if (envelope.samplesPerBucket === 1) {
      names.push(`${name}${unit}`);
      columns.push(envelope.max.subarray(from, to));
    } else {
      names.push(`${name}_min${unit}`, `${name}_max${unit}`);
      columns.push(envelope.min.subarray(from, to), envelope.max.subarray(from, to));
    }
  }
  return { names, columns };
}

/** Columns as CSV (RFC 4180): a header, CRLF, an empty cell where a value is not a number. */
export function toCsv(names: readonly string[], columns: readonly Float64Array[]): string {
  const lines = [names.join(',')];
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    lines.push(
      columns
        .map((column) => {
          const value = column[row];
          return value === undefined || Number.isNaN(value) ? '' : String(value);
        })
        .join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Columns as NumPy's format 1.0: float64, little-endian, shape (rows, columns), C order. */
export function toNpy(columns: readonly Float64Array[]): ArrayBuffer {
  const rows = columns[0]?.length ?? 0;
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns.length}), }`;
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ') + '\n';
  const bytes = new ArrayBuffer(10 + padded.length + rows * columns.length * 8);
  const head = new Uint8Array(bytes);
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const view = new DataView(bytes);
  view.setUint16(8, padded.length, true);
  for (let i = 0; i < padded.length; i++) {
    head[10 + i] = padded.charCodeAt(i);
  }
  let at = 10 + padded.length;
  for (let row = 0; row < rows; row++) {
    for (const column of columns) {
      view.setFloat64(at, column[row] ?? Number.NaN, true);
      at += 8;
    }
  }
  return bytes;
}
