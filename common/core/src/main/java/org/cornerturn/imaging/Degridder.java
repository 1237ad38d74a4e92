package org.cornerturn.imaging;

/**
 * Visibilities of an image by the w-gridder's way back: the exact adjoint of {@link Gridder}, so V
 * = sum over the pixels of I exp(+2 pi i nu/c (u l + v m + w (n - 1))). One core; for use by one
 * thread.
 */
public final class Degridder {
  private final GridPlan plan;
  private final int images;
  private final Plane[] model;
  private final PlaneTransform transform;
  private final PlaneRing ring;
  private final TileBuffer tile;

  private Degridder(GridPlan plan, int images) {
    this.plan = plan;
    this.images = images;
    model = new Plane[images];
    transform = new PlaneTransform(plan);
    ring = new PlaneRing(plan, images, plan.wSupport());
    tile = new TileBuffer(plan.uvSupport(), plan.wSupport(), images);
  }

  /**
   * @param pixels by image, (y, x), Jy/pixel
   */
  public static Degridder of(GridPlan plan, float[]... pixels) {
    Degridder degridder = new Degridder(plan, pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      float[] from = pixels[i];
      degridder.take(i, from.length, at -> from[at]);
    }
    return degridder;
  }

  /**
   * @param pixels by image, (y, x), Jy/pixel
   */
  public static Degridder of(GridPlan plan, double[]... pixels) {
    Degridder degridder = new Degridder(plan, pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      double[] from = pixels[i];
      degridder.take(i, from.length, at -> from[at]);
    }
    return degridder;
  }

  private interface Pixels {
    double at(int index);
  }

  private void take(int index, int count, Pixels pixels) {
    ImageGeometry geometry = plan.geometry();
    if (count != geometry.pixels()) {
      throw new IllegalArgumentException(count + " pixels where " + geometry.pixels() + " belong");
    }
    GridCorrection correction = new GridCorrection(plan);
    model[index] = new Plane(geometry.height(), geometry.width(), plan.precision());
    double[] row = new double[geometry.width()];
    for (int y = 0; y < geometry.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = pixels.at(y * row.length + x);
      }
      correction.apply(y, 1, row);
      model[index].put(y, 0, row, row.length);
    }
  }

  /**
   * Predicts the samples of a block that have weight.
   *
   * @param block whose coordinates and weights count; its visibilities don't
   * @param re by image, (row, channel), Jy; samples without weight and rows without coordinates
   *     keep what they have
   * @param im as many
   */
  public void predict(UvBlock block, float[][] re, float[][] im) {
    predict(
        block,
        (image, at, r, i) -> {
          re[image][at] = (float) r;
          im[image][at] = (float) i;
        });
  }

  /** The same, of double precision. */
  public void predict(UvBlock block, double[][] re, double[][] im) {
    predict(
        block,
        (image, at, r, i) -> {
          re[image][at] = r;
          im[image][at] = i;
        });
  }

  private interface Visibilities {
    void put(int image, int at, double re, double im);
  }

  private void predict(UvBlock block, Visibilities out) {
    if (block.images() != images) {
      throw new IllegalArgumentException(block.images() + " images where there are " + images);
    }
    TileOrder order = new TileOrder(plan, block);
    SampleBatch batch = new SampleBatch(plan, block, order);
    double[][] value = new double[2 * images][SampleBatch.SIZE];
    int ready = 0;
    for (int start = 0; start < order.starts(); start++) {
      int first = start * order.tiles();
      if (order.begin(first) == order.end(first + order.tiles() - 1)) {
        continue;
      }
      for (ready = Math.max(ready, start); ready < start + plan.wSupport(); ready++) {
        for (int image = 0; image < images; image++) {
          transform.toPlane(model[image], ready, ring.plane(image, ready));
        }
      }
      Plane[][][] source = ring.from(start);
      for (int t = 0; t < order.tiles(); t++) {
        batch.open(start, t);
        for (boolean loaded = false; batch.fill(); loaded = true) {
          if (!loaded) {
            tile.load(source, order.column(t), order.row(t));
          }
          tile.degrid(batch, value);
          put(batch, value, out);
        }
      }
    }
  }

  private void put(SampleBatch batch, double[][] value, Visibilities out) {
    for (int image = 0; image < images; image++) {
      for (int s = 0; s < batch.count; s++) {
        double r = value[2 * image][s];
        double i = value[2 * image + 1][s];
        double c = batch.cosine[s];
        double z = -batch.sine[s];
        out.put(image, batch.sample[s], r * c - i * z, batch.sign[s] * (r * z + i * c));
      }
    }
  }
}
