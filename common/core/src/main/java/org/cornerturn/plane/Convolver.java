package org.cornerturn.plane;

import org.cornerturn.crew.Crew;
import org.cornerturn.fourier.FourierRows;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * Convolves planes of one size with kernels, by Fourier transforms of padded planes: nothing comes
 * in from the opposite edge. Relative errors are some 1e-6 of the largest value. For use by one
 * thread, which may have a crew.
 */
public final class Convolver {
  private final int width;
  private final int height;
  private final int reachX;
  private final int reachY;
  private final RealFourier fourier;
  private final RealFourier.Part whole;

  /**
   * @param width of the planes
   * @param height of the planes
   * @param reach how far from its middle a kernel is taken along with; the whole plane for a point
   *     spread function of the plane's size is half of it
   */
  public Convolver(int width, int height, int reach) {
    this(width, height, reach, Crew.alone());
  }

  /** The same, for several threads. */
  public Convolver(int width, int height, int reach, Crew crew) {
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
            FourierRows.goodSize(width + reachX), FourierRows.goodSize(height + reachY), crew);
    whole = RealFourier.Part.whole(width, height, 0, 0);
  }

  /** Bytes that a convolver and {@code kernels} transforms take, while one more is being made. */
  public static long bytes(int width, int height, int reach, int kernels) {
    int x = Math.min(reach, width - 1);
    int w = FourierRows.goodSize(width + x);
    int h = FourierRows.goodSize(height + Math.min(reach, height - 1));
    return RealFourier.bytes(w, h, Math.max(width, 2 * x + 1))
        + kernels * RealFourier.spectrumBytes(w, h);
  }

  /**
   * Transform of a kernel whose middle is pixel (kernelWidth / 2, kernelHeight / 2); what lies
   * beyond the reach is left out.
   */
  public PlaneSpectrum transform(float[] kernel, int kernelWidth, int kernelHeight) {
    int cx = kernelWidth / 2;
    int cy = kernelHeight / 2;
    int x = Math.max(0, cx - reachX);
    int y = Math.max(0, cy - reachY);
    return fourier.transform(
        kernel,
        new RealFourier.Part(
            kernelWidth,
            x,
            y,
            Math.min(kernelWidth, cx + reachX + 1) - x,
            Math.min(kernelHeight, cy + reachY + 1) - y,
            Math.floorMod(x - cx, fourier.width()),
            Math.floorMod(y - cy, fourier.height())));
  }

  /**
   * Transform of a Gaussian whose integral is 1, of any width: exact for planes that are sampled
   * finely enough, which a Gaussian of few pixels would not be itself.
   */
  public PlaneSpectrum gaussian(GaussianBeam beam, Wcs wcs) {
    double s = Math.sin(beam.positionAngleRad());
    double c = Math.cos(beam.positionAngleRad());
    double determinant = wcs.xx() * wcs.yy() - wcs.xy() * wcs.yx();
    double exponent = -Math.PI * Math.PI / (4 * Math.log(2));
    return fourier.of(
        (u, v) -> {
          // Waves per radian to the east and to the north.
          double east = (wcs.yy() * u - wcs.yx() * v) / determinant;
          double north = (wcs.xx() * v - wcs.xy() * u) / determinant;
          double along = (east * s + north * c) * beam.majorRad();
          double across = (east * c - north * s) * beam.minorRad();
          return Math.exp(exponent * (along * along + across * across));
        });
  }

  /**
   * @param plane (height, width); finite numbers
   * @param kernel of {@link #transform}
   * @param out receives the convolved plane; may be the plane itself
   */
  public void convolve(float[] plane, PlaneSpectrum kernel, float[] out) {
    fourier.convolve(plane, whole, kernel, out, whole);
  }

  /** The plane's own transform, for several kernels. */
  public PlaneSpectrum transform(float[] plane) {
    return fourier.transform(plane, whole);
  }

  /** As {@link #convolve(float[], PlaneSpectrum, float[])} of a plane's transform. */
  public void convolve(PlaneSpectrum plane, PlaneSpectrum kernel, float[] out) {
    fourier.convolve(plane, kernel, out, whole);
  }

  /**
   * The kernel itself again, in a plane of this size, its middle at (width / 2, height / 2).
   *
   * @param out receives it
   */
  public void kernel(PlaneSpectrum transform, float[] out) {
    fourier.inverse(
        transform,
        out,
        RealFourier.Part.whole(
            width, height, fourier.width() - width / 2, fourier.height() - height / 2));
  }
}
