package org.cornerturn.imaging;

import java.util.Arrays;

/**
 * A plane of numbers, real or one part of complex ones: rows of equal length, kept in either
 * precision and worked on in double.
 */
final class Plane {
  private final float[][] single;
  private final double[][] full;

  Plane(int rows, int columns, Precision precision) {
    single = precision == Precision.SINGLE ? new float[rows][columns] : null;
    full = precision == Precision.DOUBLE ? new double[rows][columns] : null;
  }

  /** Adds every step-th number from an index on to a part of a row. */
  void add(int row, int column, double[] from, int at, int step, int count) {
    if (single != null) {
      float[] to = single[row];
      for (int i = 0, j = at; i < count; i++, j += step) {
        to[column + i] += (float) from[j];
      }
    } else {
      double[] to = full[row];
      for (int i = 0, j = at; i < count; i++, j += step) {
        to[column + i] += from[j];
      }
    }
  }

  /** Adds a part of a row to every step-th number from an index on. */
  void addTo(int row, int column, double[] to, int at, int step, int count) {
    if (single != null) {
      float[] from = single[row];
      for (int i = 0, j = at; i < count; i++, j += step) {
        to[j] += from[column + i];
      }
    } else {
      double[] from = full[row];
      for (int i = 0, j = at; i < count; i++, j += step) {
        to[j] += from[column + i];
      }
    }
  }

  /** Adds numbers to a part of a row. */
  void add(int row, int column, double[] from, int count) {
    if (single != null) {
      float[] to = single[row];
      for (int i = 0; i < count; i++) {
        to[column + i] += (float) from[i];
      }
    } else {
      double[] to = full[row];
      for (int i = 0; i < count; i++) {
        to[column + i] += from[i];
      }
    }
  }

  /** Adds a part of a row to numbers. */
  void addTo(int row, int column, double[] to, int count) {
    if (single != null) {
      float[] from = single[row];
      for (int i = 0; i < count; i++) {
        to[i] += from[column + i];
      }
    } else {
      double[] from = full[row];
      for (int i = 0; i < count; i++) {
        to[i] += from[column + i];
      }
    }
  }

  /** Puts numbers in the place of a part of a row. */
  void put(int row, int column, double[] from, int count) {
    if (single != null) {
      float[] to = single[row];
      for (int i = 0; i < count; i++) {
        to[column + i] = (float) from[i];
      }
    } else {
      System.arraycopy(from, 0, full[row], column, count);
    }
  }

  /** A part of a row. */
  void read(int row, int column, double[] to, int count) {
    if (single != null) {
      float[] from = single[row];
      for (int i = 0; i < count; i++) {
        to[i] = from[column + i];
      }
    } else {
      System.arraycopy(full[row], column, to, 0, count);
    }
  }

  /** Adds all of another plane of this shape and precision. */
  void add(Plane other) {
    for (int row = 0; row < rows(); row++) {
      if (single != null) {
        float[] to = single[row];
        float[] from = other.single[row];
        for (int i = 0; i < to.length; i++) {
          to[i] += from[i];
        }
      } else {
        double[] to = full[row];
        double[] from = other.full[row];
        for (int i = 0; i < to.length; i++) {
          to[i] += from[i];
        }
      }
    }
  }

  int rows() {
    return single != null ? single.length : full.length;
  }

  void clear() {
    for (int row = 0; row < rows(); row++) {
      if (single != null) {
        Arrays.fill(single[row], 0);
      } else {
        Arrays.fill(full[row], 0);
      }
    }
  }
}
