import { describe, expect, it } from 'vitest';
import { curvesOf, polylines, rangeOf, ticksOf } from '../src/calibration/curves';

const gains = (frequency: number[], time: number[]) => ({
  receptor: 'X',
  time,
  frequency,
  amplitude: time.map((_, t) => frequency.map((_f, f) => 1 + t + f / 10)),
  phase: time.map(() => frequency.map(() => Math.PI / 2)),
  delay: time.map(() => 2e-9),
});

describe('curves of gains', () => {
  it('go over frequency where there are several, for one interval', () => {
    const c = curvesOf([gains([1.4e9, 1.5e9], [60, 120])], 1);
    expect(c.axis).toBe('frequency');
    expect(c.amplitude[0]?.x).toEqual([1400, 1500]);
    expect(c.amplitude[0]?.y).toEqual([2, 2.1]);
    expect(c.phase[0]?.y).toEqual([90, 90]);
    expect(c.delay[0]?.y[0]).toBeCloseTo(2);
  });

  it('go over time where there is one frequency', () => {
    const c = curvesOf([gains([1.4e9], [60, 120, 240])], 0);
    expect(c.axis).toBe('time');
    expect(c.amplitude[0]?.x).toEqual([0, 1, 3]);
    expect(c.amplitude[0]?.y).toEqual([1, 2, 3]);
  });

  it('have gaps where there is no gain', () => {
    const identity = (v: number) => v;
    const lines = polylines({ name: 'X', x: [0, 1, 2, 3], y: [1, null, 2, 3] }, identity, identity);
    expect(lines).toEqual(['0.0,1.0', '2.0,2.0 3.0,3.0']);
  });

  it('have ranges and round ticks', () => {
    expect(rangeOf([null, Number.NaN])).toBeNull();
    expect(rangeOf([2, 2])).toEqual([1.9, 2.1]);
    expect(ticksOf(-0.1, 1.1)).toEqual([0, 0.5, 1]);
    expect(ticksOf(1300, 1500)).toEqual([1300, 1350, 1400, 1450, 1500]);
  });
});
