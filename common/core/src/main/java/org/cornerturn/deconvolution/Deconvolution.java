package org.cornerturn.deconvolution;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.crew.Crew;
import org.cornerturn.deconvolution.MinorCycle.Found;
import org.cornerturn.deconvolution.MinorCycle.Search;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.NoiseMap;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.plane.RobustNoise;

/**
 * The cleaning of one image, one minor cycle at a time. Between cycles the caller subtracts the
 * model's visibilities from the data and images what is left:
 *
 * <pre>
 * Deconvolution d = new Deconvolution(width, height, psf, fit, settings, mask, beam);
 * for (Outcome o = d.minorCycle(dirty, model); o.major(); o = d.minorCycle(residual, model)) {
 *   residual = image(data - predict(model));
 * }
 * </pre>
 *
 * <p>Planes are (y, x); a source at the point spread function's middle, pixel (width / 2, height /
 * 2), is one at the dirty image's pixel where it is put. The same planes give the same components
 * on every machine. For use by one thread, which may have a crew.
 */
public final class Deconvolution {
  private final CleanSettings settings;
  private final SpectralFit fit;
  private final PlaneMask mask;
  private final MinorCycle cycle;
  private boolean automatic;
  private int iterations;

  /** Why a minor cycle ended. */
  public enum End {
    /** Enough was taken: the residual is to be made anew from the visibilities. */
    MAJOR_GAIN,
    /** The peaks of the automatic mask are taken: the same, and from now on in that mask. */
    MASK_FOUND,
    /** No peak above the threshold is left. */
    THRESHOLD,
    /** As many components as are allowed. */
    ITERATIONS,
    /** The peak grew: cleaning any further does harm. */
    DIVERGED
  }

  /**
   * What a minor cycle did.
   *
   * @param iterations components taken in it
   * @param peakBefore largest value where it looked, Jy/beam
   * @param peakAfter what is left there
   * @param noise of the residual before, Jy/beam: 1.4826 times its median absolute deviation
   * @param threshold down to which it goes in the end, Jy/beam
   */
  public record Outcome(
      int iterations,
      double peakBefore,
      double peakAfter,
      double noise,
      double threshold,
      End end) {
    /** Whether another minor cycle is to follow, on a residual made from the visibilities. */
    public boolean major() {
      return end == End.MAJOR_GAIN || end == End.MASK_FOUND;
    }
  }

  /**
   * @param psf point spread function of each channel, (y, x), of the image's size, the middle at
   *     pixel (width / 2, height / 2)
   * @param fit of joined channels; {@link SpectralFit#free} of one weight for one channel
   * @param mask of pixels that may have components; null for all
   * @param beamPixels width of the clean beam, from which automatic scales follow; of no meaning
   *     otherwise
   */
  public Deconvolution(
      int width,
      int height,
      float[][] psf,
      SpectralFit fit,
      CleanSettings settings,
      PlaneMask mask,
      double beamPixels) {
    this(width, height, psf, fit, settings, mask, beamPixels, Crew.alone());
  }

  /** The same, for several threads: the same components. */
  public Deconvolution(
      int width,
      int height,
      float[][] psf,
      SpectralFit fit,
      CleanSettings settings,
      PlaneMask mask,
      double beamPixels,
      Crew crew) {
    if (psf.length != fit.channels()) {
      throw new IllegalArgumentException(psf.length + " planes of " + fit.channels() + " channels");
    }
    for (float[] p : psf) {
      if (p.length != Math.multiplyExact(width, height)) {
        throw new IllegalArgumentException("a point spread function of " + p.length + " pixels");
      }
      if (!(p[height / 2 * width + width / 2] > 0)) {
        throw new IllegalArgumentException("a point spread function without a peak in its middle");
      }
    }
    this.settings = settings;
    this.fit = fit;
    this.mask = mask == null ? PlaneMask.inside(width, height, 0) : mask;
    if (this.mask.width() != width || this.mask.height() != height) {
      throw new IllegalArgumentException("a mask of another size");
    }
    cycle =
        settings.method() == CleanSettings.Method.MULTISCALE
            ? new ScaleCycle(width, height, psf, fit, settings, beamPixels, crew)
            : new PointCycle(width, height, psf, fit, settings, crew);
  }

