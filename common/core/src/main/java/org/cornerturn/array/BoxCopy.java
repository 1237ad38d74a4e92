package org.cornerturn.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies the common part of two boxes between dense C-order buffers, in the longest contiguous
 * runs.
 */
public final class BoxCopy {
  /** Bytes up to which a run costs less moved by itself than by the JVM's copy routine. */
  private static final int SHORT_RUN = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

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
    if (length <= SHORT_RUN && axis > 0 && src instanceof byte[] a && dst instanceof byte[] b) {
      new ShortRuns(a, b, length, common, srcStride, dstStride, axis).copy((int) s, (int) d);
      return;
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

  /**
   * Many short runs: chunks of few channels or one correlation, say. The two innermost axes are
   * plain loops.
   */
  private static final class ShortRuns {
    private final byte[] src;
    private final byte[] dst;
    private final int length;
    private final int axes;
    private final int[] extent;
    private final int[] from;
    private final int[] to;

    /**
     * @param stepped number of leading axes that are stepped through
     */
    ShortRuns(
        byte[] src,
        byte[] dst,
        int length,
        Box common,
        long[] srcStride,
        long[] dstStride,
        int stepped) {
      this.src = src;
      this.dst = dst;
      this.length = length;
      extent = new int[stepped + 1];
      from = new int[stepped + 1];
      to = new int[stepped + 1];
      int n = 1;
      extent[0] = 1; // So that there are two axes, of whatever length.
      for (int i = 0; i < stepped; i++) {
        if (common.extent(i) > 1) {
          extent[n] = (int) common.extent(i);
          from[n] = (int) srcStride[i];
          to[n] = (int) dstStride[i];
          n++;
        }
      }
      axes = n;
    }

    void copy(int s, int d) {
      copy(0, s, d);
    }

    private void copy(int axis, int s, int d) {
      if (axis < axes - 2) {
        for (int i = 0; i < extent[axis]; i++) {
          copy(axis + 1, s + i * from[axis], d + i * to[axis]);
        }
        return;
      }
      boolean two = axes > 1;
      int outer = two ? extent[axis] : 1;
      int inner = extent[axes - 1];
      int fromOuter = two ? from[axis] : 0;
      int toOuter = two ? to[axis] : 0;
      for (int i = 0; i < outer; i++) {
        runs(s + i * fromOuter, d + i * toOuter, inner, from[axes - 1], to[axes - 1]);
      }
    }

    private void runs(int s, int d, int count, int fromStep, int toStep) {
      int a = s;
      int b = d;
      switch (length) {
        case 1 -> {
          for (int i = 0; i < count; i++, a += fromStep, b += toStep) {
            dst[b] = src[a];
          }
        }
        case 4 -> {
          for (int i = 0; i < count; i++, a += fromStep, b += toStep) {
            INTS.set(dst, b, (int) INTS.get(src, a));
          }
        }
        case 8 -> {
          for (int i = 0; i < count; i++, a += fromStep, b += toStep) {
            LONGS.set(dst, b, (long) LONGS.get(src, a));
          }
        }
        case 16 -> {
          for (int i = 0; i < count; i++, a += fromStep, b += toStep) {
            LONGS.set(dst, b, (long) LONGS.get(src, a));
            LONGS.set(dst, b + 8, (long) LONGS.get(src, a + 8));
          }
        }
        default -> {
          for (int i = 0; i < count; i++, a += fromStep, b += toStep) {
            for (int k = 0; k < length; k++) {
              dst[b + k] = src[a + k];
            }
          }
        }
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
