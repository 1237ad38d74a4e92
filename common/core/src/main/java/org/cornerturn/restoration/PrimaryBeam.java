package org.cornerturn.restoration;

import java.io.Serializable;
import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.Wcs;

/**
 * Power pattern of the antennas on the sky.
 *
 * @param beam its shape
 * @param dishDiameterMetres of every antenna
 * @param pointing where the antennas look
 */
public record PrimaryBeam(Beam beam, double dishDiameterMetres, IcrsDirection pointing)
    implements Serializable {
  public PrimaryBeam {
    if (beam != Beam.NONE && !(dishDiameterMetres > 0)) {
      throw new IllegalArgumentException("a beam of a dish of " + dishDiameterMetres + " m");
    }
  }

  /**
   * The pattern at each pixel of an image, 1 where the antennas look.
   *
   * @return (height, width); NaN where a pixel shows no sky
   */
  public float[] plane(Wcs wcs, int width, int height, double frequencyHz) {
    double[] at = pointing.cosines(wcs.reference());
    double dishes = dishDiameterMetres * frequencyHz / FringeRotator.SPEED_OF_LIGHT;
    float[] out = new float[Math.multiplyExact(width, height)];
    double[] lmn = new double[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double v = Double.NaN;
        if (wcs.cosines(x, y, lmn)) {
          // The cross product keeps its digits near the middle, where the scalar one loses them.
          double a = lmn[1] * at[2] - lmn[2] * at[1];
          double b = lmn[2] * at[0] - lmn[0] * at[2];
          double c = lmn[0] * at[1] - lmn[1] * at[0];
          double sine = Math.min(1, Math.sqrt(a * a + b * b + c * c));
          boolean behind = lmn[0] * at[0] + lmn[1] * at[1] + lmn[2] * at[2] < 0;
          v = BeamPattern.power(beam, sine, behind, dishes);
        }
        out[y * width + x] = (float) v;
      }
    }
    return out;
  }

  /**
   * The pattern of joined channels: their weighted mean.
   *
   * @param weight of each channel
   */
  public float[] plane(Wcs wcs, int width, int height, double[] frequencyHz, double[] weight) {
    double[] sum = new double[Math.multiplyExact(width, height)];
    double total = 0;
    for (int c = 0; c < frequencyHz.length; c++) {
      float[] channel = plane(wcs, width, height, frequencyHz[c]);
      total += weight[c];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight[c] * channel[i];
      }
    }
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sum[i] / total);
    }
    return out;
  }

  /**
   * An image of what the sky is instead of what the antennas receive of it.
   *
   * @param pattern of {@link #plane}
   * @param limit blank where the pattern is below it
   */
  public static float[] correct(float[] image, float[] pattern, double limit) {
    if (image.length != pattern.length) {
      throw new IllegalArgumentException("a pattern of another size");
    }
    float[] out = new float[image.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = pattern[i] >= limit && pattern[i] > 0 ? image[i] / pattern[i] : Float.NaN;
    }
    return out;
  }
}