  /** Bytes that it takes beside the planes it is given, at most. */
  public static long bytes(int width, int height, int channels, CleanSettings settings) {
    long plane = 4L * width * height;
    int reach = (Math.max(width, height) + 1) / 2;
    if (settings.method() == CleanSettings.Method.MULTISCALE) {
      int scales = settings.scales().isEmpty() ? 8 : settings.scales().size();
      int kernels = scales + 2 * channels + 3;
      return Convolver.bytes(width, height, reach, kernels) + plane * (5 + 4L * channels);
    }
    // Components of a channel, values while their median is found, what is bright enough.
    return Convolver.bytes(width, height, reach, channels) + plane * (3 + (channels > 1 ? 1 : 0));
  }

  /**
   * What a cleaning knows beside its planes, so that another program can go on with it.
   *
   * @param iterations components taken so far
   * @param automatic whether components are looked for in the automatic mask alone
   * @param found places of components, a mask's {@link PlaneMask#words} for each size
   */
  public record State(int iterations, boolean automatic, List<long[]> found) {
    public State {
      found = List.copyOf(found);
    }
  }

  /** What is known so far. */
  public State state() {
    return new State(
        iterations, automatic, Arrays.stream(cycle.found()).map(PlaneMask::words).toList());
  }

  /** Goes on from a state of a cleaning of the same settings. */
  public void resume(State state) {
    PlaneMask[] found = cycle.found();
    if (state.found().size() != found.length) {
      throw new IllegalArgumentException(
          state.found().size() + " sizes of components where there are " + found.length);
    }
    iterations = state.iterations();
    automatic = state.automatic();
    for (int s = 0; s < found.length; s++) {
      found[s] = PlaneMask.ofWords(state.found().get(s), mask.width(), mask.height());
    }
  }

  /** Components that were taken so far. */
  public int iterations() {
    return iterations;
  }

  /**
   * Takes components.
   *
   * @param residual by channel, Jy/beam, finite; left less the components as they are seen where no
   *     cycle follows that makes it anew, undefined otherwise
   * @param model by channel, Jy/pixel; the components are added
   */
  public Outcome minorCycle(float[][] residual, float[][] model) {
    Noise noise = noise(JointPlane.of(residual, fit));
    boolean finding = settings.autoMaskSigmas() > 0 && !automatic;
    double threshold = threshold(finding, noise.level);
    Search search = new Search(mask, automatic, noise.factors);
    double before = cycle.peak(residual, search);
    if (finding && !(before > threshold)) {
      automatic = true;
      finding = false;
      threshold = threshold(false, noise.level);
      search = new Search(mask, true, noise.factors);
      before = cycle.peak(residual, search);
    }
    double stop = Math.max(threshold, (1 - settings.majorGain()) * before);
    Found found =
        cycle.clean(
            residual, model, search, stop, stop > threshold, settings.iterations() - iterations);
    iterations += found.iterations();
    End end = end(found, finding, threshold);
    automatic |= end == End.MASK_FOUND;
    return new Outcome(found.iterations(), before, found.peak(), noise.level, threshold, end);
  }

  private double threshold(boolean finding, double noise) {
    double sigmas = finding ? settings.autoMaskSigmas() : settings.autoThresholdSigmas();
    return Math.max(settings.thresholdJy(), sigmas * noise);
  }

  private End end(Found found, boolean finding, double threshold) {
    if (found.diverged()) {
      return End.DIVERGED;
    }
    if (!(found.peak() > threshold)) {
      return finding ? End.MASK_FOUND : End.THRESHOLD;
    }
    if (iterations >= settings.iterations()) {
      return End.ITERATIONS;
    }
    // A cycle that finds nothing to take won't find it next time.
    return found.iterations() == 0 ? End.THRESHOLD : End.MAJOR_GAIN;
  }

  private record Noise(double level, float[] factors) {}

  private Noise noise(float[] joint) {
    if (settings.noiseBox() == 0) {
      return new Noise(RobustNoise.of(joint).rms(), null);
    }
    float[] map = NoiseMap.of(joint, mask.width(), mask.height(), settings.noiseBox());
    double level = RobustNoise.of(map).median();
    for (int i = 0; i < map.length; i++) {
      // Where there is no noise at all, nothing is found either.
      map[i] = map[i] > 0 ? (float) (level / map[i]) : 0;
    }
    return new Noise(level, map);
  }
}
