/**
 * Window sizes in steps of 1, 2 and 5 times powers of ten. Computed from integers, so that the same
 * step is always the same number.
 */

const MANTISSAS = [1, 2, 5] as const;

/** All steps from `shortest` to `longest` (both included), rising; seconds. */
export function stepsBetween(shortest: number, longest: number): number[] {
  const steps: number[] = [];
  if (!(shortest > 0) || !(longest >= shortest)) {
    return steps;
  }
  const from = Math.floor(Math.log10(shortest)) - 1;
  const to = Math.ceil(Math.log10(longest)) + 1;
  for (let exponent = from; exponent <= to; exponent++) {
    for (const mantissa of MANTISSAS) {
      const step = Number(`${mantissa}e${exponent}`);
      if (step >= shortest * (1 - 1e-9) && step <= longest * (1 + 1e-9)) {
        steps.push(step);
      }
    }
  }
  return steps;
}

/** The step next to `size`, by ratio. */
export function nearestStep(size: number, steps: readonly number[]): number {
  let best = size;
  let distance = Infinity;
  for (const step of steps) {
    const d = Math.abs(Math.log(step / size));
    if (d < distance) {
      distance = d;
      best = step;
    }
  }
  return best;
}

/** The next larger (`by` > 0) or smaller (`by` < 0) step; the last one where there is none. */
export function neighbouringStep(size: number, by: number, steps: readonly number[]): number {
  if (by > 0) {
    return steps.find((s) => s > size * (1 + 1e-6)) ?? steps.at(-1) ?? size;
  }
  return steps.findLast((s) => s < size * (1 - 1e-6)) ?? steps[0] ?? size;
}
