package org.cornerturn.mosaic;

import org.cornerturn.sky.Wcs;

/**
 * The best mean of images of several pointings: each is what its antennas received, sky times
 * primary beam plus noise, so at every pixel
 *
 * <pre>
 * sky   = sum(beam image / variance) / sum(beam^2 / variance)
 * sigma = 1 / sqrt(sum(beam^2 / variance))
 * </pre>
 *
 * <p>with each tile's own beam about its own pointing, and the variance of its noise after
 * interpolation. A part of a mosaic is one on a shifted grid: its pixels are the same, to the last
 * digit, as long as tiles are added in the same order.
 */
public final class LinearMosaic {
  private final Wcs wcs;
  private final int width;
  private final int height;
  private final double beamLimit;
  private final double[] sum;
  private final double[] weight;
  private final short[] tiles;

  /**
   * @param wcs of the mosaic, or the part of it
   * @param beamLimit tiles don't count where their primary beam is below it
   */
  public LinearMosaic(Wcs wcs, int width, int height, double beamLimit) {
    if (!(beamLimit > 0 && beamLimit < 1)) {
      throw new IllegalArgumentException("a limit of the primary beam of " + beamLimit);
    }
    this.wcs = wcs;
    this.width = width;
    this.height = height;
    this.beamLimit = beamLimit;
    int pixels = Math.multiplyExact(width, height);
    sum = new double[pixels];
    weight = new double[pixels];
    tiles = new short[pixels];
  }

  /** Bytes that it takes. */
  public static long bytes(int width, int height) {
    return 18L * width * height;
  }

  /**
   * Adds a tile.
   *
   * @param tile how it is put onto the mosaic
   * @param image not corrected for the primary beam, Jy/beam
   * @param beam primary beam at the tile's pixels
   * @param sigma noise of the image, Jy/beam, the same at all of its pixels
   */
  public void add(Reprojection tile, float[] image, float[] beam, double sigma) {
    if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a tile with a noise of " + sigma);
    }
    float[] pattern = tile.onto(beam, wcs, width, height);
    tile.visit(
        image,
        wcs,
        width,
        height,
        (i, value, kept) -> {
          if (pattern[i] >= beamLimit) {
            double w = pattern[i] / (sigma * sigma * kept);
            sum[i] += w * value;
            weight[i] += w * pattern[i];
            tiles[i]++;
          }
        });
  }

  /** The sky, Jy/beam; NaN where no tile is. */
  public float[] image() {
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (weight[i] > 0 ? sum[i] / weight[i] : Double.NaN);
    }
    return out;
  }

  /** Standard deviation of its noise, Jy/beam; NaN where no tile is. */
  public float[] sigma() {
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (weight[i] > 0 ? 1 / Math.sqrt(weight[i]) : Double.NaN);
    }
    return out;
  }

  /** How many tiles each pixel has. */
  public float[] coverage() {
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = tiles[i];
    }
    return out;
  }
}
