import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import ndarray from '../src/arrays/ndarray';
import { assign } from '../src/arrays/ndarrayOps';

/** The package whose place ours takes: the judge of it. */
const theirs = createRequire(import.meta.url)('ndarray');

function elements(view) {
  const all = [];
  const walk = (at) => {
    const length = view.shape[at.length];
    if (length === undefined) {
      all.push(view.get(...at));
    } else {
      for (let i = 0; i < length; i++) {
        walk([...at, i]);
      }
    }
  };
  walk([]);
  return all;
}

const data = Float64Array.from({ length: 120 }, (_x, i) => i * 1.5);
const SHAPES = [[120], [10, 12], [4, 5, 6], [2, 3, 4, 5], [1, 120, 1, 1, 1]];
const CHANGES = [
  ['itself', (v) => v],
  ['lo', (v) => v.lo(0, 1, 1)],
  ['hi', (v) => v.hi(1, 2, 3)],
  ['lo and hi', (v) => v.lo(undefined, 1).hi(1)],
  ['step', (v) => v.step(1, 2, -1)],
  ['backwards', (v) => v.step(-1)],
  ['transposed', (v) => v.transpose(...v.shape.map((_n, i) => (i + 1) % v.shape.length))],
  ['picked', (v) => v.pick(0, null, 1)],
  ['last picked', (v) => v.pick(...v.shape.map((_n, i) => (i === v.shape.length - 1 ? 0 : null)))],
];

describe('views', () => {
  it.each(SHAPES.flatMap((shape) => CHANGES.map(([name, change]) => [shape.join('×'), name, shape, change])))(
    'of %s, %s, are those of the package',
    (_text, _name, shape, change) => {
      const ours = change(ndarray(data, shape));
      const judge = change(theirs(data, [...shape]));
      expect(ours.shape).toEqual([...judge.shape]);
      expect(ours.stride).toEqual([...judge.stride]);
      expect(ours.offset).toBe(judge.offset);
      expect(ours.size).toBe(judge.size);
      expect(ours.dimension).toBe(judge.dimension);
      expect(elements(ours)).toEqual(elements(judge));
    },
  );

  it('know their type as the package does', () => {
    for (const some of [[1, 2], new Float32Array(2), new BigInt64Array(2), new Uint8ClampedArray(2), ['a', 'b']]) {
      expect(ndarray(some).dtype).toBe(theirs(some).dtype);
    }
  });

  it('of no axis have one element', () => {
    const one = ndarray([7], []);
    expect(one.size).toBe(1);
    expect(one.get()).toBe(7);
  });

  it('can be written to', () => {
    const view = ndarray(new Int16Array(6), [2, 3]);
    view.set(1, 2, 9);
    expect([...view.data]).toEqual([0, 0, 0, 0, 0, 9]);
  });

  it('are copied in their own order', () => {
    const to = ndarray(new Float64Array(6), [3, 2]);
    assign(to, ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]).transpose(1, 0));
    expect([...to.data]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(() => assign(to, ndarray([1], [1]))).toThrow('1 for a shape of 3×2');
  });
});
