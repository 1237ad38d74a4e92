import { describe, expect, it } from 'vitest';
import { decodeWindow, windowAddress } from '../src/api/waveforms';
import {
  bucketsOf,
  bucketTimes,
  commonExtremes,
  type Envelope,
  exportColumns,
  extremes,
  paddedRange,
  toCsv,
  toNpy,
} from '../src/waveform/envelope';

const BUCKETS: Envelope = {
  t0: 10,
  dt: 2,
  samplesPerBucket: 4,
  min: Float64Array.of(-1, -5, Number.NaN, -2),
  max: Float64Array.of(1, 0, Number.NaN, 7),
  unit: 'mV',
};
const SAMPLES: Envelope = {
  ...BUCKETS,
  samplesPerBucket: 1,
  min: Float64Array.of(1, 2, 3, 4),
  max: Float64Array.of(1, 2, 3, 4),
};

describe('envelopes', () => {
  it('draw stretches at their middle and samples at their time', () => {
    expect([...bucketTimes(BUCKETS)]).toEqual([11, 13, 15, 17]);
    expect([...bucketTimes(SAMPLES)]).toEqual([10, 12, 14, 16]);
  });

  it('know which buckets a span touches', () => {
    expect(bucketsOf(BUCKETS, { t0: 11, t1: 13 })).toEqual([0, 2]);
    expect(bucketsOf(BUCKETS, { t0: 12, t1: 14 })).toEqual([1, 2]);
    expect(bucketsOf(BUCKETS, { t0: -9, t1: 99 })).toEqual([0, 4]);
    expect(bucketsOf(SAMPLES, { t0: 11, t1: 14 })).toEqual([1, 3]);
    expect(bucketsOf(SAMPLES, { t0: 50, t1: 60 })).toEqual([4, 4]);
  });

  it('find extremes without what is not a number', () => {
    expect(extremes(BUCKETS, { t0: 10, t1: 18 })).toEqual({ min: -5, max: 7 });
    expect(extremes(BUCKETS, { t0: 14, t1: 16 })).toBeNull();
    expect(commonExtremes([BUCKETS, SAMPLES], { t0: 10, t1: 12 })).toEqual({ min: -1, max: 2 });
    expect(commonExtremes([], { t0: 0, t1: 1 })).toBeNull();
  });

  it('leave air around a range, of one value as well', () => {
    const [low, high] = paddedRange({ min: 0, max: 10 });
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(10);
    expect(paddedRange({ min: 3, max: 3 })[1]).toBeGreaterThan(3);
    expect(paddedRange(null)).toEqual([-1, 1]);
  });
});

describe('export', () => {
  it('has minimum and maximum of stretches, one column of samples', () => {
    const both = exportColumns(
      [
        { name: 'a', envelope: SAMPLES },
        { name: 'b', envelope: SAMPLES },
      ],
      { t0: 12, t1: 14 },
    );
    expect(toCsv(both.names, both.columns)).toBe('time_s,a_mV,b_mV\r\n12,2,2\r\n14,3,3\r\n');
    const one = exportColumns([{ name: 'a', envelope: BUCKETS }], { t0: 12, t1: 16 });
    expect(toCsv(one.names, one.columns)).toBe('time_s,a_min_mV,a_max_mV\r\n13,-5,0\r\n15,,\r\n');
    expect(exportColumns([], { t0: 0, t1: 1 }).columns).toEqual([]);
  });

  it("is NumPy's format", () => {
    const bytes = toNpy([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text.slice(1, 6)).toBe('NUMPY');
    const header = new DataView(bytes).getUint16(8, true);
    expect((10 + header) % 64).toBe(0);
    expect(text.slice(10, 10 + header)).toMatch(/^\{'descr': '<f8', 'fortran_order': False, 'shape': \(2, 2\), \} *\n$/);
    const values = [0, 8, 16, 24].map((at) => new DataView(bytes).getFloat64(10 + header + at, true));
    expect(values).toEqual([1, 3, 2, 4]);
  });
});

describe('the binary form', () => {
  const headers = (more: Record<string, string> = {}) =>
    new Headers({ 'X-Dtype': '<f4', 'X-Dt': '1e-9', 'X-Start': '10', 'X-Bucket-Samples': '8', 'X-Units': 'mV', ...more });

  it('is all minima, then all maxima, in buckets of a fixed grid', () => {
    const body = Float32Array.of(-1, -2, 3, 4).buffer;
    const envelope = decodeWindow(headers(), body);
    expect([...envelope.min]).toEqual([-1, -2]);
    expect([...envelope.max]).toEqual([3, 4]);
    expect(envelope.t0).toBeCloseTo(8e-9, 20);
    expect(envelope.dt).toBeCloseTo(8e-9, 20);
    expect(envelope.unit).toBe('mV');
  });

  it('may be of doubles', () => {
    const body = Float64Array.of(0.1, 0.2).buffer;
    expect(decodeWindow(headers({ 'X-Dtype': '<f8' }), body).max[0]).toBe(0.2);
  });

  it('is refused where it is anything else', () => {
    expect(() => decodeWindow(headers({ 'X-Dtype': '>i2' }), new ArrayBuffer(8))).toThrow('>i2');
    expect(() => decodeWindow(headers(), new ArrayBuffer(12))).toThrow('12 bytes');
    const none = headers();
    none.delete('X-Dt');
    expect(() => decodeWindow(none, new ArrayBuffer(8))).toThrow('X-Dt');
  });

  it('is asked for by traces from 0, with the path of the product kept', () => {
    expect(windowAddress('lake/a b.zarr', { channel: 1, trc: 2, segment: 3 }, { t0: 0, t1: 1e-9 }, 1)).toBe(
      '/api/v1/waveforms/lake/a%20b.zarr/window?channel=0&trc=1&segment=2&t0=0&t1=1e-9&width=2',
    );
  });
});
