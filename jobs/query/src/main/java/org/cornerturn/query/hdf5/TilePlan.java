package org.cornerturn.query.hdf5;

import org.cornerturn.array.ChunkGrid;

/** The tiles of a grid that hold selected elements, in C order. */
final class TilePlan {
  private final ChunkGrid grid;
  private final long[] first;
  private final long[] perAxis;
  private final Hyperslab slab;
  private final long count;

  TilePlan(ChunkGrid grid, Hyperslab slab) {
    this.grid = grid;
    this.slab = slab;
    int rank = slab.rank();
    first = new long[rank];
    perAxis = new long[rank];
    long n = 1;
    for (int i = 0; i < rank; i++) {
      long chunk = grid.chunk().dim(i);
      long selected = slab.count()[i];
      first[i] = slab.start()[i] / chunk;
      if (selected == 0) {
        perAxis[i] = 0;
      } else if (slab.step()[i] >= chunk) {
        perAxis[i] = selected; // Each index lies in a tile of its own.
      } else {
        long last = slab.start()[i] + (selected - 1) * slab.step()[i];
        perAxis[i] = last / chunk - first[i] + 1;
      }
      n = saturated(n, perAxis[i]);
    }
    count = n;
  }

  static long saturated(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high != 0 || low < 0 ? Long.MAX_VALUE : low;
  }

  /** Tiles; the largest long where there are more. */
  long count() {
    return count;
  }

  /** Coordinates in the grid of the tile at a place in the order. */
  long[] coordinates(long place) {
    long[] c = new long[first.length];
    long rest = place;
    for (int i = c.length - 1; i >= 0; i--) {
      long k = rest % perAxis[i];
      rest /= perAxis[i];
      boolean apart = slab.step()[i] >= grid.chunk().dim(i);
      c[i] = apart ? (slab.start()[i] + k * slab.step()[i]) / grid.chunk().dim(i) : first[i] + k;
    }
    return c;
  }
}
