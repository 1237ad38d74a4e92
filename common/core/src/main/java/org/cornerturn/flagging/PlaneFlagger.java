package org.cornerturn.flagging;

import java.util.Arrays;
import org.cornerturn.flagging.FlagStrategy.Clip;
import org.cornerturn.flagging.FlagStrategy.Threshold;

/**
 * Finds interference in planes of amplitudes, (time, channel), of one baseline and correlation
 * each. Holds all the room it needs and uses it again: one for each thread.
 */
public final class PlaneFlagger {
  /** Planes with fewer good samples are not searched: there is no telling their noise. */
  public static final int FEWEST = 16;

  /** Most that a sample may be away from the others, in their standard deviations, and count. */
  private static final float FARTHEST = 1e6f;

  /** Least noise, in parts of the amplitude: float arithmetic makes a tenth of it. */
  private static final double ROUNDING = 1e-5;

  private static final double MAD_OF_NORMAL = 1.4826;

  private final int times;
  private final int channels;
  private final int size;
  private final FlagStrategy strategy;
  private final WinsorizedScale scale;
  private final Trend trend;
  private final SmoothSurface surface;
  private final SumThreshold sumThreshold;
  private final RankOperator inTime;
  private final RankOperator inFrequency;
  private final float[] valid;
  private final float[] left;
  private final float[] values;
  private final float[] common;
  private final float[] smooth;
  private final float[] residual;
  private final int[] there;
  private final int[] set;

  public PlaneFlagger(int times, int channels, FlagStrategy strategy) {
    this.times = times;
    this.channels = channels;
    this.size = Math.multiplyExact(times, channels);
    this.strategy = strategy;
    scale = new WinsorizedScale(size);
    Threshold t = strategy.threshold();
    trend = t == null ? null : new Trend(times, channels, t.smoothTimes(), t.smoothChannels());
    surface =
        t == null ? null : new SmoothSurface(times, channels, t.smoothTimes(), t.smoothChannels());
    sumThreshold =
        t == null
            ? null
            : new SumThreshold(times, channels, t.base(), t.longestTimes(), t.longestChannels());
    inTime = new RankOperator(strategy.rank().eta(), times);
    inFrequency = new RankOperator(strategy.rank().etaFrequency(), channels);
    valid = new float[size];
    left = new float[size];
    values = new float[size];
    common = new float[size];
    smooth = new float[size];
    residual = new float[size];
    there = new int[channels];
    set = new int[channels];
  }

  /** Bytes that one of such a plane holds. */
  public static long bytes(long times, long channels) {
    // Buffers of a plane: 6 here, 3 in the order statistics, 5 in the surface with its halos (two
    // of
    // them up to three times as long), 12 in SumThreshold.
    return 32L * Float.BYTES * times * channels;
  }

  /**
   * Sets {@link WindowBits#RFI} where interference is.
   *
   * @param amplitudes (time, channel); NaN where there is none to be looked at
   * @param bits of {@link WindowBits}, (time, channel)
   * @return samples found
   */
  public int detect(float[] amplitudes, byte[] bits) {
    int n = take(amplitudes, valid, values, size);
    System.arraycopy(valid, 0, left, 0, size);
    if (strategy.clip() != null && n > 0) {
      clip(strategy.clip(), n, bits);
    }
    if (strategy.threshold() != null && n >= FEWEST) {
      threshold(strategy.threshold(), bits);
    }
    return found(bits, size);
  }

  // One loop in each method, as in Lanes.

  /** Takes the amplitudes that there are; gives their number. */
  private static int take(float[] amplitudes, float[] valid, float[] values, int size) {
    int n = 0;
    for (int i = 0; i < size; i++) {
      boolean there = amplitudes[i] == amplitudes[i];
      valid[i] = there ? 1 : 0;
      values[i] = there ? amplitudes[i] : 0;
      n += there ? 1 : 0;
    }
    return n;
  }

  private static int found(byte[] bits, int size) {
    int found = 0;
    for (int i = 0; i < size; i++) {
      found += bits[i] >> 5 & 1;
    }
    return found;
  }

