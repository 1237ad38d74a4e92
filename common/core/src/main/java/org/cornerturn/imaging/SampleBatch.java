package org.cornerturn.imaging;

/**
 * Some samples of one bucket: where their taps begin, the taps' values and the phase that takes the
 * middle of n - 1 out.
 */
final class SampleBatch {
  /** Samples at most. */
  static final int SIZE = 128;

  final double[][] u;
  final double[][] v;
  final double[][] w;

  /** First column, row of the taps, counted from the tile's. */
  final int[] column = new int[SIZE];

  final int[] row = new int[SIZE];

  /** Index of the sample in the block, and 1 or -1 where its mirror image is meant. */
  final int[] sample = new int[SIZE];

  final double[] sign = new double[SIZE];

  /** exp(-2 pi i (u l + v m + w (n - 1))) in the image's middle, which for n - 1 is that of it. */
  final double[] cosine = new double[SIZE];

  final double[] sine = new double[SIZE];
  int count;

  private final GridPlan plan;
  private final UvBlock block;
  private final TileOrder order;
  private final double[] zu = new double[SIZE];
  private final double[] zv = new double[SIZE];
  private final double[] zw = new double[SIZE];
  private final double[] turns = new double[SIZE];
  // Of the bucket in work.
  private int next;
  private int end;
  private int channel;
  private int firstColumn;
  private int firstRow;
  private double start;

  SampleBatch(GridPlan plan, UvBlock block, TileOrder order) {
    this.plan = plan;
    this.block = block;
    this.order = order;
    u = new double[plan.uvSupport() + 1][SIZE];
    v = new double[plan.uvSupport() + 1][SIZE];
    w = new double[plan.wSupport() + 1][SIZE];
  }

  /** Goes to the first sample of a bucket. */
  void open(int plane, int tile) {
    int bucket = plane * order.tiles() + tile;
    next = order.begin(bucket);
    end = order.end(bucket);
    channel = 0;
    firstColumn = order.column(tile) + plan.firstColumn();
    firstRow = order.row(tile) + plan.firstRow();
    start = plane + plan.planeW(0) / plan.planeStepW();
  }

  /** Takes the next samples of the bucket that have weight; none when it is at its end. */
  boolean fill() {
    count = 0;
    double[] f = block.frequencyHz();
    int channels = f.length;
    double reach = plan.uvSupport() - 1;
    double reachW = plan.wSupport() - 1;
    double half = plan.uvSupport() / 2.0;
    double phase = -plan.middleN() * plan.planeStepW();
    double phaseU = -plan.geometry().middleL() * plan.cellU();
    double phaseV = -plan.geometry().middleM() * plan.cellV();
    while (next < end && count < SIZE) {
      long run = order.run(next);
      int r = TileOrder.row(run);
      double cu = order.cellsU(r);
      double cv = order.cellsV(r);
      double cw = order.planesW(r);
      double flip = order.sign(r);
      int c = TileOrder.firstChannel(run) + channel;
      int stop = Math.min(TileOrder.firstChannel(run) + TileOrder.channels(run), c + SIZE - count);
      channel += stop - c;
      for (; c < stop; c++) {
        int at = r * channels + c;
        if (!weighs(at)) {
          continue;
        }
        double x = cu * f[c];
        double y = cv * f[c];
        double z = cw * f[c];
        int i = (int) Math.ceil(x - half);
        int j = (int) Math.ceil(y - half);
        zu[count] = 2 * (i - x) + reach;
        zv[count] = 2 * (j - y) + reach;
        zw[count] = 2 * (start - z) + reachW;
        turns[count] = z * phase + x * phaseU + y * phaseV;
        column[count] = i - firstColumn;
        row[count] = j - firstRow;
        sample[count] = at;
        sign[count] = flip;
        count++;
      }
      if (channel == TileOrder.channels(run)) {
        next++;
        channel = 0;
      }
    }
    if (count == 0) {
      return false;
    }
    plan.uvKernel().evaluate(zu, count, u);
    plan.uvKernel().evaluate(zv, count, v);
    plan.wKernel().evaluate(zw, count, w);
    Phases.of(turns, count, cosine, sine);
    return true;
  }

  private boolean weighs(int at) {
    for (float[] weight : block.weight()) {
      if (weight[at] != 0) {
        return true;
      }
    }
    return false;
  }
}
