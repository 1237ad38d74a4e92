package org.cornerturn.array;

import java.io.Serializable;

/**
 * A regular grid of equal chunks over an array; the last chunk of an axis may reach past the
 * array's edge.
 */
public record ChunkGrid(Shape array, Shape chunk) implements Serializable {
  public ChunkGrid {
    if (array.rank() != chunk.rank()) {
      throw new IllegalArgumentException(
          "array " + array + " and chunk " + chunk + " differ in rank");
    }
    for (int i = 0; i < chunk.rank(); i++) {
      if (chunk.dim(i) < 1) {
        throw new IllegalArgumentException("chunk extent below 1 in " + chunk);
      }
    }
  }

  /** Chunks along each axis. */
  public Shape counts() {
    long[] n = new long[array.rank()];
    for (int i = 0; i < n.length; i++) {
      n[i] = ceilDiv(array.dim(i), chunk.dim(i));
    }
    return Shape.of(n);
  }

  /** Number of chunks. */
  public long count() {
    return counts().size();
  }

  /** Grid coordinates of the chunk with this C-order number. */
  public long[] coordinates(long linear) {
    long[] counts = counts().dims();
    long[] c = new long[counts.length];
    long rest = linear;
    for (int i = c.length - 1; i >= 0; i--) {
      c[i] = rest % counts[i];
      rest /= counts[i];
    }
    return c;
  }

  /** C-order number of the chunk at these grid coordinates. */
  public long linear(long... coordinates) {
    long n = 0;
    Shape counts = counts();
    for (int i = 0; i < coordinates.length; i++) {
      n = n * counts.dim(i) + coordinates[i];
    }
    return n;
  }

  /** The chunk's full box, past the array's edge where it reaches there. */
  public Box fullBox(long... coordinates) {
    long[] start = new long[coordinates.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = coordinates[i] * chunk.dim(i);
    }
    return Box.of(start, chunk.dims());
  }

  /** The chunk's box cut at the array's edge. */
  public Box box(long... coordinates) {
    return fullBox(coordinates).intersect(Box.all(array));
  }

  /** Range of grid coordinates of the chunks that share an element with the box. */
  public Box covering(Box region) {
    long[] first = new long[array.rank()];
    long[] count = new long[array.rank()];
    for (int i = 0; i < first.length; i++) {
      first[i] = region.start(i) / chunk.dim(i);
      count[i] = region.extent(i) <= 0 ? 0 : ceilDiv(region.end(i), chunk.dim(i)) - first[i];
    }
    return Box.of(first, count);
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
