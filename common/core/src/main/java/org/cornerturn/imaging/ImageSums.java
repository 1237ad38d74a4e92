package org.cornerturn.imaging;

/**
 * Sums of gridded visibilities in the image plane, not yet corrected nor divided by the weights.
 * Parts of an image that share a plan are added, in an order that the caller fixes: then the same
 * parts give the same bytes.
 */
public final class ImageSums {
  private final GridPlan plan;
  private final Plane[] image;
  private final double[] weight;
  private long samples;

  ImageSums(GridPlan plan, int images) {
    this.plan = plan;
    image = new Plane[images];
    for (int i = 0; i < images; i++) {
      image[i] = new Plane(plan.geometry().height(), plan.geometry().width(), plan.precision());
    }
    weight = new double[images];
  }

  Plane image(int index) {
    return image[index];
  }

  void count(double[] weights, long more) {
    for (int i = 0; i < weight.length; i++) {
      weight[i] += weights[i];
    }
    samples += more;
  }

  /** Adds another part of the same image. */
  public void merge(ImageSums other) {
    if (!other.plan.equals(plan) || other.image.length != image.length) {
      throw new IllegalArgumentException("sums of different plans");
    }
    for (int i = 0; i < image.length; i++) {
      image[i].add(other.image[i]);
    }
    count(other.weight, other.samples);
  }

  /** Empty sums, for parts that come from elsewhere. */
  public static ImageSums of(GridPlan plan, int images) {
    return new ImageSums(plan, images);
  }

  /** A row of the raw sums, for a part that goes elsewhere. */
  public void read(int index, int y, double[] row) {
    image[index].read(y, 0, row, plan.geometry().width());
  }

  /** Adds a row of the raw sums of another part. */
  public void add(int index, int y, double[] row) {
    image[index].add(y, 0, row, plan.geometry().width());
  }

  /**
   * Adds the counts of another part.
   *
   * @param weights by image
   */
  public void addCounts(double[] weights, long more) {
    if (weights.length != weight.length) {
      throw new IllegalArgumentException(
          weights.length + " weights of " + weight.length + " images");
    }
    count(weights, more);
  }

  /** Images that were gridded at once. */
  public int images() {
    return image.length;
  }

  /** Sum of the weights of an image. */
  public double weight(int index) {
    return weight[index];
  }

  /** Samples (row, channel) that had weight in any image. */
  public long samples() {
    return samples;
  }

  /**
   * The dirty image in which a point source of 1 Jy has a peak of 1 Jy/beam: sum of w Re(V exp(-2
   * pi i nu/c (u l + v m + w (n - 1)))) over sum of w. Zero where nothing had weight. Not divided
   * by n.
   *
   * @return (y, x), Jy/beam; the geometry says which pixel is where
   */
  public float[] dirty(int index) {
    int width = plan.geometry().width();
    float[] pixels = new float[Math.toIntExact(plan.geometry().pixels())];
    rows(
        index,
        (y, row) -> {
          for (int x = 0; x < width; x++) {
            pixels[y * width + x] = (float) row[x];
          }
        });
    return pixels;
  }

  /** The same, of double precision. */
  public double[] dirtyFull(int index) {
    int width = plan.geometry().width();
    double[] pixels = new double[Math.toIntExact(plan.geometry().pixels())];
    rows(index, (y, row) -> System.arraycopy(row, 0, pixels, y * width, width));
    return pixels;
  }

  private interface RowTaker {
    void take(int y, double[] row);
  }

  private void rows(int index, RowTaker taker) {
    GridCorrection correction = new GridCorrection(plan);
    double[] row = new double[plan.geometry().width()];
    double factor = weight[index] == 0 ? 0 : 1 / weight[index];
    for (int y = 0; y < plan.geometry().height(); y++) {
      image[index].read(y, 0, row, row.length);
      correction.apply(y, factor, row);
      taker.take(y, row);
    }
  }
}
