package org.cornerturn.radio;

/**
 * Moves visibilities to another phase centre: V' = V exp(-2 pi i nu/c (w_new - w_old)). Not for use
 * by several threads.
 */
public final class FringeRotator {
  /** Metres a second. */
  public static final double SPEED_OF_LIGHT = 299792458.0;

  private final ChannelPhasors phasors;
  private final int polarizations;
  private final double[] cos;
  private final double[] sin;

  /**
   * @param frequencyHz of the channels, in the data's order
   * @param polarizations of the data
   */
  public FringeRotator(double[] frequencyHz, int polarizations) {
    phasors = new ChannelPhasors(frequencyHz);
    this.polarizations = polarizations;
    cos = new double[frequencyHz.length];
    sin = new double[frequencyHz.length];
  }

  /**
   * Turns one baseline's visibilities of one integration in place.
   *
   * @param visibilities complex (frequency, polarization), real and imaginary parts in turn
   * @param at index of the first
   * @param shiftMetres w_new - w_old, as {@link Rephasing} gives it; at NaN the data become NaN
   */
  public void rotate(float[] visibilities, int at, double shiftMetres) {
    phasors.fill(-shiftMetres / SPEED_OF_LIGHT, cos, sin);
    if (polarizations == 2) {
      rotatePairs(visibilities, at);
      return;
    }
    int i = at;
    for (int c = 0; c < cos.length; c++) {
      for (int p = 0; p < polarizations; p++, i += 2) {
        rotateOne(visibilities, i, cos[c], sin[c]);
      }
    }
  }

  /** The usual case, without a loop in the loop: a third of the time. */
  private void rotatePairs(float[] visibilities, int at) {
    for (int c = 0, i = at; c < cos.length; c++, i += 4) {
      rotateOne(visibilities, i, cos[c], sin[c]);
      rotateOne(visibilities, i + 2, cos[c], sin[c]);
    }
  }

  private static void rotateOne(float[] visibilities, int i, double a, double b) {
    double re = visibilities[i];
    double im = visibilities[i + 1];
    visibilities[i] = (float) (re * a - im * b);
    visibilities[i + 1] = (float) (re * b + im * a);
  }

  /** As {@link #rotate(float[], int, double)}, of double precision. */
  public void rotate(double[] visibilities, int at, double shiftMetres) {
    phasors.fill(-shiftMetres / SPEED_OF_LIGHT, cos, sin);
    int i = at;
    for (int c = 0; c < cos.length; c++) {
      double a = cos[c];
      double b = sin[c];
      for (int p = 0; p < polarizations; p++) {
        double re = visibilities[i];
        double im = visibilities[i + 1];
        visibilities[i] = re * a - im * b;
        visibilities[i + 1] = re * b + im * a;
        i += 2;
      }
    }
  }
}
