package org.cornerturn.spark.source;

import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;

/** Turns blocks so that what belongs to one row lies together. */
final class Packing {
  private Packing() {}

  /**
   * The block with its packed axes last, both kinds in the order they had.
   *
   * @param block over the array's axes
   * @param packed for each axis of the lattice whether it is packed
   */
  static Block packedLast(Block block, StoredArray array, boolean[] packed) {
    int rank = array.axes().length;
    int[] order = new int[rank];
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < rank; i++) {
        if (packed[array.axes()[i]] == (pass == 1)) {
          order[n++] = i;
        }
      }
    }
    long[] dims = block.shape().dims();
    if (isInPlace(order, dims) || block.shape().size() == 0) {
      return block;
    }
    int[] stride = new int[rank];
    int step = 1;
    for (int i = rank - 1; i >= 0; i--) {
      stride[i] = step;
      step *= (int) dims[i];
    }
    int[] extent = new int[rank];
    int[] turned = new int[rank];
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = dims[order[i]];
      extent[rank - 1 - i] = (int) shape[i];
      turned[rank - 1 - i] = stride[order[i]];
    }
    Shape result = Shape.of(shape);
    int[] from = Odometer.places(extent, turned, rank, 0, Math.toIntExact(result.size()));
    return new Block(block.type(), result, gather(block, from));
  }

  /** Whether axes that have more than one position keep their order. */
  private static boolean isInPlace(int[] order, long[] dims) {
    int last = -1;
    for (int i : order) {
      if (dims[i] > 1) {
        if (i < last) {
          return false;
        }
        last = i;
      }
    }
    return true;
  }

  private static Object gather(Block block, int[] from) {
    if (!(block.data() instanceof byte[] bytes)) {
      Object[] items = (Object[]) block.data();
      Object[] out = Arrays.copyOf(items, items.length);
      for (int i = 0; i < from.length; i++) {
        out[i] = items[from[i]];
      }
      return out;
    }
    int width = block.type().itemSize();
    byte[] out = new byte[bytes.length];
    if (width == Long.BYTES) {
      for (int i = 0; i < from.length; i++) {
        long v = (long) NumberVector.LONG.get(bytes, from[i] * Long.BYTES);
        NumberVector.LONG.set(out, i * Long.BYTES, v);
      }
    } else if (width == Integer.BYTES) {
      for (int i = 0; i < from.length; i++) {
        int v = (int) NumberVector.INT.get(bytes, from[i] * Integer.BYTES);
        NumberVector.INT.set(out, i * Integer.BYTES, v);
      }
    } else {
      for (int i = 0; i < from.length; i++) {
        System.arraycopy(bytes, from[i] * width, out, i * width, width);
      }
    }
    return out;
  }
}
