/**
 * The n-dimensional views that h5web works with, in the form of the package `ndarray`, which makes its
 * classes from program text at run time: the page's security policy forbids that. Same calls, same
 * results, for any number of dimensions. Elements are in C order unless strides say otherwise.
 */

type Store = Indexed | Gettable;

interface Indexed {
  readonly length: number;
  [index: number]: unknown;
}

interface Gettable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value: unknown): void;
}

function isGettable(data: Store): data is Gettable {
  return typeof (data as Gettable).get === 'function' && typeof (data as Gettable).set === 'function';
}

const DTYPES: Readonly<Record<string, string>> = {
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8_clamped',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
  Float32Array: 'float32',
  Float64Array: 'float64',
  BigInt64Array: 'bigint64',
  BigUint64Array: 'biguint64',
};

function dtypeOf(data: Store): string {
  if (Array.isArray(data)) {
    return 'array';
  }
  return DTYPES[data.constructor.name] ?? (isGettable(data) ? 'generic' : 'array');
}

export class View {
  readonly dtype: string;

  constructor(
    readonly data: Store,
    readonly shape: number[],
    readonly stride: number[],
    public offset: number,
  ) {
    this.dtype = dtypeOf(data);
  }

  get dimension(): number {
    return this.shape.length;
  }

  get size(): number {
    return this.shape.reduce((n, length) => n * length, 1);
  }

  /** Axes from the one whose steps are smallest. */
  get order(): number[] {
    return this.stride
      .map((_s, axis) => axis)
      .sort((a, b) => Math.abs(this.stride[a] ?? 0) - Math.abs(this.stride[b] ?? 0) || b - a);
  }

  index(...at: number[]): number {
    let index = this.offset;
    for (let axis = 0; axis < this.stride.length; axis++) {
      index += (this.stride[axis] ?? 0) * (at[axis] ?? 0);
    }
    return index;
  }

  get(...at: number[]): unknown {
    const index = this.index(...at);
    return isGettable(this.data) ? this.data.get(index) : this.data[index];
  }

  set(...atAndValue: unknown[]): unknown {
    const value = atAndValue[this.shape.length];
    const index = this.index(...(atAndValue as number[]));
    if (isGettable(this.data)) {
      this.data.set(index, value);
    } else {
      this.data[index] = value;
    }
    return value;
  }

  /** Without so many elements at the beginning of each axis. */
  lo(...from: (number | undefined)[]): View {
    let offset = this.offset;
    const shape = this.shape.map((length, axis) => {
      const skipped = cut(from[axis]);
      offset += (this.stride[axis] ?? 0) * (skipped ?? 0);
      return length - (skipped ?? 0);
    });
    return new View(this.data, shape, [...this.stride], offset);
  }

  /** The first elements of each axis, as many as said. */
  hi(...to: (number | undefined)[]): View {
    const shape = this.shape.map((length, axis) => cut(to[axis]) ?? length);
    return new View(this.data, shape, [...this.stride], this.offset);
  }

  /** Every n-th element of each axis; a negative n turns it round. */
  step(...by: (number | undefined)[]): View {
    let offset = this.offset;
    const stride = [...this.stride];
    const shape = this.shape.map((length, axis) => {
      const n = by[axis];
      if (typeof n !== 'number') {
        return length;
      }
      const step = Math.trunc(n);
      const old = stride[axis] ?? 0;
      if (step < 0) {
        offset += old * (length - 1);
      }
      stride[axis] = old * step;
      return Math.ceil(length / Math.abs(step));
    });
    return new View(this.data, shape, stride, offset);
  }

  transpose(...axes: (number | undefined)[]): View {
    const from = this.shape.map((_n, axis) => axes[axis] ?? axis);
    return new View(
      this.data,
      from.map((axis) => this.shape[axis] ?? 0),
      from.map((axis) => this.stride[axis] ?? 0),
      this.offset,
    );
  }

  /** One element along each axis that a number is given for; those axes are gone. */
  pick(...at: (number | null | undefined)[]): View {
    let offset = this.offset;
    const kept = this.shape.flatMap((_n, axis) => {
      const index = at[axis];
      if (typeof index === 'number' && index >= 0) {
        offset += (this.stride[axis] ?? 0) * Math.trunc(index);
        return [];
      }
      return [axis];
    });
    return new View(
      this.data,
      kept.map((axis) => this.shape[axis] ?? 0),
      kept.map((axis) => this.stride[axis] ?? 0),
      offset,
    );
  }
}

function cut(value: number | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.trunc(value) : undefined;
}

export default function ndarray(
  data: Store,
  shape: readonly number[] = [data.length],
  stride?: readonly number[],
  offset?: number,
): View {
  let steps = stride;
  if (steps === undefined) {
    let size = 1;
    steps = shape
      .toReversed()
      .map((length) => {
        const step = size;
        size *= length;
        return step;
      })
      .reverse();
  }
  const start =
    offset ??
    steps.reduce((sum, step, axis) => (step < 0 ? sum - ((shape[axis] ?? 0) - 1) * step : sum), 0);
  return new View(data, [...shape], [...steps], start);
}
