package org.cornerturn.source;

import java.io.Serializable;

/**
 * A Gaussian that was fitted to an image.
 *
 * @param island number of the island's highest pixel in the image, y times width plus x
 * @param number among the island's components, the brightest 0
 * @param components of the island
 * @param x place in the image, pixels
 * @param y place in the image
 * @param peak height, in the image's unit
 * @param shape width and direction
 * @param error of height, integral and place
 * @param level background
 * @param rms noise
 * @param residualMean of the pixels that were fitted, less the model
 * @param residualRms of the same
 * @param pixels of the island
 * @param flags see {@link SourceFlag}
 */
public record Component(
    long island,
    int number,
    int components,
    double x,
    double y,
    double peak,
    PixelShape shape,
    CondonErrors error,
    double level,
    double rms,
    double residualMean,
    double residualRms,
    int pixels,
    int flags)
    implements Serializable {

  public double snr() {
    return peak / rms;
  }

  /** Integral in units of a beam. */
  public double integral(PixelShape beam) {
    return peak * shape.area() / beam.area();
  }

  public boolean has(SourceFlag flag) {
    return (flags & flag.bit()) != 0;
  }
}
