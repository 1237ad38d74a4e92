import type { View } from './ndarray';

/** Copies all elements of a view into another of the same shape; what h5web uses of `ndarray-ops`. */
export function assign(to: View, from: View): void {
  const { shape } = from;
  if (shape.length !== to.shape.length || shape.some((length, axis) => length !== to.shape[axis])) {
    throw new Error(`elements of shape ${shape.join('×')} for a shape of ${to.shape.join('×')}`);
  }
  const at = shape.map(() => 0);
  for (let left = from.size; left > 0; left--) {
    to.set(...at, from.get(...at));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        at[axis] = next;
        break;
      }
      at[axis] = 0;
    }
  }
}