  /** Flags what is there and not left. */
  private static void mark(float[] valid, float[] left, byte[] bits, int size) {
    for (int i = 0; i < size; i++) {
      if (valid[i] != 0 && left[i] == 0) {
        bits[i] |= WindowBits.RFI;
      }
    }
  }

  private void clip(Clip rule, int n, byte[] bits) {
    double above = rule.above();
    if (rule.deviations() > 0 && n >= FEWEST) {
      scale.of(values, valid, size);
      float median = scale.median();
      for (int i = 0; i < size; i++) {
        residual[i] = Math.abs(values[i] - median);
      }
      scale.of(residual, valid, size);
      double mad = scale.median();
      above = Math.min(above, median + rule.deviations() * MAD_OF_NORMAL * mad);
    }
    for (int i = 0; i < size; i++) {
      if (valid[i] != 0 && (values[i] > above || values[i] < rule.below())) {
        bits[i] |= WindowBits.RFI;
        left[i] = 0;
      }
    }
  }

  private void threshold(Threshold rule, byte[] bits) {
    scale.of(values, valid, size);
    double centre = scale.mean();
    double unit = Math.max(scale.deviation(), Math.max(ROUNDING * centre, Float.MIN_NORMAL));
    double floor = ROUNDING * centre / unit;
    float low = (float) ((scale.low() - centre) / unit);
    float high = (float) ((scale.high() - centre) / unit);
    float middle = (float) centre;
    float perUnit = (float) (1 / unit);
    // In units of the whole plane's scatter no sum overflows, whatever there is in the plane.
    Lanes.standardize(values, middle, perUnit, FARTHEST, valid, size);
    for (int k = 1; k <= rule.iterations(); k++) {
      if (k == 1) {
        // Nothing is known of the plane yet: what stands out goes into the surface cut down.
        Lanes.clampProduct(values, low, high, left, residual, size);
      } else {
        Lanes.multiply(values, left, residual, size);
      }
      trend.of(residual, left, centre / unit, common);
      Lanes.subtractProduct(common, left, residual, size);
      surface.through(residual, left, 0, smooth);
      Lanes.subtract(values, common, smooth, residual, size);
      if (scale.of(residual, left, size) < FEWEST) {
        break;
      }
      double noise = Math.max(scale.deviation(), floor);
      double chi =
          rule.first() * rule.sensitivity() * Math.pow(rule.step(), rule.iterations() - k) * noise;
      sumThreshold.flag(residual, valid, chi, left);
    }
    mark(valid, left, bits, size);
  }

  /**
   * Sets {@link WindowBits#RFI_EXTENSION} beside what has been found, by the rank operator along
   * both axes, each from what there was before.
   */
  public void extend(float[] amplitudes, byte[] bits) {
    // A mark of its own, so that neither axis starts from what the other has added.
    int seed = (WindowBits.RFI | WindowBits.RFI_EXTENSION) & 0xff;
    byte mark = WindowBits.TOTALS;
    Arrays.fill(there, 0);
    Arrays.fill(set, 0);
    for (int t = 0; t < times; t++) {
      for (int c = 0, i = t * channels; c < channels; c++, i++) {
        int one = amplitudes[i] == amplitudes[i] ? 1 : 0;
        valid[i] = one;
        there[c] += one;
        set[c] += (bits[i] & seed) != 0 ? one : 0;
      }
    }
    for (int t = 0; t < times && strategy.rank().etaFrequency() > 0; t++) {
      inFrequency.extend(bits, valid, t * channels, 1, channels, seed, mark);
    }
    for (int c = 0; c < channels && strategy.rank().eta() > 0; c++) {
      if (set[c] > 0 && set[c] < there[c]) {
        inTime.extend(bits, valid, c, channels, times, seed, mark);
      }
    }
    for (int i = 0; i < size; i++) {
      if ((bits[i] & mark) != 0) {
        bits[i] = (byte) (bits[i] & ~mark | WindowBits.RFI_EXTENSION);
      }
    }
  }
}
