package org.cornerturn.jobs.pyramid;

import java.util.Locale;
import org.cornerturn.array.Shape;

/** What the fastest axes of an array are. */
enum Kind {
  /** By the shape: see {@link #of}. */
  AUTO,
  /** Samples along the last axis: minima and maxima of ever longer bins. */
  LINE,
  /** Pixels along the last two axes: mean, minimum and maximum of ever larger squares. */
  IMAGE;

  private static final long SCREEN_SAMPLES = 2048;
  private static final int ELONGATED = 16;

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind itself; for {@link #AUTO} a line if the last axis is much longer than the one before.
   */
  Kind of(Shape shape) {
    if (this != AUTO) {
      return this;
    }
    int rank = shape.rank();
    boolean line = rank < 2 || shape.dim(rank - 1) >= ELONGATED * shape.dim(rank - 2);
    return line ? LINE : IMAGE;
  }

  /** Whether an array of this shape is too large for a screen, so that levels help. */
  boolean isWorthwhile(Shape shape) {
    int rank = shape.rank();
    if (shape.size() == 0 || rank == 0) {
      return false;
    }
    long last = shape.dim(rank - 1);
    if (of(shape) == LINE) {
      return last > SCREEN_SAMPLES;
    }
    return rank > 1
        && last > 1
        && shape.dim(rank - 2) > 1
        && Math.max(last, shape.dim(rank - 2)) > ImagePlan.SMALLEST_SIDE;
  }
}
