package org.cornerturn.catalogue;

import java.util.Arrays;

/**
 * Ranges of {@link Healpix#FINEST} cells, ascending and apart from each other.
 *
 * @param bounds first cell and end of each range
 */
public record CellRanges(long[] bounds) {
  /** Ranges that cover a region closely enough, however small or large it is. */
  private static final int MOST = 512;

  /**
   * Cells that cover a region: every place of it is in one of them, and few others are.
   *
   * @return about {@value #MOST} ranges at most
   */
  public static CellRanges covering(SkyRegion region) {
    long[] open = new long[12];
    for (int i = 0; i < 12; i++) {
      open[i] = i;
    }
    long[] whole = new long[64];
    int wholes = 0;
    int count = 12;
    int order = 0;
    // Level by level: what the rim crosses is divided, until that would be too many.
    while (true) {
      Healpix cells = new Healpix(order);
      double reach = cells.reachDeg();
      long[] kept = new long[count];
      int left = 0;
      for (int i = 0; i < count; i++) {
        double[] c = cells.centre(open[i]);
        if (region.surrounds(c[0], c[1], reach)) {
          if (wholes + 2 > whole.length) {
            whole = Arrays.copyOf(whole, 2 * whole.length);
          }
          whole[wholes++] = cells.first(open[i]);
          whole[wholes++] = cells.end(open[i]);
        } else if (region.mayMeet(c[0], c[1], reach)) {
          kept[left++] = open[i];
        }
      }
      if (order == Healpix.DEEPEST || 4 * left > MOST || left == 0) {
        long[] all = Arrays.copyOf(whole, wholes + 2 * left);
        for (int i = 0; i < left; i++) {
          all[wholes + 2 * i] = cells.first(kept[i]);
          all[wholes + 2 * i + 1] = cells.end(kept[i]);
        }
        return new CellRanges(joined(all));
      }
      open = new long[4 * left];
      for (int i = 0; i < left; i++) {
        for (int q = 0; q < 4; q++) {
          open[4 * i + q] = 4 * kept[i] + q;
        }
      }
      count = 4 * left;
      order++;
    }
  }

  /** Ranges in order, those that touch as one. */
  private static long[] joined(long[] bounds) {
    long[][] pairs = new long[bounds.length / 2][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new long[] {bounds[2 * i], bounds[2 * i + 1]};
    }
    Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
    long[] out = new long[bounds.length];
    int n = 0;
    for (long[] p : pairs) {
      if (n > 0 && out[n - 1] >= p[0]) {
        out[n - 1] = Math.max(out[n - 1], p[1]);
      } else {
        out[n++] = p[0];
        out[n++] = p[1];
      }
    }
    return Arrays.copyOf(out, n);
  }

  public int count() {
    return bounds.length / 2;
  }

  public long first(int range) {
    return bounds[2 * range];
  }

  /** The cell behind the last of a range. */
  public long end(int range) {
    return bounds[2 * range + 1];
  }

  public boolean contains(long finestCell) {
    int at = Arrays.binarySearch(bounds, finestCell);
    // A bound is in its range if it is a first one.
    return at >= 0 ? at % 2 == 0 : -at % 2 == 0;
  }

  /** Whether any cell from one to another, both included, is in it. */
  public boolean meets(long least, long most) {
    for (int i = 0; i < count(); i++) {
      if (first(i) <= most && end(i) > least) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellRanges r && Arrays.equals(bounds, r.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return "CellRanges" + Arrays.toString(bounds);
  }
}
