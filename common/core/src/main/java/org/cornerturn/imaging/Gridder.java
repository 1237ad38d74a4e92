package org.cornerturn.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.crew.Crew;

/**
 * The w-gridder (Arras et al. 2021; Ye, Gull, Tan and Nikolic 2021): visibilities are convolved
 * onto planes of constant w, each plane is transformed to the image and turned by the phase of its
 * w, and all planes are added. For use by one thread, which may have a crew.
 *
 * <p>Samples are taken by their first plane and tile, so that a few planes are enough: when all
 * samples that begin at a plane are gridded, it is transformed, and its memory goes to a later one.
 * Of a plane's tiles those are gridded together that don't touch: every second one along u and v.
 * So each cell is added to in one order, whoever grids a tile.
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
  private final TileBuffer[] tile;
  private final Crew crew;

  private Gridder(GridPlan plan, int images, int fromPlane, int toPlane, int held, Crew crew) {
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
    this.crew = crew;
    transform = new PlaneTransform(plan, crew);
    sums = new ImageSums(plan, images);
    tile = new TileBuffer[crew.size()];
    for (int m = 0; m < tile.length; m++) {
      tile[m] = new TileBuffer(plan.uvSupport(), plan.wSupport(), images);
    }
  }

  /** One that keeps few planes and transforms them within every block: for few, large blocks. */
  public static Gridder ofFewPlanes(GridPlan plan, int images) {
    return ofFewPlanes(plan, images, Crew.alone());
  }

  /** The same, for several threads. */
  public static Gridder ofFewPlanes(GridPlan plan, int images, Crew crew) {
    return new Gridder(plan, images, 0, plan.planes(), plan.wSupport(), crew);
  }

  /** One that keeps all planes and transforms them once, at the end: for many small blocks. */
  public static Gridder ofAllPlanes(GridPlan plan, int images) {
    return new Gridder(plan, images, 0, plan.planes(), plan.planes(), Crew.alone());
  }

  /**
   * One for some planes alone. The sums of gridders that together have all planes once, given the
   * same blocks, are the image; weights are counted by the one that has the first plane.
   */
  public static Gridder ofPlanes(GridPlan plan, int images, int from, int to) {
    return new Gridder(plan, images, from, to, plan.wSupport(), Crew.alone());
  }

  /** Grids a block of as many images as this gridder has. */
  public void add(UvBlock block) {
    if (block.images() != images) {
      throw new IllegalArgumentException(block.images() + " images where there are " + images);
    }
    TileOrder order = new TileOrder(plan, block);
    SampleBatch[] batch = new SampleBatch[crew.size()];
    double[][][] value = new double[crew.size()][2 * images][SampleBatch.SIZE];
    Arrays.setAll(batch, m -> new SampleBatch(plan, block, order));
    int reach = plan.wSupport();
    for (int start = 0; start < order.starts(); start++) {
      if (start + reach > fromPlane && start < toPlane) {
        Plane[][][] target = ring.from(start);
        int first = start;
        for (List<Integer> apart : apart(order, start)) {
          if (!apart.isEmpty()) {
            Arrays.fill(touched, start, start + reach, true);
          }
          crew.each(
              apart.size(),
              (item, m) -> {
                int t = apart.get(item);
                if (grid(block, batch[m], value[m], tile[m], first, t)) {
                  tile[m].addTo(target, order.column(t), order.row(t));
                  tile[m].clear();
                }
              });
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

  /** Tiles that have samples, in four sets of tiles that don't touch, the fullest first. */
  private static List<List<Integer>> apart(TileOrder order, int start) {
    List<List<Integer>> sets =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int first = start * order.tiles();
    for (int t = 0; t < order.tiles(); t++) {
      if (order.end(first + t) > order.begin(first + t)) {
        int column = order.column(t) / GridPlan.TILE;
        int row = order.row(t) / GridPlan.TILE;
        sets.get(2 * (row & 1) + (column & 1)).add(t);
      }
    }
    for (List<Integer> set : sets) {
      set.sort(Comparator.comparingInt(t -> order.begin(first + t) - order.end(first + t)));
    }
    return sets;
  }

  private boolean grid(
      UvBlock block, SampleBatch batch, double[][] value, TileBuffer tile, int start, int t) {
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
