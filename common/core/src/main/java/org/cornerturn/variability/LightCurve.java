package org.cornerturn.variability;

import java.util.ArrayList;
import java.util.List;

/**
 * Fluxes of a source, in the order of time.
 *
 * @param mjd middles of the observations
 * @param flux flux densities
 * @param error of them
 */
public record LightCurve(double[] mjd, double[] flux, double[] error) {
  public LightCurve {
    if (mjd.length != flux.length || mjd.length != error.length) {
      throw new IllegalArgumentException(
          mjd.length + " times, " + flux.length + " fluxes, " + error.length + " errors");
    }
  }

  /** In the order of time, without points whose flux or error isn't a number or is no error. */
  public static LightCurve of(double[] mjd, double[] flux, double[] error) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < mjd.length; i++) {
      boolean known = Double.isFinite(mjd[i]) && Double.isFinite(flux[i]);
      if (known && error[i] > 0 && error[i] < Double.POSITIVE_INFINITY) {
        kept.add(i);
      }
    }
    kept.sort((a, b) -> mjd[a] != mjd[b] ? Double.compare(mjd[a], mjd[b]) : Integer.compare(a, b));
    LightCurve out =
        new LightCurve(new double[kept.size()], new double[kept.size()], new double[kept.size()]);
    for (int i = 0; i < kept.size(); i++) {
      out.mjd[i] = mjd[kept.get(i)];
      out.flux[i] = flux[kept.get(i)];
      out.error[i] = error[kept.get(i)];
    }
    return out;
  }

  public int size() {
    return mjd.length;
  }
}
