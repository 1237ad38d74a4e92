package org.cornerturn.array;

/**
 * Copies the common part of two boxes between dense C-order buffers, in the longest contiguous
 * runs.
 */
public final class BoxCopy {
  private BoxCopy() {}

  /**
   * @param src source array of any component type, dense over {@code srcBox}
   * @param dst target array of the same component type, dense over {@code dstBox}
   * @param width array components per element ({@code itemSize} for {@code byte[]}, 1 for {@code
   *     String[]})
   */
  public static void copy(Object src, Box srcBox, Object dst, Box dstBox, int width) {
    copy(src, srcBox, dst, dstBox, srcBox.intersect(dstBox), width);
  }

  /**
   * Copies only what lies in a third box too.
   *
   * @param within part of both boxes to copy
   */
  public static void copy(Object src, Box srcBox, Object dst, Box dstBox, Box within, int width) {
    Box common = srcBox.intersect(dstBox).intersect(within);
    if (common.isEmpty()) {
      return;
    }
    int rank = common.rank();
    // Axes after `axis` are whole in both buffers, so one run covers them.
    int axis = rank - 1;
    long run = width;
    while (axis >= 0) {
      run *= common.extent(axis);
      boolean whole =
          common.extent(axis) == srcBox.extent(axis) && common.extent(axis) == dstBox.extent(axis);
      if (!whole) {
        break;
      }
      axis--;
    }
    int length = Math.toIntExact(run);
    long[] srcStride = strides(srcBox, width);
    long[] dstStride = strides(dstBox, width);
    long s = 0;
    long d = 0;
    for (int i = 0; i < rank; i++) {
      s += (common.start(i) - srcBox.start(i)) * srcStride[i];
      d += (common.start(i) - dstBox.start(i)) * dstStride[i];
    }
    // Axes before `axis` are stepped through like an odometer.
    long[] at = new long[Math.max(axis, 0)];
    while (true) {
      System.arraycopy(src, Math.toIntExact(s), dst, Math.toIntExact(d), length);
      int k = at.length - 1;
      while (k >= 0) {
        s += srcStride[k];
        d += dstStride[k];
        if (++at[k] < common.extent(k)) {
          break;
        }
        s -= srcStride[k] * common.extent(k);
        d -= dstStride[k] * common.extent(k);
        at[k] = 0;
        k--;
      }
      if (k < 0) {
        return;
      }
    }
  }

  private static long[] strides(Box box, int width) {
    long[] stride = new long[box.rank()];
    long n = width;
    for (int i = stride.length - 1; i >= 0; i--) {
      stride[i] = n;
      n *= box.extent(i);
    }
    return stride;
  }
}
