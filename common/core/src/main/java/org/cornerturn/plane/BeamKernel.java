package org.cornerturn.plane;

import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * A beam, sampled at pixels.
 *
 * @param reach pixels from the middle to the edge
 * @param values (2 reach + 1, 2 reach + 1), 1 in the middle
 */
public record BeamKernel(int reach, float[] values) {
  /** Less than this of the peak is left out. */
  private static final double LEAST = 1e-8;

  /** Widest kernel, in pixels from its middle. */
  private static final int MOST = 4096;

  public static BeamKernel of(GaussianBeam beam, Wcs wcs) {
    // Half of the width is where it is a half; squares of radii are as logarithms.
    double radius =
        beam.majorRad() / 2 * Math.sqrt(Math.log(LEAST) / Math.log(0.5)) / wcs.cellRad();
    if (!(radius <= MOST)) {
      throw new IllegalArgumentException("a beam of " + radius + " pixels");
    }
    int reach = (int) Math.ceil(radius);
    int side = 2 * reach + 1;
    float[] values = new float[side * side];
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        double v = beam.value(wcs.xx() * x + wcs.xy() * y, wcs.yx() * x + wcs.yy() * y);
        values[(y + reach) * side + x + reach] = (float) (v < LEAST ? 0 : v);
      }
    }
    return new BeamKernel(reach, values);
  }

  /** Pixels along a side. */
  public int side() {
    return 2 * reach + 1;
  }
}
