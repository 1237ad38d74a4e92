package org.cornerturn.imaging;

/**
 * Samples of a block in order of their first plane and tile, as runs of channels of a row. Runs of
 * a bucket keep the order of the rows, so that sums don't depend on anything else.
 */
final class TileOrder {
  private final GridPlan plan;
  private final UvBlock block;
  private final double turnsU;
  private final double turnsV;
  private final double turnsW;
  private final int tilesU;
  private final int tilesV;
  private final int[] end;
  private final long[] runs;

  TileOrder(GridPlan plan, UvBlock block) {
    this.plan = plan;
    this.block = block;
    turnsU = 1 / (SPEED_OF_LIGHT * plan.cellU());
    turnsV = 1 / (SPEED_OF_LIGHT * plan.cellV());
    turnsW = 1 / (SPEED_OF_LIGHT * plan.planeStepW());
    tilesU = (plan.columns() - plan.uvSupport()) / GridPlan.TILE;
    tilesV = (plan.rows() - plan.uvSupport()) / GridPlan.TILE;
    int buckets = Math.multiplyExact(Math.multiplyExact(tilesU, tilesV), starts());
    int[] count = new int[buckets];
    walk((bucket, row, first, channels) -> count[bucket]++);
    long total = 0;
    for (int b = 0; b < buckets; b++) {
      int here = count[b];
      count[b] = (int) total;
      total += here;
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a block of " + total + " runs of channels is too large");
    }
    runs = new long[(int) total];
    walk(
        (bucket, row, first, channels) ->
            runs[count[bucket]++] = (long) row << 32 | (long) first << 16 | channels);
    end = count;
  }

  private static final double SPEED_OF_LIGHT = 299_792_458.0;

  /** What hears of each run. */
  private interface Runs {
    void run(int bucket, int row, int first, int channels);
  }

  /** Planes at which a sample's taps may start. */
  int starts() {
    return plan.planes() - plan.wSupport() + 1;
  }

  /** Buckets of one first plane. */
  int tiles() {
    return tilesU * tilesV;
  }

  /** Of the first run of a bucket (first plane times {@link #tiles} + tile). */
  int begin(int bucket) {
    return bucket == 0 ? 0 : end[bucket - 1];
  }

  int end(int bucket) {
    return end[bucket];
  }

  static int row(long run) {
    return (int) (run >>> 32);
  }

  static int firstChannel(long run) {
    return (int) (run >>> 16) & 0xffff;
  }

  static int channels(long run) {
    return (int) run & 0xffff;
  }

  long run(int index) {
    return runs[index];
  }

  /** First column of a tile, counted from the plane's. */
  int column(int tile) {
    return tile % tilesU * GridPlan.TILE;
  }

  /** First row of a tile, counted from the plane's. */
  int row(int tile) {
    return tile / tilesU * GridPlan.TILE;
  }

  /** u of a row in cells per hertz, counted positive where w is. */
  double cellsU(int row) {
    return sign(row) * block.uvwMetres()[3 * row] * turnsU;
  }

  double cellsV(int row) {
    return sign(row) * block.uvwMetres()[3 * row + 1] * turnsV;
  }

  double planesW(int row) {
    return Math.abs(block.uvwMetres()[3 * row + 2]) * turnsW;
  }

  /** -1 for a row whose mirror image is gridded. */
  double sign(int row) {
    return block.uvwMetres()[3 * row + 2] < 0 ? -1 : 1;
  }

  private void walk(Runs runs) {
    double[] f = block.frequencyHz();
    double half = plan.uvSupport() / 2.0;
    double originW = plan.planeW(0) / plan.planeStepW() + plan.wSupport() / 2.0;
    for (int row = 0; row < block.rows(); row++) {
      double u = cellsU(row);
      double v = cellsV(row);
      double w = planesW(row);
      if (!(Math.abs(u) + Math.abs(v) + w < Double.POSITIVE_INFINITY)) {
        continue;
      }
      int first = 0;
      int step = f.length;
      while (first < f.length) {
        int bucket = bucket(u * f[first] - half, v * f[first] - half, w * f[first] - originW);
        // All three grow or fall with frequency: what begins and ends in a bucket lies in it.
        int last = Math.min(first + step, f.length) - 1;
        while (last > first
            && bucket(u * f[last] - half, v * f[last] - half, w * f[last] - originW) != bucket) {
          last = first + (last - first) / 2;
        }
        int channels = last - first + 1;
        if (bucket < 0) {
          throw new IllegalArgumentException("row " + row + " reaches beyond the plan's extent");
        }
        runs.run(bucket, row, first, channels);
        first += channels;
        step = 2 * channels;
      }
    }
  }

  private int bucket(double u, double v, double w) {
    int column = (int) Math.ceil(u) - plan.firstColumn();
    int rowOfCells = (int) Math.ceil(v) - plan.firstRow();
    int start = (int) Math.ceil(w);
    int tileU = column >> 4;
    int tileV = rowOfCells >> 4;
    if (column < 0
        || rowOfCells < 0
        || start < 0
        || tileU >= tilesU
        || tileV >= tilesV
        || start >= starts()) {
      return -1;
    }
    return (start * tilesV + tileV) * tilesU + tileU;
  }
}
