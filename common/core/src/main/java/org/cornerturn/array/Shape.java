package org.cornerturn.array;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Extent of an n-dimensional array, slowest axis first (C order). Rank 0 is a scalar with one
 * element.
 */
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1L;
  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  public static Shape of(long... dims) {
    for (long d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(dims));
      }
    }
    return new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  public long dim(int axis) {
    return dims[axis];
  }

  public long[] dims() {
    return dims.clone();
  }

  /**
   * Number of elements.
   *
   * @throws ArithmeticException beyond 2^63
   */
  public long size() {
    long n = 1;
    for (long d : dims) {
      if (d == 0) {
        return 0;
      }
    }
    for (long d : dims) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** This shape with further, faster axes behind it. */
  public Shape append(long... more) {
    long[] all = Arrays.copyOf(dims, dims.length + more.length);
    System.arraycopy(more, 0, all, dims.length, more.length);
    return of(all);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
