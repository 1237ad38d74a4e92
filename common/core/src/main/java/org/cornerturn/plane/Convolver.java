package org.cornerturn.plane;

import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * Convolves planes of one size with kernels, by Fourier transforms of padded planes: nothing comes
 * in from the opposite edge. Relative errors are some 1e-6 of the largest value. Not for use by
 * several threads.
 */
public final class Convolver {
  private final int width;
  private final int height;
  private final int reachX;
  private final int reachY;
  private final RealFourier fourier;
  private final float[] work;

  /**
   * @param width of the planes
   * @param height of the planes
   * @param reach how far from its middle a kernel is taken along with; the whole plane for a point
   *     spread function of the plane's size is half of it
   */
  public Convolver(int width, int height, int reach) {
    if (width < 1 || height < 1 || reach < 0) {
      throw new IllegalArgumentException(width + " x " + height + ", kernels of " + reach);
    }
    this.width = width;
    this.height = height;
    // Further than from edge to edge no pixel reaches another.
    reachX = Math.min(reach, width - 1);
    reachY = Math.min(reach, height - 1);
    fourier =
        new RealFourier(
            RealFourier.fastSize(width + reachX), RealFourier.fastSize(height + reachY));
    work = new float[fourier.spectrumLength()];
  }

  /** Bytes that a convolver and {@code kernels} transforms take, while one more is being made. */
  public static long bytes(int width, int height, int reach, int kernels) {
    long w = RealFourier.fastSize(width + Math.min(reach, width - 1));
    long h = RealFourier.fastSize(height + Math.min(reach, height - 1));
    return 4 * (w + 2) * h * (2 + kernels) + 8 * h * 16;
  }

  /**
   * Transform of a kernel whose middle is pixel (kernelWidth / 2, kernelHeight / 2); what lies
   * beyond the reach is left out.
   */
  public float[] transform(float[] kernel, int kernelWidth, int kernelHeight) {
    int w = fourier.width();
    int h = fourier.height();
    float[] rolled = new float[Math.multiplyExact(w, h)];
    int cx = kernelWidth / 2;
    int cy = kernelHeight / 2;
    for (int y = Math.max(0, cy - reachY); y < Math.min(kernelHeight, cy + reachY + 1); y++) {
      int row = Math.floorMod(y - cy, h) * w;
      for (int x = Math.max(0, cx - reachX); x < Math.min(kernelWidth, cx + reachX + 1); x++) {
        rolled[row + Math.floorMod(x - cx, w)] = kernel[y * kernelWidth + x];
      }
    }
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(rolled, w, h, spectrum);
    return spectrum;
  }

  /**
   * Transform of a Gaussian whose integral is 1, of any width: exact for planes that are sampled
   * finely enough, which a Gaussian of few pixels would not be itself.
   */
  public float[] gaussian(GaussianBeam beam, Wcs wcs) {
    double s = Math.sin(beam.positionAngleRad());
    double c = Math.cos(beam.positionAngleRad());
    double determinant = wcs.xx() * wcs.yy() - wcs.xy() * wcs.yx();
    int w = fourier.width();
    int h = fourier.height();
    int columns = w / 2 + 1;
    float[] spectrum = new float[fourier.spectrumLength()];
    double exponent = -Math.PI * Math.PI / (4 * Math.log(2));
    for (int j = 0; j < h; j++) {
      double v = (double) (j <= h / 2 ? j : j - h) / h;
      for (int i = 0; i < columns; i++) {
        double u = (double) i / w;
        // Waves per radian to the east and to the north.
        double east = (wcs.yy() * u - wcs.yx() * v) / determinant;
        double north = (wcs.xx() * v - wcs.xy() * u) / determinant;
        double along = (east * s + north * c) * beam.majorRad();
        double across = (east * c - north * s) * beam.minorRad();
        spectrum[2 * (j * columns + i)] =
            (float) Math.exp(exponent * (along * along + across * across));
      }
    }
    return spectrum;
  }

  /** Transform of two kernels one after the other. */
  public static float[] product(float[] first, float[] second) {
    float[] out = new float[first.length];
    multiply(first, second, out);
    return out;
  }

  /**
   * @param plane (height, width); finite numbers
   * @param kernel of {@link #transform}
   * @param out receives the convolved plane; may be the plane itself
   */
  public void convolve(float[] plane, float[] kernel, float[] out) {
    fourier.forward(plane, width, height, work);
    multiply(work, kernel, work);
    fourier.inverse(work, out, width, height, 0, 0);
  }

  /** The plane's own transform, for several kernels. */
  public float[] transform(float[] plane) {
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(plane, width, height, spectrum);
    return spectrum;
  }

  /** As {@link #convolve(float[], float[], float[])} of a plane that is transformed already. */
  public void convolveTransformed(float[] plane, float[] kernel, float[] out) {
    multiply(plane, kernel, work);
    fourier.inverse(work, out, width, height, 0, 0);
  }

  /**
   * The kernel itself again, in a plane of this size, its middle at (width / 2, height / 2).
   *
   * @param out receives it
   */
  public void kernel(float[] transform, float[] out) {
    System.arraycopy(transform, 0, work, 0, work.length);
    int w = fourier.width();
    int h = fourier.height();
    fourier.inverse(work, out, width, height, w - width / 2, h - height / 2);
  }

  private static void multiply(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i += 2) {
      float re = a[i] * b[i] - a[i + 1] * b[i + 1];
      float im = a[i] * b[i + 1] + a[i + 1] * b[i];
      out[i] = re;
      out[i + 1] = im;
    }
  }
}
