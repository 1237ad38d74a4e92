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
    int[] extent = new int[rank - 1];
    int[] turned = new int[rank - 1];
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = dims[order[i]];
      if (i < rank - 1) {
        extent[rank - 2 - i] = (int) shape[i];
        turned[rank - 2 - i] = stride[order[i]];
      }
    }
    int run = (int) shape[rank - 1];
    int runs = Math.toIntExact(block.shape().size() / run);
    int[] from = Odometer.places(extent, turned, rank - 1, 0, runs);
    Object turnedBlock = gather(block, from, run, stride[order[rank - 1]]);
    return new Block(block.type(), Shape.of(shape), turnedBlock);
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

  /**
   * Elements in runs.
   *
   * @param from where each run begins
   * @param run elements of a run
   * @param step from one element of a run to the next
   */
  private static Object gather(Block block, int[] from, int run, int step) {
    if (!(block.data() instanceof byte[] bytes)) {
      Object[] items = (Object[]) block.data();
      Object[] out = Arrays.copyOf(items, items.length);
      for (int i = 0; i < out.length; i++) {
        out[i] = items[from[i / run] + i % run * step];
      }
      return out;
    }
    int width = block.type().itemSize();
    byte[] out = new byte[bytes.length];
    int to = 0;
    for (int begin : from) {
      int at = begin * width;
      int stride = step * width;
      int end = to + run * width;
      if (width == Long.BYTES) {
        for (; to < end; to += Long.BYTES, at += stride) {
          NumberVector.LONG.set(out, to, (long) NumberVector.LONG.get(bytes, at));
        }
      } else if (width == Integer.BYTES) {
        for (; to < end; to += Integer.BYTES, at += stride) {
          NumberVector.INT.set(out, to, (int) NumberVector.INT.get(bytes, at));
        }
      } else if (width == 1) {
        for (; to < end; to++, at += stride) {
          out[to] = bytes[at];
        }
      } else {
        for (; to < end; to += width, at += stride) {
          System.arraycopy(bytes, at, out, to, width);
        }
      }
    }
    return out;
  }
}
