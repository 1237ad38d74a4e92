import type { ReceptorGains } from '../api/calibration';

/** Numbers of one receptor along an axis; null where there is no gain. */
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** A plot's worth of curves over a common axis. */
export interface Curves {
  readonly axis: 'time' | 'frequency';
  readonly amplitude: readonly Curve[];
  readonly phase: readonly Curve[];
  readonly delay: readonly Curve[];
}

/**
 * What to draw of a term's gains: over frequency where there are several, one curve for each interval;
 * else over time. Times are minutes after the first one, frequencies megahertz, phases degrees, delays
 * nanoseconds.
 */
export function curvesOf(receptors: readonly ReceptorGains[], interval: number): Curves {
  const overFrequency = receptors.some((r) => r.frequency.length > 1);
  const first = Math.min(...receptors.flatMap((r) => r.time.filter((t): t is number => t !== null)));
  const curve = (r: ReceptorGains, values: readonly (readonly (number | null)[])[], factor: number): Curve =>
    overFrequency
      ? {
          name: r.receptor,
          x: r.frequency.map((hz) => hz / 1e6),
          y: (values[Math.min(interval, values.length - 1)] ?? []).map((v) => scaled(v, factor)),
        }
      : {
          name: r.receptor,
          x: r.time.map((t) => ((t ?? Number.NaN) - first) / 60),
          y: values.map((v) => scaled(v[0] ?? null, factor)),
        };
  return {
    axis: overFrequency ? 'frequency' : 'time',
    amplitude: receptors.map((r) => curve(r, r.amplitude, 1)),
    phase: receptors.map((r) => curve(r, r.phase, 180 / Math.PI)),
    delay: receptors
      .filter((r) => r.delay.some((d) => d !== null))
      .map((r) => ({
        name: r.receptor,
        x: r.time.map((t) => ((t ?? Number.NaN) - first) / 60),
        y: r.delay.map((d) => scaled(d, 1e9)),
      })),
  };
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

/** The least and the greatest of all, with a little air; null where there is nothing. */
export function rangeOf(values: readonly (number | null)[]): readonly [number, number] | null {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0) {
    return null;
  }
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const air = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.05, 1e-9);
  return [low - air, high + air];
}

/** Round values between two, four or so. */
export function ticksOf(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

/** Points of a curve as polylines in pixels; a gap where there is no value. */
export function polylines(
  curve: Curve,
  toX: (x: number) => number,
  toY: (y: number) => number,
): readonly string[] {
  const lines: string[] = [];
  let points: string[] = [];
  const end = () => {
    if (points.length > 0) {
      lines.push(points.join(' '));
    }
    points = [];
  };
  curve.x.forEach((x, i) => {
    const y = curve.y[i] ?? null;
    if (y === null || !Number.isFinite(y) || !Number.isFinite(x)) {
      end();
    } else {
      points.push(`${toX(x).toFixed(1)},${toY(y).toFixed(1)}`);
    }
  });
  end();
  return lines;
}
