package org.cornerturn.image;

import java.util.List;

/**
 * Draws traces from their minimum and maximum per bin as a PNG: a panel for each, one below the
 * other, with a common time axis. Uses neither files nor fonts of the system, so that the same
 * traces give the same bytes everywhere.
 *
 * @param title first line; characters other than ASCII's are drawn as {@code ?}
 * @param yUnit unit of the traces' values, such as {@code V}
 */
public record WaveformPlot(String title, String yUnit, List<Trace> traces) {
  private static final int WIDTH = 1280;
  private static final int PANEL = 200;
  private static final int GAP = 30;
  private static final int LEFT = 92;
  private static final int RIGHT = 28;
  private static final int TOP = 56;
  private static final int BOTTOM = 58;
  private static final int BACKGROUND = 0xffffff;
  private static final int PANEL_COLOUR = 0xf6f8fa;
  private static final int GRID = 0xdde3ea;
  private static final int FRAME = 0x9aa5b1;
  private static final int INK = 0x1f2933;
  private static final int SOFT_INK = 0x52606d;
  private static final int[] COLOURS = {
    0x1f6feb, 0xd9480f, 0x2b8a3e, 0x862e9c, 0xc2255c, 0x0b7285, 0x5c3d0c, 0x364fc7
  };

  /**
   * A trace's bins, of equal width.
   *
   * @param label name of the trace
   * @param startSeconds time at the first bin's start
   * @param endSeconds time at the last bin's end
   * @param min smallest value of each bin; NaN where there is none
   * @param max largest value of each bin
   */
  public record Trace(
      String label, double startSeconds, double endSeconds, double[] min, double[] max) {
    public Trace {
      if (min.length == 0 || min.length != max.length) {
        throw new IllegalArgumentException(
            label + " has " + min.length + " minima and " + max.length + " maxima");
      }
      if (!(endSeconds > startSeconds)) {
        throw new IllegalArgumentException(label + " ends before it starts");
      }
    }
  }

  public WaveformPlot {
    traces = List.copyOf(traces);
    if (traces.isEmpty() || traces.size() > 64) {
      throw new IllegalArgumentException("a plot takes 1 to 64 traces, not " + traces.size());
    }
  }

  /** The plot as a PNG file's bytes, 1,280 pixels wide. */
  public byte[] png() {
    int panels = traces.size();
    int height = TOP + panels * PANEL + (panels - 1) * GAP + BOTTOM;
    Canvas canvas = new Canvas(WIDTH, height, BACKGROUND);
    canvas.text(LEFT, 10, title, INK, 2);
    double start = traces.stream().mapToDouble(Trace::startSeconds).min().orElseThrow();
    double end = traces.stream().mapToDouble(Trace::endSeconds).max().orElseThrow();
    Axis time = Axis.of(start, end, 10);
    for (int i = 0; i < panels; i++) {
      int top = TOP + i * (PANEL + GAP);
      panel(canvas, traces.get(i), time, top, COLOURS[i % COLOURS.length]);
    }
    int bottom = height - BOTTOM;
    for (double t : time.ticks()) {
      String label = time.label(t);
      int x = (int) Math.round(x(time, t));
      canvas.fill(x, bottom, 1, 6, FRAME, 1);
      canvas.text(x - Canvas.textWidth(label, 2) / 2, bottom + 11, label, SOFT_INK, 2);
    }
    String unit = "time (" + time.prefix() + "s)";
    int centre = LEFT + (WIDTH - LEFT - RIGHT) / 2;
    canvas.text(centre - Canvas.textWidth(unit, 2) / 2, bottom + 35, unit, INK, 2);
    return Png.encode(canvas);
  }

  private static double x(Axis time, double t) {
    return LEFT + (t - time.low()) / (time.high() - time.low()) * (WIDTH - LEFT - RIGHT - 1);
  }

