package org.cornerturn.spark.source;

import java.io.Serializable;
import java.util.Arrays;

/** A set of positions along an axis: sorted half-open ranges that neither meet nor overlap. */
final class Ranges implements Serializable {
  private static final long serialVersionUID = 1L;
  static final Ranges NONE = new Ranges(new long[0]);

  /** Start and end of each range in turn. */
  private final long[] bounds;

  private Ranges(long[] bounds) {
    this.bounds = bounds;
  }

  static Ranges of(long start, long end) {
    return start >= end ? NONE : new Ranges(new long[] {start, end});
  }

  int count() {
    return bounds.length / 2;
  }

  long start(int range) {
    return bounds[2 * range];
  }

  long end(int range) {
    return bounds[2 * range + 1];
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** Positions in all ranges. */
  long size() {
    long n = 0;
    for (int i = 0; i < count(); i++) {
      n += end(i) - start(i);
    }
    return n;
  }

  Ranges intersect(Ranges other) {
    Builder out = new Builder();
    int a = 0;
    int b = 0;
    while (a < count() && b < other.count()) {
      out.add(Math.max(start(a), other.start(b)), Math.min(end(a), other.end(b)));
      if (end(a) < other.end(b)) {
        a++;
      } else {
        b++;
      }
    }
    return out.build();
  }

  Ranges union(Ranges other) {
    Builder out = new Builder();
    int a = 0;
    int b = 0;
    while (a < count() || b < other.count()) {
      if (b == other.count() || a < count() && start(a) <= other.start(b)) {
        out.add(start(a), end(a));
        a++;
      } else {
        out.add(other.start(b), other.end(b));
        b++;
      }
    }
    return out.build();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Ranges r && Arrays.equals(bounds, r.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }

  /** Collects ranges in the order of their starts; empty ones are dropped, joining ones joined. */
  static final class Builder {
    private long[] bounds = new long[8];
    private int n;

    void add(long start, long end) {
      if (start >= end) {
        return;
      }
      if (n > 0 && start <= bounds[n - 1]) {
        bounds[n - 1] = Math.max(bounds[n - 1], end);
        return;
      }
      if (n == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * n);
      }
      bounds[n++] = start;
      bounds[n++] = end;
    }

    Ranges build() {
      return n == 0 ? NONE : new Ranges(Arrays.copyOf(bounds, n));
    }
  }
}
