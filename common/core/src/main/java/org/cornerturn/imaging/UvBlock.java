package org.cornerturn.imaging;

/**
 * Visibilities that share coordinates: V = sum of S exp(+2 pi i nu/c (u l + v m + w (n - 1))), uvw
 * being r(antenna 2) - r(antenna 1).
 *
 * @param uvwMetres (row, 3)
 * @param frequencyHz of the channels, ascending
 * @param re real parts by image, (row, channel), Jy; null for a source of 1 Jy at the phase centre,
 *     whose image is the point spread function
 * @param im imaginary parts, as many
 * @param weight by image, (row, channel); what has weight 0 isn't looked at, so it may be NaN
 */
public record UvBlock(
    double[] uvwMetres, double[] frequencyHz, float[][] re, float[][] im, float[][] weight) {
  public UvBlock {
    int samples = uvwMetres.length / 3 * frequencyHz.length;
    if (uvwMetres.length % 3 != 0 || frequencyHz.length == 0 || frequencyHz.length > 65_535) {
      throw new IllegalArgumentException(
          uvwMetres.length + " numbers of uvw, " + frequencyHz.length + " channels");
    }
    for (int c = 1; c < frequencyHz.length; c++) {
      if (!(frequencyHz[c] > frequencyHz[c - 1])) {
        throw new IllegalArgumentException("channels are not in ascending order");
      }
    }
    if (re.length == 0 || im.length != re.length || weight.length != re.length) {
      throw new IllegalArgumentException("real, imaginary parts and weights of unequal images");
    }
    for (int i = 0; i < re.length; i++) {
      if (weight[i].length != samples
          || (re[i] == null) != (im[i] == null)
          || re[i] != null && (re[i].length != samples || im[i].length != samples)) {
        throw new IllegalArgumentException("image " + i + " has not " + samples + " samples");
      }
    }
  }

  /** Of weights alone, for the point spread function. */
  public static UvBlock ofPointSpread(double[] uvwMetres, double[] frequencyHz, float[] weight) {
    return new UvBlock(
        uvwMetres, frequencyHz, new float[1][], new float[1][], new float[][] {weight});
  }

  /** How many images there are: polarizations, and perhaps the point spread function. */
  public int images() {
    return re.length;
  }

  /** Rows: baselines at their times. */
  public int rows() {
    return uvwMetres.length / 3;
  }

  /** Channels. */
  public int channels() {
    return frequencyHz.length;
  }

  /** Rows times channels. */
  public long samples() {
    return (long) rows() * channels();
  }
}
