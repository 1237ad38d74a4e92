package org.cornerturn.query.hdf5;

import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;

/** Copies the selected elements of tiles into a dense array of the selection's shape. */
final class Gather {
  private final Hyperslab slab;
  private final int width;
  private final Object target;
  private final boolean dense;
  private final Box bounds;

  /**
   * @param width array components of an element
   * @param target dense over the selection
   */
  Gather(Hyperslab slab, int width, Object target) {
    this.slab = slab;
    this.width = width;
    this.target = target;
    this.dense = slab.isDense();
    this.bounds = slab.bounds();
  }

  void add(Tile tile) {
    Object source = tile.block().data();
    if (dense) {
      BoxCopy.copy(source, tile.box(), target, bounds, width);
      return;
    }
    Box box = tile.box();
    int rank = slab.rank();
    long[] from = new long[rank];
    long[] n = new long[rank];
    long[] sourceStride = new long[rank];
    long[] targetStride = new long[rank];
    long s = width;
    long t = width;
    long sourceAt = 0;
    long targetAt = 0;
    for (int i = rank - 1; i >= 0; i--) {
      from[i] = slab.firstAt(i, box.start(i));
      long end = Math.min(slab.count()[i], slab.firstAt(i, box.end(i)));
      n[i] = end - from[i];
      if (n[i] <= 0) {
        return;
      }
      long local = slab.start()[i] + from[i] * slab.step()[i] - box.start(i);
      sourceAt += local * s;
      targetAt += from[i] * t;
      sourceStride[i] = s * slab.step()[i];
      targetStride[i] = t;
      s *= box.extent(i);
      t *= slab.count()[i];
    }
    copy(source, n, sourceStride, targetStride, sourceAt, targetAt);
  }

  private void copy(
      Object source,
      long[] n,
      long[] sourceStride,
      long[] targetStride,
      long sourceAt,
      long targetAt) {
    int last = n.length - 1;
    long[] at = new long[n.length];
    long s = sourceAt;
    long t = targetAt;
    while (true) {
      row(source, (int) s, (int) t, (int) n[last], (int) sourceStride[last]);
      int k = last - 1;
      while (k >= 0) {
        s += sourceStride[k];
        t += targetStride[k];
        if (++at[k] < n[k]) {
          break;
        }
        s -= sourceStride[k] * n[k];
        t -= targetStride[k] * n[k];
        at[k] = 0;
        k--;
      }
      if (k < 0) {
        return;
      }
    }
  }

  private void row(Object source, int from, int to, int count, int stride) {
    if (stride == width) {
      System.arraycopy(source, from, target, to, count * width);
      return;
    }
    int s = from;
    int t = to;
    if (source instanceof byte[] a && target instanceof byte[] b && width <= 8) {
      for (int i = 0; i < count; i++, s += stride, t += width) {
        for (int k = 0; k < width; k++) {
          b[t + k] = a[s + k];
        }
      }
      return;
    }
    for (int i = 0; i < count; i++, s += stride, t += width) {
      System.arraycopy(source, s, target, t, width);
    }
  }
}
