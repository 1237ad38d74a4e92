package org.cornerturn.source;

import java.io.Serializable;

/**
 * Flux at a place, whether or not there is a source.
 *
 * @param flux of a point there, in the image's unit; NaN where the image shows nothing
 * @param error of it, the noise's correlation counted
 * @param level background that was taken away
 * @param rms noise of a pixel
 * @param chiSquared of the pixels about the place
 * @param degrees of freedom of it
 * @param together places whose fluxes were found together with it, itself included
 */
public record ForcedFlux(
    double flux,
    double error,
    double level,
    double rms,
    double chiSquared,
    int degrees,
    int together)
    implements Serializable {
  static final ForcedFlux NONE =
      new ForcedFlux(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);

  /** Whether anything was measured. */
  public boolean isMeasured() {
    return flux == flux;
  }

  public double snr() {
    return flux / error;
  }

  /** What a source that isn't seen is at most: {@code sigmas} errors above the flux, or above 0. */
  public double upperLimit(double sigmas) {
    return Math.max(flux, 0) + sigmas * error;
  }
}
