package org.cornerturn.array;

import java.io.Serializable;
import java.util.Arrays;

/** A rectangular region of an array: start and shape per axis, slowest axis first. */
public final class Box implements Serializable {
  private static final long serialVersionUID = 1L;
  private final long[] start;
  private final long[] shape;

  private Box(long[] start, long[] shape) {
    this.start = start;
    this.shape = shape;
  }

  public static Box of(long[] start, long[] shape) {
    if (start.length != shape.length) {
      throw new IllegalArgumentException("start and shape differ in rank");
    }
    return new Box(start.clone(), shape.clone());
  }

  /** The whole of an array. */
  public static Box all(Shape shape) {
    return new Box(new long[shape.rank()], shape.dims());
  }

  public int rank() {
    return start.length;
  }

  public long start(int axis) {
    return start[axis];
  }

  public long end(int axis) {
    return start[axis] + shape[axis];
  }

  public long extent(int axis) {
    return shape[axis];
  }

  public long[] start() {
    return start.clone();
  }

  public Shape shape() {
    return Shape.of(shape);
  }

  public long size() {
    return shape().size();
  }

  public boolean isEmpty() {
    for (long s : shape) {
      if (s <= 0) {
        return true;
      }
    }
    return false;
  }

  /** The part both boxes share; empty (extent 0 somewhere) where they share none. */
  public Box intersect(Box other) {
    long[] s = new long[start.length];
    long[] n = new long[start.length];
    for (int i = 0; i < s.length; i++) {
      s[i] = Math.max(start[i], other.start[i]);
      n[i] = Math.max(0, Math.min(end(i), other.end(i)) - s[i]);
    }
    return new Box(s, n);
  }

  public boolean contains(Box other) {
    for (int i = 0; i < start.length; i++) {
      if (other.start[i] < start[i] || other.end(i) > end(i)) {
        return false;
      }
    }
    return true;
  }

  /** The same box with further, faster axes taken whole. */
  public Box append(long... more) {
    long[] s = Arrays.copyOf(start, start.length + more.length);
    long[] n = Arrays.copyOf(shape, start.length + more.length);
    System.arraycopy(more, 0, n, start.length, more.length);
    return new Box(s, n);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Box b && Arrays.equals(start, b.start) && Arrays.equals(shape, b.shape);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(start) + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return "start " + Arrays.toString(start) + " shape " + Arrays.toString(shape);
  }
}
