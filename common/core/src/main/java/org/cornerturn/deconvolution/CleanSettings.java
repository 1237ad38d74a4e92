package org.cornerturn.deconvolution;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to clean.
 *
 * @param method of the minor cycle
 * @param gain part of a peak that one component takes
 * @param majorGain part of the peak that one minor cycle takes before the visibilities are looked
 *     at again; 1 for all
 * @param iterations at most, over all cycles
 * @param thresholdJy peaks below are left, Jy/beam; 0 for none
 * @param autoMaskSigmas peaks above so many times the noise are looked for everywhere in the mask;
 *     0 for no automatic mask
 * @param autoThresholdSigmas cleaning ends at so many times the noise: in the automatic mask, or
 *     without one everywhere; 0 for none
 * @param sign of components
 * @param noiseBox side of the boxes in which noise is measured, in pixels; 0 for one noise
 * @param scales of multi-scale cleaning; empty for automatic ones
 * @param scaleBias how much larger scales are preferred: smaller is more
 */
public record CleanSettings(
    Method method,
    double gain,
    double majorGain,
    int iterations,
    double thresholdJy,
    double autoMaskSigmas,
    double autoThresholdSigmas,
    Sign sign,
    int noiseBox,
    List<Double> scales,
    double scaleBias)
    implements Serializable {

  /** How components are found in a minor cycle. */
  public enum Method {
    /** The largest of all pixels, each time (Hogbom 1974, A&AS 15, 417). */
    HOGBOM,
    /**
     * The largest of the bright pixels, with the whole point spread function; all other pixels
     * follow by one convolution when no bright one is left (after Clark 1980, A&A 89, 377).
     */
    CLARK,
    /**
     * As Clark, of components of several sizes (Cornwell 2008, IEEE JSTSP 2, 793; Offringa and
     * Smirnov 2017, MNRAS 471, 301).
     */
    MULTISCALE
  }

  /** What components may be. */
  public enum Sign {
    ANY,
    POSITIVE
  }

  public CleanSettings {
    if (!(gain > 0 && gain <= 1) || !(majorGain > 0 && majorGain <= 1)) {
      throw new IllegalArgumentException("gains of " + gain + " and " + majorGain);
    }
    if (iterations < 0 || noiseBox < 0 || noiseBox > 0 && noiseBox < 4) {
      throw new IllegalArgumentException(iterations + " iterations, boxes of " + noiseBox);
    }
    if (!(thresholdJy >= 0 && autoMaskSigmas >= 0 && autoThresholdSigmas >= 0)) {
      throw new IllegalArgumentException("thresholds below 0");
    }
    if (autoMaskSigmas > 0 && autoMaskSigmas < autoThresholdSigmas) {
      throw new IllegalArgumentException("an automatic mask below the automatic threshold");
    }
    if (!(scaleBias > 0 && scaleBias < 1)) {
      throw new IllegalArgumentException("a scale bias of " + scaleBias);
    }
    scales = List.copyOf(scales);
    for (double s : scales) {
      if (!(s >= 0 && s < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a scale of " + s + " pixels");
      }
    }
  }

  /** A usual way: gain 0.1, major gain 0.8, 20,000 iterations, mask at 5 and end at 3 sigma. */
  public static CleanSettings usual(Method method) {
    return new CleanSettings(method, 0.1, 0.8, 20_000, 0, 5, 3, Sign.ANY, 0, List.of(), 0.6);
  }

  /** Settings as they are changed, one after the other; {@link #build} checks them. */
  private static final class Change {
    private final Method method;
    private double gain;
    private double majorGain;
    private int iterations;
    private double thresholdJy;
    private double autoMaskSigmas;
    private double autoThresholdSigmas;
    private Sign sign;
    private int noiseBox;
    private List<Double> scales;
    private double scaleBias;

    Change(CleanSettings from) {
      method = from.method;
      gain = from.gain;
      majorGain = from.majorGain;
      iterations = from.iterations;
      thresholdJy = from.thresholdJy;
      autoMaskSigmas = from.autoMaskSigmas;
      autoThresholdSigmas = from.autoThresholdSigmas;
      sign = from.sign;
      noiseBox = from.noiseBox;
      scales = from.scales;
      scaleBias = from.scaleBias;
    }

    CleanSettings build() {
      return new CleanSettings(
          method,
          gain,
          majorGain,
          iterations,
          thresholdJy,
          autoMaskSigmas,
          autoThresholdSigmas,
          sign,
          noiseBox,
          scales,
          scaleBias);
    }
  }

  private CleanSettings changed(Consumer<Change> how) {
    Change change = new Change(this);
    how.accept(change);
    return change.build();
  }

  public CleanSettings withGains(double loop, double major) {
    return changed(
        c -> {
          c.gain = loop;
          c.majorGain = major;
        });
  }

  public CleanSettings withLimits(int most, double jy, double maskSigmas, double endSigmas) {
    return changed(
        c -> {
          c.iterations = most;
          c.thresholdJy = jy;
          c.autoMaskSigmas = maskSigmas;
          c.autoThresholdSigmas = endSigmas;
        });
  }

  public CleanSettings withSign(Sign allowed) {
    return changed(c -> c.sign = allowed);
  }

  public CleanSettings withNoiseBox(int pixels) {
    return changed(c -> c.noiseBox = pixels);
  }

  public CleanSettings withScales(List<Double> pixels, double bias) {
    return changed(
        c -> {
          c.scales = pixels;
          c.scaleBias = bias;
        });
  }
}
