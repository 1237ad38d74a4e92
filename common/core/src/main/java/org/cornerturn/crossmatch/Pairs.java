package org.cornerturn.crossmatch;

import java.util.Arrays;

/** Pairs of rows, as they are found. */
public final class Pairs {
  private int[] left = new int[1024];
  private int[] right = new int[1024];
  private double[] separationDeg = new double[1024];
  private int count;

  void add(int leftRow, int rightRow, double separation) {
    if (count == left.length) {
      int room = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * count);
      if (room == count) {
        throw new IllegalStateException("more than " + count + " pairs in one task");
      }
      left = Arrays.copyOf(left, room);
      right = Arrays.copyOf(right, room);
      separationDeg = Arrays.copyOf(separationDeg, room);
    }
    left[count] = leftRow;
    right[count] = rightRow;
    separationDeg[count++] = separation;
  }

  public int count() {
    return count;
  }

  public int left(int pair) {
    return left[pair];
  }

  /** -1 for a left row that has no partner. */
  public int right(int pair) {
    return right[pair];
  }

  /** NaN where there is no partner. */
  public double separationDeg(int pair) {
    return separationDeg[pair];
  }
}
