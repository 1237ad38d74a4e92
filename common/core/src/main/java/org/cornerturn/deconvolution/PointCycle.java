package org.cornerturn.deconvolution;

import java.util.Arrays;
import org.cornerturn.crew.Crew;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.plane.PlaneSpectrum;

/** Components that are points: Hogbom's and Clark's way. */
final class PointCycle implements MinorCycle {
  /** Bright pixels that are searched together; time per component is in proportion. */
  static final int MOST_ACTIVE = 1 << 16;

  /** Pixels a little below the level may rise above it by sidelobes of what is taken. */
  static final double MARGIN = 0.95;

  private final int width;
  private final int height;
  private final float[][] psf;
  private final double[] peaks;
  private final SpectralFit fit;
  private final CleanSettings settings;
  private final boolean positive;
  private final Convolver convolver;
  private final PlaneSpectrum[] psfTransform;
  private final float[] components;
  private final PlaneMask[] found;

  PointCycle(
      int width, int height, float[][] psf, SpectralFit fit, CleanSettings settings, Crew crew) {
    this.width = width;
    this.height = height;
    this.psf = psf;
    this.fit = fit;
    this.settings = settings;
    positive = settings.sign() == CleanSettings.Sign.POSITIVE;
    convolver = new Convolver(width, height, (Math.max(width, height) + 1) / 2, crew);
    psfTransform = new PlaneSpectrum[psf.length];
    peaks = new double[psf.length];
    for (int c = 0; c < psf.length; c++) {
      peaks[c] = psf[c][height / 2 * width + width / 2];
    }
    components = new float[width * height];
    found = new PlaneMask[] {PlaneMask.none(width, height)};
  }

  private PlaneMask mask(Search search) {
    return search.automatic() ? search.mask().and(found[0]) : search.mask();
  }

  @Override
  public PlaneMask[] found() {
    return found;
  }

  @Override
  public double peak(float[][] residual, Search search) {
    return JointPlane.peak(JointPlane.of(residual, fit), mask(search), search.factors(), positive);
  }

  @Override
  public Found clean(
      float[][] residual, float[][] model, Search search, double stop, boolean renewed, int most) {
    PlaneMask mask = mask(search);
    int done = 0;
    double first = Double.NaN;
    while (true) {
      float[] joint = JointPlane.of(residual, fit);
      double peak = JointPlane.peak(joint, mask, search.factors(), positive);
      first = Double.isNaN(first) ? peak : first;
      boolean diverged = peak > 2 * first;
      if (!(peak > stop) || done >= most || diverged) {
        return new Found(done, peak, diverged);
      }
      double level = stop;
      PlaneMask active = mask;
      if (settings.method() == CleanSettings.Method.CLARK) {
        double lowest =
            JointPlane.level(joint, mask, search.factors(), positive, stop, peak, MOST_ACTIVE);
        level = Math.min(lowest, stop + MARGIN * (peak - stop));
        active = JointPlane.above(joint, mask, search.factors(), positive, MARGIN * level);
        if (active.count() > 4 * MOST_ACTIVE) {
          active = JointPlane.above(joint, mask, search.factors(), positive, level);
        }
      }
      ActiveSet set = new ActiveSet(residual, active, search.factors(), fit, settings);
      int n = set.run(psf, width, height, peaks, level, most - done);
      set.places(found[0]);
      done += n;
      keep(set, model);
      if (renewed && n > 0 && level == stop && done < most && !(set.peak() > stop)) {
        // Pixels beyond the set are no higher, but for sidelobes, which the next cycle sees.
        return new Found(done, stop, false);
      }
      subtract(set, residual);
      if (n == 0) {
        return new Found(done, peak, false);
      }
    }
  }

  /** Adds what a set found to the model. */
  private void keep(ActiveSet set, float[][] model) {
    for (int c = 0; c < model.length; c++) {
      set.scatter(c, model[c]);
    }
  }

  /** Takes what a set found, as it is seen, from the residual. */
  private void subtract(ActiveSet set, float[][] residual) {
    for (int c = 0; c < residual.length; c++) {
      if (psfTransform[c] == null) {
        psfTransform[c] = convolver.transform(psf[c], width, height);
      }
      Arrays.fill(components, 0);
      set.scatter(c, components);
      convolver.convolve(components, psfTransform[c], components);
      add(components, residual[c], -1);
    }
  }

  static void add(float[] from, float[] to, float factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