  private void panel(Canvas canvas, Trace trace, Axis time, int top, int colour) {
    int inner = WIDTH - LEFT - RIGHT;
    canvas.fill(LEFT, top, inner, PANEL, PANEL_COLOUR, 1);
    Axis values = values(trace);
    for (double t : time.ticks()) {
      canvas.fill((int) Math.round(x(time, t)), top, 1, PANEL, GRID, 1);
    }
    for (double v : values.ticks()) {
      int y = (int) Math.round(y(values, v, top));
      canvas.fill(LEFT, y, inner, 1, GRID, 1);
      String label = values.label(v);
      canvas.fill(LEFT - 5, y, 5, 1, FRAME, 1);
      canvas.text(LEFT - 9 - Canvas.textWidth(label, 2), y - 7, label, SOFT_INK, 2);
    }
    envelope(canvas, trace, time, values, top, colour);
    canvas.fill(LEFT, top, inner, 1, FRAME, 1);
    canvas.fill(LEFT, top + PANEL - 1, inner, 1, FRAME, 1);
    canvas.fill(LEFT, top, 1, PANEL, FRAME, 1);
    canvas.fill(LEFT + inner - 1, top, 1, PANEL, FRAME, 1);
    String unit = values.prefix() + yUnit;
    int middle = top + (PANEL + Canvas.textWidth(unit, 2)) / 2;
    canvas.textUpwards(8, middle, unit, INK, 2);
    canvas.text(LEFT + 1, top - 18, trace.label(), colour, 2);
  }

  /** Range of a trace's values with some air; one around zero for a trace of nothing but NaN. */
  private static Axis values(Trace trace) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < trace.min().length; i++) {
      if (Double.isFinite(trace.min()[i]) && Double.isFinite(trace.max()[i])) {
        low = Math.min(low, trace.min()[i]);
        high = Math.max(high, trace.max()[i]);
      }
    }
    if (low > high) {
      low = -1;
      high = 1;
    }
    double air = high > low ? 0.08 * (high - low) : Math.max(1e-12, 0.1 * Math.abs(high));
    return Axis.of(low - air, high + air, 6);
  }

  private static double y(Axis values, double v, int top) {
    return top + (values.high() - v) / (values.high() - values.low()) * (PANEL - 1);
  }

  /**
   * One stroke for each column of pixels, from the smallest to the largest value of the bins under
   * it and at least a line's width long, joined to its neighbour so that a steep trace has no gaps.
   */
  private static void envelope(
      Canvas canvas, Trace trace, Axis time, Axis values, int top, int colour) {
    int bins = trace.min().length;
    double perBin = (trace.endSeconds() - trace.startSeconds()) / bins;
    double secondsPerPixel = (time.high() - time.low()) / (WIDTH - LEFT - RIGHT - 1);
    double beforeLow = Double.NaN;
    double beforeHigh = Double.NaN;
    for (int x = LEFT; x < WIDTH - RIGHT; x++) {
      double t = time.low() + (x - LEFT) * secondsPerPixel;
      int from = (int) Math.floor((t - trace.startSeconds()) / perBin);
      int to = (int) Math.ceil((t + secondsPerPixel - trace.startSeconds()) / perBin);
      double low = Double.NaN;
      double high = Double.NaN;
      for (int b = Math.max(0, from); b < Math.min(bins, Math.max(to, from + 1)); b++) {
        low = smaller(low, trace.min()[b]);
        high = -smaller(-high, -trace.max()[b]);
      }
      if (low <= high) {
        double reachLow = beforeHigh < low ? beforeHigh : low;
        double reachHigh = beforeLow > high ? beforeLow : high;
        double upper = y(values, reachHigh, top);
        double lower = y(values, reachLow, top);
        canvas.stroke(x, upper - 0.75, lower + 0.75, colour, 0.9);
      }
      beforeLow = low;
      beforeHigh = high;
    }
  }

  private static double smaller(double a, double b) {
    if (Double.isNaN(a)) {
      return b;
    }
    return b < a ? b : a;
  }
}
