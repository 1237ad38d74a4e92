package org.cornerturn.deconvolution;

import org.cornerturn.plane.PlaneMask;

/** One way to find components in residual planes. */
interface MinorCycle {
  /**
   * What a cycle did.
   *
   * @param iterations components taken
   * @param peak largest value left, in the mask, of the kind that the search goes by
   * @param diverged whether the peak grew instead
   */
  record Found(int iterations, double peak, boolean diverged) {}

  /** Largest value of the residual where the cycle would look, as its search counts it. */
  double peak(float[][] residual, Search search);

  /**
   * Takes components from the residual and adds them to the model.
   *
   * @param residual by channel, (y, x); left less what the components are seen as, unless it is
   *     renewed
   * @param model by channel, (y, x), Jy/pixel
   * @param stop peaks at or below are left
   * @param renewed whether the residual is made anew from the visibilities once its peak is there:
   *     nobody then needs what this cycle leaves of it
   */
  Found clean(
      float[][] residual, float[][] model, Search search, double stop, boolean renewed, int most);

  /** Places of the components so far, of each size; what is added to them is known to the cycle. */
  PlaneMask[] found();

  /**
   * Where and how to look.
   *
   * @param mask of allowed pixels
   * @param automatic whether only places of components that were found before are allowed
   * @param factors on values in the search, by pixel; null for 1
   */
  record Search(PlaneMask mask, boolean automatic, float[] factors) {}
}
