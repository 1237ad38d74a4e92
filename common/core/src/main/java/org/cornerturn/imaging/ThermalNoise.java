package org.cornerturn.imaging;

/**
 * The noise that an image should have: with imaging weights w and natural weights 1/sigma^2, sigma
 * being the noise of a visibility's real part, it is sqrt(sum of w^2 sigma^2) / sum of w.
 */
public final class ThermalNoise {
  private double squares;
  private double total;

  /**
   * Adds samples.
   *
   * @param natural weights, 1 / Jy^2
   * @param imaging weights, as many
   */
  public void add(float[] natural, float[] imaging) {
    add(natural, imaging, 0, natural.length);
  }

  /** The same of a range. */
  public void add(float[] natural, float[] imaging, int from, int to) {
    for (int i = from; i < to; i++) {
      double w = imaging[i];
      if (w != 0) {
        squares += w * w / natural[i];
        total += w;
      }
    }
  }

  /** Adds another part. */
  public void merge(ThermalNoise other) {
    squares += other.squares;
    total += other.total;
  }

  /** The sums so far, for a part that goes elsewhere: of w^2 sigma^2, and of w. */
  public double[] sums() {
    return new double[] {squares, total};
  }

  /** Adds the {@link #sums} of another part. */
  public void addSums(double[] other) {
    squares += other[0];
    total += other[1];
  }

  /** Jy/beam; NaN where nothing had weight. */
  public double jyPerBeam() {
    return Math.sqrt(squares) / total;
  }
}
