package org.cornerturn.zarr;

import java.util.List;
import org.cornerturn.array.Shape;

/** Moves a dense block's elements between C order and another order of its axes. */
final class AxisOrder {
  private final int[] dims;
  private final int[] strides;
  private final int count;

  /**
   * @param shape of the block in C order
   * @param order axes as stored, slowest first
   */
  AxisOrder(Shape shape, List<Integer> order) {
    int rank = shape.rank();
    int[] natural = new int[rank];
    int n = 1;
    for (int i = rank - 1; i >= 0; i--) {
      natural[i] = n;
      n = Math.multiplyExact(n, Math.toIntExact(shape.dim(i)));
    }
    this.count = n;
    this.dims = new int[rank];
    this.strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = (int) shape.dim(order.get(i));
      strides[i] = natural[order.get(i)];
    }
  }

  /** Bytes in C order to bytes as stored. */
  byte[] store(byte[] natural, int width) {
    byte[] out = new byte[natural.length];
    walk((stored, at) -> System.arraycopy(natural, at * width, out, stored * width, width));
    return out;
  }

  /** Bytes as stored to bytes in C order. */
  byte[] restore(byte[] stored, int width) {
    byte[] out = new byte[stored.length];
    walk((from, at) -> System.arraycopy(stored, from * width, out, at * width, width));
    return out;
  }

  <T> T[] store(T[] natural) {
    T[] out = natural.clone();
    walk((stored, at) -> out[stored] = natural[at]);
    return out;
  }

  <T> T[] restore(T[] stored) {
    T[] out = stored.clone();
    walk((from, at) -> out[at] = stored[from]);
    return out;
  }

  private interface Move {
    void apply(int stored, int natural);
  }

  private void walk(Move move) {
    int[] index = new int[dims.length];
    int natural = 0;
    for (int stored = 0; stored < count; stored++) {
      move.apply(stored, natural);
      for (int k = dims.length - 1; k >= 0; k--) {
        natural += strides[k];
        if (++index[k] < dims[k]) {
          break;
        }
        natural -= strides[k] * dims[k];
        index[k] = 0;
      }
    }
  }
}
