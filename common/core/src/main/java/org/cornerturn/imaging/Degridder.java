package org.cornerturn.imaging;

import java.util.Arrays;
import org.cornerturn.crew.Crew;

/**
 * Visibilities of an image by the w-gridder's way back: the exact adjoint of {@link Gridder}, so V
 * = sum over the pixels of I exp(+2 pi i nu/c (u l + v m + w (n - 1))). For use by one thread,
 * which may have a crew.
 */
public final class Degridder {
  private final GridPlan plan;
  private final int images;
  private final Plane[] model;
  private final PlaneTransform transform;
  private final PlaneRing ring;
  private final TileBuffer[] tile;
  private final Crew crew;

  private Degridder(GridPlan plan, int images, Crew crew) {
    this.plan = plan;
    this.images = images;
    this.crew = crew;
    model = new Plane[images];
    transform = new PlaneTransform(plan, crew);
    ring = new PlaneRing(plan, images, plan.wSupport());
    tile = new TileBuffer[crew.size()];
    Arrays.setAll(tile, m -> new TileBuffer(plan.uvSupport(), plan.wSupport(), images));
  }

  /**
   * @param pixels by image, (y, x), Jy/pixel
   */
  public static Degridder of(GridPlan plan, float[]... pixels) {
    return of(plan, Crew.alone(), pixels);
  }

  /** The same, for several threads. */
  public static Degridder of(GridPlan plan, Crew crew, float[]... pixels) {
    Degridder degridder = new Degridder(plan, pixels.length, crew);
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
    Degridder degridder = new Degridder(plan, pixels.length, Crew.alone());
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
    SampleBatch[] batches = new SampleBatch[crew.size()];
    Arrays.setAll(batches, m -> new SampleBatch(plan, block, order));
    double[][][] values = new double[crew.size()][2 * images][SampleBatch.SIZE];
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
      int from = start;
      crew.each(
          order.tiles(),
          (t, m) -> {
            SampleBatch batch = batches[m];
            batch.open(from, t);
            for (boolean loaded = false; batch.fill(); loaded = true) {
              if (!loaded) {
                tile[m].load(source, order.column(t), order.row(t));
              }
              tile[m].degrid(batch, values[m]);
              put(batch, values[m], out);
            }
          });
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
