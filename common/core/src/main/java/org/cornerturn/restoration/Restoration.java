package org.cornerturn.restoration;

import java.util.Optional;
import org.cornerturn.crew.Crew;
import org.cornerturn.plane.BeamKernel;
import org.cornerturn.plane.Convolver;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/** Clean beams put on models, and images smoothed to other beams. Planes are (y, x). */
public final class Restoration {
  private Restoration() {}

  /**
   * The residual and the model as the clean beam shows it. Few components are drawn one by one,
   * many by Fourier transforms.
   *
   * @param residual Jy/beam
   * @param model Jy/pixel
   * @return Jy/beam
   */
  public static float[] restore(
      float[] residual, float[] model, int width, int height, GaussianBeam beam, Wcs wcs) {
    return restore(residual, model, width, height, beam, wcs, Crew.alone());
  }

  /** The same, by several threads. */
  public static float[] restore(
      float[] residual,
      float[] model,
      int width,
      int height,
      GaussianBeam beam,
      Wcs wcs,
      Crew crew) {
    if (residual.length != Math.multiplyExact(width, height) || model.length != residual.length) {
      throw new IllegalArgumentException("planes of different sizes");
    }
    BeamKernel kernel = BeamKernel.of(beam, wcs);
    float[] out = residual.clone();
    long components = 0;
    for (float m : model) {
      components += m != 0 ? 1 : 0;
    }
    long drawn = components * kernel.values().length;
    // A transform there and back touches each pixel some fifty times.
    if (drawn <= 50L * width * height) {
      draw(model, width, height, kernel, out);
    } else {
      Convolver convolver = new Convolver(width, height, kernel.reach(), crew);
      float[] seen = new float[model.length];
      convolver.convolve(
          model, convolver.transform(kernel.values(), kernel.side(), kernel.side()), seen);
      for (int i = 0; i < out.length; i++) {
        out[i] += seen[i];
      }
    }
    return out;
  }

  private static void draw(float[] model, int width, int height, BeamKernel kernel, float[] out) {
    int reach = kernel.reach();
    int side = kernel.side();
    for (int i = 0; i < model.length; i++) {
      if (model[i] == 0) {
        continue;
      }
      int x = i % width;
      int y = i / width;
      int left = Math.max(0, x - reach);
      int right = Math.min(width, x + reach + 1);
      for (int j = Math.max(0, y - reach); j < Math.min(height, y + reach + 1); j++) {
        int from = (j - y + reach) * side + reach - x;
        for (int k = left; k < right; k++) {
          out[j * width + k] += model[i] * kernel.values()[from + k];
        }
      }
    }
  }

  /**
   * An image as a wider beam would show it, in Jy per that beam. Blank pixels stay blank; about
   * them, and about the edges, what lies there counts as 0.
   *
   * @param image Jy/beam
   * @param from the image's beam
   * @return nothing where {@code to} is narrower in some direction
   */
  public static Optional<float[]> smooth(
      float[] image, int width, int height, Wcs wcs, GaussianBeam from, GaussianBeam to) {
    Optional<GaussianBeam> kernel = to.deconvolved(from);
    if (kernel.isEmpty()) {
      return Optional.empty();
    }
    double radius = 2.6 * kernel.get().majorRad() / wcs.cellRad();
    Convolver convolver = new Convolver(width, height, (int) Math.ceil(radius) + 1);
    float[] out = new float[image.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.isNaN(image[i]) ? 0 : image[i];
    }
    convolver.convolve(out, convolver.gaussian(kernel.get(), wcs), out);
    float scale = (float) (to.solidAngle() / from.solidAngle());
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.isNaN(image[i]) ? Float.NaN : scale * out[i];
    }
    return Optional.of(out);
  }
}
