package org.cornerturn.flagging;

import org.cornerturn.array.Box;

/**
 * Amplitudes and flags of all baselines and correlations over a window of times and channels, one
 * plane (time, channel) for each baseline and correlation, in that order. Visibilities are put in
 * piece by piece; only amplitudes stay.
 */
public final class VisibilityWindow {
  // Squares of amplitudes between these neither overflow floats nor lose digits.
  private static final float SMALL = 1e-30f;
  private static final float LARGE = 1e37f;

  private final int times;
  private final int baselines;
  private final int channels;
  private final int polarizations;
  private final float[][] amplitudes;
  private final byte[][] bits;

  public VisibilityWindow(int times, int baselines, int channels, int polarizations) {
    this.times = times;
    this.baselines = baselines;
    this.channels = channels;
    this.polarizations = polarizations;
    int plane = Math.multiplyExact(times, channels);
    int planes = Math.multiplyExact(baselines, polarizations);
    amplitudes = new float[planes][plane];
    bits = new byte[planes][plane];
  }

  /** Bytes that a window holds. */
  public static long bytes(long times, long baselines, long channels, long polarizations) {
    long planes = baselines * polarizations;
    return planes * (times * channels * (Float.BYTES + 1) + 2 * 24);
  }

  public int times() {
    return times;
  }

  public int baselines() {
    return baselines;
  }

  public int channels() {
    return channels;
  }

  public int polarizations() {
    return polarizations;
  }

  /** Amplitudes of a baseline and correlation, (time, channel); NaN where there is none to use. */
  public float[] amplitudes(int baseline, int polarization) {
    return amplitudes[baseline * polarizations + polarization];
  }

  /** {@link WindowBits} of a baseline and correlation, (time, channel). */
  public byte[] bits(int baseline, int polarization) {
    return bits[baseline * polarizations + polarization];
  }

  /**
   * Puts a piece of the visibilities in. Samples that are zero or no number, that the input has
   * flagged, or that a mask has, are not used.
   *
   * @param piece (time, baseline, channel, polarization), counted from the window's first
   * @param visibilities pairs of real and imaginary part, in C order
   * @param flags of the input in the same order; 0 for good
   * @param masks of the window
   */
  public void put(Box piece, float[] visibilities, short[] flags, SampleMasks masks) {
    int c0 = (int) piece.start(2);
    int some = (int) piece.extent(2);
    int p0 = (int) piece.start(3);
    int step = (int) piece.extent(3);
    int at = 0;
    for (int t = (int) piece.start(0); t < piece.end(0); t++) {
      for (int b = (int) piece.start(1); b < piece.end(1); b++) {
        for (int p = 0; p < step; p++) {
          line(
              t * channels + c0,
              b * polarizations + p0 + p,
              some,
              visibilities,
              flags,
              at + p,
              step);
        }
        if (!masks.isClear(t, b)) {
          for (int c = c0; c < c0 + some; c++) {
            mask(masks.row(t, b) | masks.channel(t, b, c), t * channels + c, b, p0, step);
          }
        }
        at += some * step;
      }
    }
  }

  /** Puts some channels of one time, baseline and correlation in, as if nothing were masked. */
  private void line(
      int cell, int plane, int some, float[] visibilities, short[] flags, int first, int step) {
    float[] amplitude = amplitudes[plane];
    byte[] why = bits[plane];
    int at = first;
    for (int c = cell; c < cell + some; c++) {
      float re = visibilities[2 * at];
      float im = visibilities[2 * at + 1];
      float square = re * re + im * im;
      if (square > SMALL && square < LARGE) {
        why[c] = 0;
        amplitude[c] = flags[at] == 0 ? (float) Math.sqrt(square) : Float.NaN;
      } else {
        float a = amplitude(re, im);
        boolean none = !(a <= Float.MAX_VALUE) || re == 0 && im == 0;
        why[c] = none ? WindowBits.ZERO : 0;
        amplitude[c] = none || flags[at] != 0 ? Float.NaN : a;
      }
      at += step;
    }
  }

  private void mask(int mask, int cell, int baseline, int firstPolarization, int some) {
    if (mask != 0) {
      for (int p = firstPolarization; p < firstPolarization + some; p++) {
        bits[baseline * polarizations + p][cell] |= (byte) mask;
        amplitudes[baseline * polarizations + p][cell] = Float.NaN;
      }
    }
  }

  /**
   * Bits of a piece.
   *
   * @param piece (time, baseline, channel, polarization), counted from the window's first
   * @return {@link WindowBits} in C order
   */
  public byte[] bits(Box piece) {
    byte[] out = new byte[Math.toIntExact(piece.size())];
    int c0 = (int) piece.start(2);
    int some = (int) piece.extent(2);
    int step = (int) piece.extent(3);
    int at = 0;
    for (int t = (int) piece.start(0); t < piece.end(0); t++) {
      for (int b = (int) piece.start(1); b < piece.end(1); b++) {
        for (int p = 0; p < step; p++) {
          byte[] plane = bits[b * polarizations + (int) piece.start(3) + p];
          int to = at + p;
          int cell = t * channels + c0;
          for (int c = cell; c < cell + some; c++, to += step) {
            out[to] = plane[c];
          }
        }
        at += some * step;
      }
    }
    return out;
  }

  private static float amplitude(double re, double im) {
    return (float) Math.sqrt(re * re + im * im);
  }
}
