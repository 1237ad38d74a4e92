package org.cornerturn.imaging;

import java.util.Arrays;

/**
 * The w-gridder (Arras et al. 2021; Ye, Gull, Tan and Nikolic 2021): visibilities are convolved
 * onto planes of constant w, each plane is transformed to the image and turned by the phase of its
 * w, and all planes are added. One core; for use by one thread.
 *
 * <p>Samples are taken by their first plane and tile, so that a few planes are enough: when all
 * samples that begin at a plane are gridded, it is transformed, and its memory goes to a later one.
 */
public final class Gridder {
  private final GridPlan plan;
  private final int images;
  private final int fromPlane;
  private final int toPlane;
  private final int held;
  private final PlaneRing ring;
  private final boolean[] touched;
  private final PlaneTransform transform;
  private final ImageSums sums;
  private final TileBuffer tile;

  private Gridder(GridPlan plan, int images, int fromPlane, int toPlane, int held) {
    if (images < 1 || fromPlane < 0 || toPlane > plan.planes() || fromPlane >= toPlane) {
      throw new IllegalArgumentException(
          images + " images of planes " + fromPlane + " to " + toPlane);
    }
    this.plan = plan;
    this.images = images;
    this.fromPlane = fromPlane;
    this.toPlane = toPlane;
    this.held = held;
    ring = new PlaneRing(plan, images, held);
    touched = new boolean[plan.planes()];
    transform = new PlaneTransform(plan);
    sums = new ImageSums(plan, images);
    tile = new TileBuffer(plan.uvSupport(), plan.wSupport(), images);
  }

  /** One that keeps few planes and transforms them within every block: for few, large blocks. */
  public static Gridder ofFewPlanes(GridPlan plan, int images) {
    return new Gridder(plan, images, 0, plan.planes(), plan.wSupport());
  }

  /** One that keeps all planes and transforms them once, at the end: for many small blocks. */
  public static Gridder ofAllPlanes(GridPlan plan, int images) {
    return new Gridder(plan, images, 0, plan.planes(), plan.planes());
  }

  /**
   * One for some planes alone. The sums of gridders that together have all planes once, given the
   * same blocks, are the image; weights are counted by the one that has the first plane.
   */
  public static Gridder ofPlanes(GridPlan plan, int images, int from, int to) {
    return new Gridder(plan, images, from, to, plan.wSupport());
  }

  /** Grids a block of as many images as this gridder has. */
  public void add(UvBlock block) {
    if (block.images() != images) {
      throw new IllegalArgumentException(block.images() + " images where there are " + images);
    }
    TileOrder order = new TileOrder(plan, block);
    SampleBatch batch = new SampleBatch(plan, block, order);
    double[][] value = new double[2 * images][SampleBatch.SIZE];
    int reach = plan.wSupport();
    for (int start = 0; start < order.starts(); start++) {
      if (start + reach > fromPlane && start < toPlane) {
        Plane[][][] target = ring.from(start);
        for (int t = 0; t < order.tiles(); t++) {
          if (grid(block, batch, value, start, t)) {
            tile.addTo(target, order.column(t), order.row(t));
            tile.clear();
            Arrays.fill(touched, start, start + reach, true);
          }
        }
      }
      if (held < plan.planes()) {
        complete(start);
      }
    }
    if (held < plan.planes()) {
      for (int plane = order.starts(); plane < plan.planes(); plane++) {
        complete(plane);
      }
    }
    count(block);
  }

  /** The sums of all blocks so far; no block may follow. */
  public ImageSums finish() {
    for (int plane = 0; plane < plan.planes(); plane++) {
      complete(plane);
    }
    return sums;
  }

  private boolean grid(UvBlock block, SampleBatch batch, double[][] value, int start, int t) {
    boolean any = false;
    batch.open(start, t);
    while (batch.fill()) {
      any = true;
      for (int image = 0; image < images; image++) {
        weigh(
            block.re()[image],
            block.im()[image],
            block.weight()[image],
            batch,
            value[2 * image],
            value[2 * image + 1]);
      }
      tile.grid(batch, value);
    }
    return any;
  }

  /** Weighted visibilities, mirrored where their w is negative, the middle of n - 1 taken out. */
  private static void weigh(
      float[] re, float[] im, float[] weight, SampleBatch batch, double[] toRe, double[] toIm) {
    for (int s = 0; s < batch.count; s++) {
      int at = batch.sample[s];
      double w = weight[at];
      double r = w == 0 ? 0 : re == null ? w : w * re[at];
      double i = w == 0 || im == null ? 0 : w * batch.sign[s] * im[at];
      toRe[s] = r * batch.cosine[s] - i * batch.sine[s];
      toIm[s] = r * batch.sine[s] + i * batch.cosine[s];
    }
  }

  private void complete(int plane) {
    if (!touched[plane]) {
      return;
    }
    for (int image = 0; image < images; image++) {
      Plane[] grid = ring.plane(image, plane);
      if (plane >= fromPlane && plane < toPlane) {
        transform.toImage(plane, grid, sums.image(image));
      }
      grid[0].clear();
      grid[1].clear();
    }
    touched[plane] = false;
  }

  private void count(UvBlock block) {
    if (fromPlane > 0) {
      return;
    }
    double[] total = new double[images];
    long samples = 0;
    int channels = block.channels();
    for (int row = 0; row < block.rows(); row++) {
      double[] uvw = block.uvwMetres();
      if (!Double.isFinite(uvw[3 * row] + uvw[3 * row + 1] + uvw[3 * row + 2])) {
        continue;
      }
      for (int at = row * channels; at < (row + 1) * channels; at++) {
        boolean any = false;
        for (int image = 0; image < images; image++) {
          total[image] += block.weight()[image][at];
          any |= block.weight()[image][at] != 0;
        }
        samples += any ? 1 : 0;
      }
    }
    sums.count(total, samples);
  }
}
