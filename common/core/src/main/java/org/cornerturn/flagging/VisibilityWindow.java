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
    int at = 0;
    for (int t = (int) piece.start(0); t < piece.end(0); t++) {
      for (int b = (int) piece.start(1); b < piece.end(1); b++) {
        int row = masks.row(t, b);
        for (int c = (int) piece.start(2); c < piece.end(2); c++) {
          int cell = t * channels + c;
          int mask = row | masks.channel(t, b, c);
          for (int p = (int) piece.start(3); p < piece.end(3); p++, at++) {
            float re = visibilities[2 * at];
            float im = visibilities[2 * at + 1];
            float square = re * re + im * im;
            float amplitude =
                square > SMALL && square < LARGE ? (float) Math.sqrt(square) : amplitude(re, im);
            int why = mask;
            if (!(amplitude <= Float.MAX_VALUE) || re == 0 && im == 0) {
              why |= WindowBits.ZERO;
            }
            int plane = b * polarizations + p;
            bits[plane][cell] = (byte) why;
            amplitudes[plane][cell] = why != 0 || flags[at] != 0 ? Float.NaN : amplitude;
          }
        }
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
    int at = 0;
    for (int t = (int) piece.start(0); t < piece.end(0); t++) {
      for (int b = (int) piece.start(1); b < piece.end(1); b++) {
        for (int c = (int) piece.start(2); c < piece.end(2); c++) {
          for (int p = (int) piece.start(3); p < piece.end(3); p++) {
            out[at++] = bits[b * polarizations + p][t * channels + c];
          }
        }
      }
    }
    return out;
  }

  private static float amplitude(double re, double im) {
    return (float) Math.sqrt(re * re + im * im);
  }
}
