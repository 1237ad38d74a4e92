package org.cornerturn.query.hdf5;

import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;

/**
 * Regularly spaced elements of an array: along each axis {@code count} indices from {@code start}
 * on, {@code step} apart, the slowest axis first.
 */
public record Hyperslab(long[] start, long[] step, long[] count) {
  public Hyperslab {
    if (start.length != step.length || start.length != count.length) {
      throw new IllegalArgumentException("start, step and count differ in rank");
    }
    for (int i = 0; i < start.length; i++) {
      if (start[i] < 0 || step[i] < 1 || count[i] < 0) {
        throw new IllegalArgumentException(
            "start " + start[i] + ", step " + step[i] + ", count " + count[i]);
      }
    }
  }

  /** Every element of an array. */
  public static Hyperslab all(Shape shape) {
    return of(Box.all(shape));
  }

  /** Every element of a box. */
  public static Hyperslab of(Box box) {
    long[] ones = new long[box.rank()];
    Arrays.fill(ones, 1);
    return new Hyperslab(box.start(), ones, box.shape().dims());
  }

  public int rank() {
    return start.length;
  }

  /** Shape of what is selected. */
  public Shape shape() {
    return Shape.of(count);
  }

  /**
   * Number of elements.
   *
   * @throws ArithmeticException beyond 2^63
   */
  public long size() {
    return shape().size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** Whether nothing is left out between the first and the last index of any axis. */
  public boolean isDense() {
    for (int i = 0; i < step.length; i++) {
      if (step[i] != 1 && count[i] > 1) {
        return false;
      }
    }
    return true;
  }

  /** The least box that holds all elements. */
  public Box bounds() {
    long[] extent = new long[start.length];
    for (int i = 0; i < extent.length; i++) {
      extent[i] = count[i] == 0 ? 0 : (count[i] - 1) * step[i] + 1;
    }
    return Box.of(start, extent);
  }

  /** The same with further, faster axes taken whole. */
  public Hyperslab append(long... more) {
    int rank = rank();
    long[] s = Arrays.copyOf(start, rank + more.length);
    long[] t = Arrays.copyOf(step, rank + more.length);
    long[] c = Arrays.copyOf(count, rank + more.length);
    Arrays.fill(t, rank, t.length, 1);
    System.arraycopy(more, 0, c, rank, more.length);
    return new Hyperslab(s, t, c);
  }

  /** Position in the selection of the first selected index at or after {@code index}. */
  long firstAt(int axis, long index) {
    return index <= start[axis] ? 0 : -Math.floorDiv(-(index - start[axis]), step[axis]);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Hyperslab h
        && Arrays.equals(start, h.start)
        && Arrays.equals(step, h.step)
        && Arrays.equals(count, h.count);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(start) + Arrays.hashCode(step)) + Arrays.hashCode(count);
  }

  @Override
  public String toString() {
    return "start "
        + Arrays.toString(start)
        + " step "
        + Arrays.toString(step)
        + " count "
        + Arrays.toString(count);
  }
}
