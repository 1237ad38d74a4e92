import { describe, expect, it } from 'vitest';
import { nearestStep, neighbouringStep, stepsBetween } from '../src/waveform/steps';
import { formatSpan, parseWindows } from '../src/waveform/windowLinks';
import {
  atPosition,
  type Extent,
  firstWindows,
  type Nested,
  position,
  resized,
  scaled,
  shifted,
  type Span,
  whole,
  width,
  windowSizes,
  withZoom1,
  withZoom2,
} from '../src/waveform/windows';

const EXTENT: Extent = { total: 0.02, interval: 1e-9 };
const SLACK = 1e-12;

/** Numbers that look random and are the same each time. */
function* dice(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function expectNested({ zoom1, zoom2 }: Nested, extent: Extent): void {
  expect(zoom1.t0).toBeGreaterThanOrEqual(-SLACK);
  expect(zoom1.t1).toBeLessThanOrEqual(extent.total + SLACK);
  expect(zoom2.t0).toBeGreaterThanOrEqual(zoom1.t0 - SLACK);
  expect(zoom2.t1).toBeLessThanOrEqual(zoom1.t1 + SLACK);
  expect(width(zoom2)).toBeGreaterThan(0);
  expect(width(zoom2)).toBeLessThanOrEqual(Math.max(width(zoom1) / 2, Math.min(extent.total, extent.interval * 4)) + SLACK);
}

describe('steps', () => {
  it('are 1, 2 and 5 times powers of ten, exactly', () => {
    expect(stepsBetween(1e-9, 5e-3)).toEqual([
      1e-9, 2e-9, 5e-9, 1e-8, 2e-8, 5e-8, 1e-7, 2e-7, 5e-7, 1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4,
      1e-3, 2e-3, 5e-3,
    ]);
    expect(stepsBetween(0, 1)).toEqual([]);
    expect(stepsBetween(2, 1)).toEqual([]);
  });

  it('go up and down, and stop at the ends', () => {
    const steps = stepsBetween(1e-9, 1e-8);
    expect(neighbouringStep(2e-9, 1, steps)).toBe(5e-9);
    expect(neighbouringStep(2e-9, -1, steps)).toBe(1e-9);
    expect(neighbouringStep(3e-9, 1, steps)).toBe(5e-9);
    expect(neighbouringStep(1e-8, 1, steps)).toBe(1e-8);
    expect(neighbouringStep(1e-9, -1, steps)).toBe(1e-9);
    expect(nearestStep(3.3e-9, steps)).toBe(5e-9);
    expect(nearestStep(3e-9, steps)).toBe(2e-9);
  });

  it('are offered from four samples to the whole trace', () => {
    const sizes = windowSizes(EXTENT);
    expect(sizes[0]).toBe(5e-9);
    expect(sizes.at(-1)).toBe(0.02);
  });
});

describe('nested windows', () => {
  it('begin in the middle, each a fraction of what it lies in', () => {
    const nested = firstWindows(EXTENT);
    expectNested(nested, EXTENT);
    expect(width(nested.zoom1)).toBeCloseTo(2e-3, 12);
    expect(width(nested.zoom2)).toBeCloseTo(2e-4, 12);
  });

  it.each([
    [{ total: 1e-9, interval: 1e-9 }],
    [{ total: 5e-9, interval: 1e-9 }],
    [{ total: 1e5, interval: 3600 }],
  ])('begin inside however short the trace is: %o', (extent) => {
    const nested = firstWindows(extent);
    expect(nested.zoom1.t0).toBeGreaterThanOrEqual(0);
    expect(nested.zoom2.t1).toBeLessThanOrEqual(extent.total * (1 + 1e-12));
  });

  it('stay nested whatever is dragged, drawn or zoomed', () => {
    const next = dice(7);
    const some = () => next.next().value as number;
    let nested = firstWindows(EXTENT);
    for (let i = 0; i < 5000; i++) {
      const of = some() < 0.5 ? 'zoom1' : 'zoom2';
      const now: Span = nested[of];
      const kind = some();
      const changed =
        kind < 0.25
          ? shifted(now, (some() - 0.5) * EXTENT.total * 3)
          : kind < 0.5
            ? scaled(now, 10 ** ((some() - 0.5) * 6), some() * EXTENT.total)
            : kind < 0.75
              ? resized(now, 10 ** (-10 + some() * 9))
              : { t0: (some() - 0.2) * EXTENT.total * 1.4, t1: EXTENT.total };
      const ordered = changed.t0 <= changed.t1 ? changed : { t0: changed.t1, t1: changed.t0 };
      nested = of === 'zoom1' ? withZoom1(nested, ordered, EXTENT) : withZoom2(nested, ordered, EXTENT);
      expectNested(nested, EXTENT);
    }
  });

  it('move zoom 2 along with zoom 1', () => {
    const before = firstWindows(EXTENT);
    const after = withZoom1(before, shifted(before.zoom1, 1e-3), EXTENT);
    expect(after.zoom2.t0 - before.zoom2.t0).toBeCloseTo(1e-3, 12);
  });

  it('pull zoom 1 along with zoom 2', () => {
    const before = firstWindows(EXTENT);
    const after = withZoom2(before, shifted(before.zoom2, 5e-3), EXTENT);
    expect(width(after.zoom1)).toBeCloseTo(width(before.zoom1), 12);
    expect(after.zoom1.t1).toBeCloseTo(after.zoom2.t1, 12);
  });

  it('keep the moment under the pointer where it is', () => {
    const zoomed = scaled({ t0: 2, t1: 4 }, 0.5, 2.5);
    expect(zoomed).toEqual({ t0: 2.25, t1: 3.25 });
  });

  it('have a position from 0 to 1, there and back', () => {
    const inner = { t0: 3, t1: 4 };
    const outer = { t0: 1, t1: 6 };
    expect(position(inner, outer)).toBe(0.5);
    expect(atPosition(inner, outer, 1)).toEqual({ t0: 5, t1: 6 });
    expect(position(outer, outer)).toBe(0);
  });
});

describe('links', () => {
  it('give windows back', () => {
    const nested = firstWindows(EXTENT);
    const again = parseWindows({ zoom1: formatSpan(nested.zoom1), zoom2: formatSpan(nested.zoom2) }, EXTENT);
    expect(again?.zoom1.t0).toBeCloseTo(nested.zoom1.t0, 13);
    expect(again?.zoom2.t1).toBeCloseTo(nested.zoom2.t1, 13);
  });

  it.each([[{}], [{ zoom1: '' }], [{ zoom1: 'a,b' }], [{ zoom2: '5,1' }]])('without windows: %o', (parameters) => {
    expect(parseWindows(parameters, EXTENT)).toBeNull();
  });

  it('are made to fit', () => {
    const nested = parseWindows({ zoom1: '-5,700', zoom2: '0.5,0.6' }, EXTENT);
    expect(nested).not.toBeNull();
    expectNested(nested ?? { zoom1: whole(EXTENT), zoom2: whole(EXTENT) }, EXTENT);
  });
});
