package org.cornerturn.deconvolution;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.crew.Crew;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.plane.PlaneSpectrum;

/**
 * Components of several sizes. The size whose smoothed residual has the largest peak, each times
 * its bias, is cleaned down by a part, on the residual smoothed by its kernel with the point spread
 * function smoothed twice; then all sizes are looked at again.
 */
final class ScaleCycle implements MinorCycle {
  /** Part of a peak that one size is cleaned by before sizes are compared again. */
  private static final double TURN = 0.2;

  private final int width;
  private final int height;
  private final SpectralFit fit;
  private final CleanSettings settings;
  private final boolean positive;
  private final Convolver convolver;
  private final PlaneSpectrum[] psfTransform;
  private final List<Double> scales;
  private final PlaneSpectrum[] kernelTransform;
  private final double[] bias;
  private final PlaneMask[] found;
  private final float[] work;

  // Of the size that was used last: once and twice smoothed point spread functions.
  private int prepared = -1;
  private final PlaneSpectrum[] onceTransform;
  private final float[][] twice;
  private final double[] peaks;

  /**
   * @param beamPixels width of the clean beam, for automatic sizes
   */
  ScaleCycle(
      int width,
      int height,
      float[][] psf,
      SpectralFit fit,
      CleanSettings settings,
      double beamPixels,
      Crew crew) {
    this.width = width;
    this.height = height;
    this.fit = fit;
    this.settings = settings;
    positive = settings.sign() == CleanSettings.Sign.POSITIVE;
    scales =
        settings.scales().isEmpty()
            ? ScaleKernel.automatic(beamPixels, Math.min(width, height))
            : settings.scales();
    convolver = new Convolver(width, height, (Math.max(width, height) + 1) / 2, crew);
    psfTransform = new PlaneSpectrum[psf.length];
    onceTransform = new PlaneSpectrum[psf.length];
    twice = new float[psf.length][width * height];
    peaks = new double[psf.length];
    for (int c = 0; c < psf.length; c++) {
      psfTransform[c] = convolver.transform(psf[c], width, height);
    }
    kernelTransform = new PlaneSpectrum[scales.size()];
    bias = new double[scales.size()];
    found = new PlaneMask[scales.size()];
    double smallest = scales.stream().filter(s -> s > 0).min(Double::compare).orElse(1.0);
    for (int s = 0; s < scales.size(); s++) {
      double scale = scales.get(s);
      int side = 2 * ScaleKernel.reach(scale) + 1;
      kernelTransform[s] = convolver.transform(ScaleKernel.of(scale), side, side);
      bias[s] =
          scale == 0
              ? 1
              : Math.pow(settings.scaleBias(), -1 - Math.log(scale / smallest) / Math.log(2));
      found[s] = PlaneMask.none(width, height);
    }
    work = new float[width * height];
  }

  private PlaneMask mask(Search search, int scale) {
    return search.automatic() ? search.mask().and(found[scale]) : search.mask();
  }

  @Override
  public PlaneMask[] found() {
    return found;
  }

  @Override
  public double peak(float[][] residual, Search search) {
    return best(residual, search).score;
  }

  private record Best(int scale, double peak, double score) {}

  private Best best(float[][] residual, Search search) {
    PlaneSpectrum transform = convolver.transform(JointPlane.of(residual, fit));
    Best best = new Best(0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    for (int s = 0; s < scales.size(); s++) {
      PlaneMask mask = mask(search, s);
      if (!mask.isEmpty()) {
        convolver.convolve(transform, kernelTransform[s], work);
        double peak = JointPlane.peak(work, mask, search.factors(), positive);
        if (peak * bias[s] > best.score) {
          best = new Best(s, peak, peak * bias[s]);
        }
      }
    }
    return best;
  }

  @Override
  public Found clean(
      float[][] residual, float[][] model, Search search, double stop, boolean renewed, int most) {
    int done = 0;
    double first = Double.NaN;
    while (true) {
      Best best = best(residual, search);
      first = Double.isNaN(first) ? best.score : first;
      boolean diverged = best.score > 2 * first;
      if (!(best.score > stop) || done >= most || diverged) {
        return new Found(done, best.score, diverged);
      }
      int n = turn(best, residual, model, search, stop, most - done);
      done += n;
      if (n == 0) {
        return new Found(done, best.score, false);
      }
    }
  }

  /** Cleans one size down by a part. */
  private int turn(
      Best best, float[][] residual, float[][] model, Search search, double stop, int most) {
    int s = best.scale;
    prepare(s);
    float[][] smooth = new float[residual.length][width * height];
    for (int c = 0; c < residual.length; c++) {
      convolver.convolve(residual[c], kernelTransform[s], smooth[c]);
    }
    PlaneMask mask = mask(search, s);
    double least = Math.max((1 - TURN) * best.peak, stop / bias[s]);
    float[] joint = JointPlane.of(smooth, fit);
    double level =
        Math.min(
            JointPlane.level(
                joint, mask, search.factors(), positive, least, best.peak, PointCycle.MOST_ACTIVE),
            least + PointCycle.MARGIN * (best.peak - least));
    PlaneMask active =
        JointPlane.above(joint, mask, search.factors(), positive, PointCycle.MARGIN * level);
    ActiveSet set = new ActiveSet(smooth, active, search.factors(), fit, settings);
    int n = set.run(twice, width, height, peaks, level, most);
    for (int c = 0; c < residual.length; c++) {
      Arrays.fill(work, 0);
      set.scatter(c, work);
      PlaneSpectrum components = convolver.transform(work);
      convolver.convolve(components, kernelTransform[s], work);
      PointCycle.add(work, model[c], 1);
      convolver.convolve(components, onceTransform[c], work);
      PointCycle.add(work, residual[c], -1);
    }
    set.places(found[s]);
    return n;
  }

  private void prepare(int scale) {
    if (prepared == scale) {
      return;
    }
    prepared = scale;
    for (int c = 0; c < twice.length; c++) {
      onceTransform[c] = psfTransform[c].times(kernelTransform[scale]);
      convolver.kernel(onceTransform[c].times(kernelTransform[scale]), twice[c]);
      peaks[c] = twice[c][height / 2 * width + width / 2];
    }
  }
}
