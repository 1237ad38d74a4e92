package org.cornerturn.query.viewer;

import org.cornerturn.pyramid.Reduction;

/** What stands for the elements that one of the result covers. */
enum Reduce {
  MIN(Reduction.MIN),
  MAX(Reduction.MAX),
  MEAN(Reduction.MEAN),
  /** The first of them. */
  STRIDE(null);

  private final Reduction kernel;

  Reduce(Reduction kernel) {
    this.kernel = kernel;
  }

  Reduction kernel() {
    return kernel;
  }
}
