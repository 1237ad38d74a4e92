package org.cornerturn.imaging;

import java.util.ArrayList;
import java.util.List;

/** Kernels that are accurate enough: of each support the one with the least oversampling. */
final class KernelChoice {
  /** Of the whole error, what one axis may have: the three add up as squares. */
  private static final double SHARE = 0.55;

  private static final double[] OVERSAMPLING = {
    1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5, 1.55, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1, 2.2, 2.35, 2.5, 2.75,
    3.0
  };

  private KernelChoice() {}

  /** Kernels for an accuracy, the narrowest first. */
  static List<GriddingKernel> within(double accuracy) {
    List<GriddingKernel> found = new ArrayList<>();
    int from = OVERSAMPLING.length - 1;
    for (int support = 3; support <= GriddingKernel.WIDEST; support++) {
      // A wider kernel never needs more than a narrower one did.
      GriddingKernel best = null;
      for (int i = from; i >= 0; i--) {
        GriddingKernel kernel = new GriddingKernel(support, OVERSAMPLING[i]);
        if (kernel.error() > SHARE * accuracy) {
          break;
        }
        best = kernel;
        from = i;
      }
      if (best != null) {
        found.add(best);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no kernel is accurate to " + accuracy);
    }
    return found;
  }
}
