package org.cornerturn.deconvolution;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of an extended component: (1 - (r/a)^2) times a Hann taper within the radius a, its sum 1
 * (the tapered quadratic of Cornwell 2008); of scale 0, a point.
 */
final class ScaleKernel {
  private ScaleKernel() {}

  /** Radius of the kernel in pixels. */
  static int reach(double scale) {
    return (int) Math.ceil(scale);
  }

  /** Plane of 2 reach + 1 pixels along both axes. */
  static float[] of(double scale) {
    int reach = reach(scale);
    int side = 2 * reach + 1;
    double[] value = new double[side * side];
    double sum = 0;
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        double r = scale == 0 ? Math.hypot(x, y) : Math.hypot(x, y) / scale;
        double v = r < 1 ? (1 - r * r) * 0.5 * (1 + Math.cos(Math.PI * r)) : 0;
        value[(y + reach) * side + x + reach] = v;
        sum += v;
      }
    }
    float[] out = new float[value.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (value[i] / sum);
    }
    return out;
  }

  /**
   * 0, four beams, then twice as much each time, up to half of the plane.
   *
   * @param beamPixels width of the clean beam at half maximum
   */
  static List<Double> automatic(double beamPixels, int planeSide) {
    List<Double> out = new ArrayList<>(List.of(0.0));
    double scale = Math.max(4, 4 * beamPixels);
    // Beyond the eighth there is nothing that an interferometer sees.
    while (scale < planeSide / 2.0 && out.size() < 8) {
      out.add(scale);
      scale *= 2;
    }
    return out;
  }
}
