package org.cornerturn.restoration;

import java.io.Serializable;
import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.Wcs;

/**
 * Power pattern of the antennas on the sky.
 *
 * @param beam its shape
 * @param dishDiameterMetres of every antenna; 0 where it isn't known
 * @param pointing where the antennas look
 * @param image the pattern, where that is no shape; else null
 */
public record PrimaryBeam(
    Beam beam, double dishDiameterMetres, IcrsDirection pointing, BeamImage image)
    implements Serializable {
  /** Pixels for which a table is worth it. */
  private static final int MANY = 1 << 18;

  public PrimaryBeam(Beam beam, double dishDiameterMetres, IcrsDirection pointing) {
    this(beam, dishDiameterMetres, pointing, null);
  }

  public PrimaryBeam {
    if (image != null && beam != Beam.NONE) {
      throw new IllegalArgumentException("a beam of a shape and of an image");
    }
    if (beam != Beam.NONE && !(dishDiameterMetres > 0)) {
      throw new IllegalArgumentException("a beam of a dish of " + dishDiameterMetres + " m");
    }
  }

  /** Whether it is the same in all directions. */
  public boolean isFlat() {
    return beam == Beam.NONE && image == null;
  }

  /**
   * The pattern at each pixel of an image, 1 where the antennas look.
   *
   * @return (height, width); NaN where a pixel shows no sky
   */
  public float[] plane(Wcs wcs, int width, int height, double frequencyHz) {
    return image == null
        ? shape(wcs, width, height, frequencyHz)
        : image(wcs, width, height, frequencyHz);
  }

  private float[] image(Wcs wcs, int width, int height, double frequencyHz) {
    // The axes of the image's frame in that of the beam.
    double[] east = wcs.reference().at(1, 0).cosines(pointing);
    double[] north = wcs.reference().at(0, 1).cosines(pointing);
    double[] up = wcs.reference().cosines(pointing);
    float[] out = new float[Math.multiplyExact(width, height)];
    double[] lmn = new double[3];
    double[] about = new double[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean sky = wcs.cosines(x, y, lmn);
        for (int i = 0; i < 3; i++) {
          about[i] = lmn[0] * east[i] + lmn[1] * north[i] + lmn[2] * up[i];
        }
        out[y * width + x] = sky ? (float) image.power(about, frequencyHz) : Float.NaN;
      }
    }
    return out;
  }

  private float[] shape(Wcs wcs, int width, int height, double frequencyHz) {
    double[] at = pointing.cosines(wcs.reference());
    double dishes = dishDiameterMetres * frequencyHz / FringeRotator.SPEED_OF_LIGHT;
    float[] out = new float[Math.multiplyExact(width, height)];
    double[] lmn = new double[3];
    double diagonal = wcs.cellRad() * Math.hypot(width, height);
    Radial radial = new Radial(beam, dishes, diagonal, out.length > MANY);
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
          v = behind ? BeamPattern.power(beam, sine, true, dishes) : radial.at(sine);
        }
        out[y * width + x] = (float) v;
      }
    }
    return out;
  }

  /**
   * Angle from the middle at which the pattern first falls to a level.
   *
   * @param level between 0 and 1
   */
  public double radiusRad(double level, double frequencyHz) {
    if (beam == Beam.NONE || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException("no radius at which " + beam + " is " + level);
    }
    double dishes = dishDiameterMetres * frequencyHz / FringeRotator.SPEED_OF_LIGHT;
    double step = 0.01 / dishes;
    double high = step;
    while (high < 1 && BeamPattern.power(beam, high, false, dishes) > level) {
      high += step;
    }
    double low = high - step;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (BeamPattern.power(beam, middle, false, dishes) > level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.asin(Math.min(1, high));
  }

  /** The pattern along a radius; of many pixels from a table, right to 1e-8 and better. */
  private static final class Radial {
    private static final int MOST = 1 << 20;

    private final Beam beam;
    private final double dishes;
    private final double perStep;
    private final double[] table;

    Radial(Beam beam, double dishes, double reach, boolean many) {
      this.beam = beam;
      this.dishes = dishes;
      // The power changes within a wavelength over the dish: linear between steps of 1e-4 of it.
      perStep = dishes * 1e4;
      double steps = Math.min(1, reach) * perStep + 2;
      table = new double[many && steps <= MOST ? (int) steps : 0];
      for (int i = 0; i < table.length; i++) {
        table[i] = BeamPattern.power(beam, Math.min(1, i / perStep), false, dishes);
      }
    }

    double at(double sine) {
      double place = sine * perStep;
      int i = (int) place;
      return i + 1 < table.length
          ? table[i] + (place - i) * (table[i + 1] - table[i])
          : BeamPattern.power(beam, sine, false, dishes);
    }
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
