package org.cornerturn.image;

import java.util.List;

/**
 * Draws many small panels with common axes as a PNG, one for each antenna say, a curve for each of
 * its receptors. Uses neither files nor fonts of the system, so that the same curves give the same
 * bytes everywhere.
 *
 * @param title first line; characters other than ASCII's are drawn as {@code ?}
 * @param across quantity and range of the horizontal axis of every panel
 * @param up quantity and range of the vertical axis of every panel
 * @param turn values that differ by more than half of it are not joined, as phases that go on at
 *     the other end; infinite to join all
 */
public record PanelPlot(
    String title,
    WaterfallPlot.Range across,
    WaterfallPlot.Range up,
    double turn,
    List<Panel> panels) {
  /** Colours of a panel's first, second, third and fourth curve; then they begin again. */
  public static final List<String> COLOUR_NAMES = List.of("blue", "red", "green", "purple");

  private static final int COLUMNS = 6;
  private static final int PANEL_WIDTH = 224;
  private static final int PANEL_HEIGHT = 112;
  private static final int GAP_ACROSS = 14;
  private static final int GAP_DOWN = 30;
  private static final int LEFT = 84;
  private static final int RIGHT = 20;
  private static final int TOP = 66;
  private static final int BOTTOM = 58;
  private static final int MOST_PANELS = 512;
  private static final int BACKGROUND = 0xffffff;
  private static final int PANEL_COLOUR = 0xf6f8fa;
  private static final int MARKED_COLOUR = 0xe7eeff;
  private static final int GRID = 0xdde3ea;
  private static final int FRAME = 0x9aa5b1;
  private static final int INK = 0x1f2933;
  private static final int SOFT_INK = 0x52606d;
  private static final int[] COLOURS = {0x1f6feb, 0xd9480f, 0x2b8a3e, 0x862e9c};

  /**
   * A curve.
   *
   * @param x in the order of the curve
   * @param y NaN where there is a gap
   */
  public record Curve(double[] x, double[] y) {
    public Curve {
      if (x.length != y.length) {
        throw new IllegalArgumentException(x.length + " places and " + y.length + " values");
      }
    }
  }

  /**
   * A panel.
   *
   * @param marked whether it stands out
   * @param curves each in its colour
   */
  public record Panel(String label, boolean marked, List<Curve> curves) {
    public Panel {
      curves = List.copyOf(curves);
    }
  }

  public PanelPlot {
    panels = List.copyOf(panels);
    if (panels.isEmpty() || panels.size() > MOST_PANELS) {
      throw new IllegalArgumentException(
          "a plot takes 1 to " + MOST_PANELS + " panels, not " + panels.size());
    }
  }

  private static int rows(int panels) {
    return (panels + COLUMNS - 1) / COLUMNS;
  }

  /** The plot as a PNG file's bytes, 1,518 pixels wide. */
  public byte[] png() {
    int rows = rows(panels.size());
    int width = LEFT + COLUMNS * PANEL_WIDTH + (COLUMNS - 1) * GAP_ACROSS + RIGHT;
    int height = TOP + rows * PANEL_HEIGHT + (rows - 1) * GAP_DOWN + BOTTOM;
    Canvas canvas = new Canvas(width, height, BACKGROUND);
    canvas.text(LEFT, 10, title, INK, 2);
    Axis x = Axis.of(across.low(), across.high(), 4);
    Axis y = Axis.of(up.low(), up.high(), 4);
    y = up.unit().isEmpty() ? y.plain() : y;
    for (int i = 0; i < panels.size(); i++) {
      int left = LEFT + i % COLUMNS * (PANEL_WIDTH + GAP_ACROSS);
      int top = TOP + i / COLUMNS * (PANEL_HEIGHT + GAP_DOWN);
      panel(canvas, panels.get(i), x, y, left, top);
      if (i % COLUMNS == 0) {
        ticksUp(canvas, y, top);
      }
      if (i + COLUMNS >= panels.size()) {
        ticksAcross(canvas, x, left, top + PANEL_HEIGHT);
      }
    }
    String words = across.name() + " (" + x.prefix() + across.unit() + ")";
    canvas.text((width - Canvas.textWidth(words, 2)) / 2, height - 24, words, INK, 2);
    String name = up.unit().isEmpty() ? up.name() : up.name() + " (" + y.prefix() + up.unit() + ")";
    int middle = TOP + (height - TOP - BOTTOM + Canvas.textWidth(name, 2)) / 2;
    canvas.textUpwards(8, Math.min(height - 8, middle), name, INK, 2);
    return Png.encode(canvas);
  }

  private void panel(Canvas canvas, Panel panel, Axis x, Axis y, int left, int top) {
    canvas.fill(
        left, top, PANEL_WIDTH, PANEL_HEIGHT, panel.marked() ? MARKED_COLOUR : PANEL_COLOUR, 1);
    for (double t : x.ticks()) {
      canvas.fill(left + (int) Math.round(acrossAt(t)), top, 1, PANEL_HEIGHT, GRID, 1);
    }
    for (double t : y.ticks()) {
      canvas.fill(left, top + (int) Math.round(downAt(t)), PANEL_WIDTH, 1, GRID, 1);
    }
    for (int c = 0; c < panel.curves().size(); c++) {
      curve(canvas, panel.curves().get(c), left, top, COLOURS[c % COLOURS.length]);
    }
    canvas.fill(left, top, PANEL_WIDTH, 1, FRAME, 1);
    canvas.fill(left, top + PANEL_HEIGHT - 1, PANEL_WIDTH, 1, FRAME, 1);
    canvas.fill(left, top, 1, PANEL_HEIGHT, FRAME, 1);
    canvas.fill(left + PANEL_WIDTH - 1, top, 1, PANEL_HEIGHT, FRAME, 1);
    canvas.text(left, top - 18, panel.label(), INK, 2);
  }

  private double acrossAt(double value) {
    return (value - across.low()) / (across.high() - across.low()) * (PANEL_WIDTH - 1);
  }

  private double downAt(double value) {
    return (up.high() - value) / (up.high() - up.low()) * (PANEL_HEIGHT - 1);
  }

  private void curve(Canvas canvas, Curve curve, int left, int top, int colour) {
    for (int i = 0; i < curve.x().length; i++) {
      if (isShown(curve, i)) {
        double x = acrossAt(curve.x()[i]);
        double y = downAt(curve.y()[i]);
        boolean joined =
            i > 0 && isShown(curve, i - 1) && Math.abs(curve.y()[i] - curve.y()[i - 1]) <= turn / 2;
        double fromX = joined ? acrossAt(curve.x()[i - 1]) : x;
        double fromY = joined ? downAt(curve.y()[i - 1]) : y;
        int steps = (int) Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY)));
        for (int s = 0; s <= steps; s++) {
          double part = steps == 0 ? 1 : (double) s / steps;
          int px = left + (int) Math.round(fromX + part * (x - fromX));
          int py = top + (int) Math.round(fromY + part * (y - fromY));
          dot(canvas, px, py, left, top, colour, steps == 0 || s == steps && !joined);
        }
      }
    }
  }

  private boolean isShown(Curve curve, int i) {
    double x = curve.x()[i];
    return Double.isFinite(curve.y()[i]) && x >= across.low() && x <= across.high();
  }

  /** One pixel, or a few for a point that stands alone; what lies outside is at the edge. */
  private static void dot(
      Canvas canvas, int x, int y, int left, int top, int colour, boolean isAlone) {
    int inside = Math.max(top + 1, Math.min(top + PANEL_HEIGHT - 2, y));
    canvas.blend(x, inside, colour, 0.9);
    if (isAlone) {
      canvas.blend(Math.max(left, x - 1), inside, colour, 0.7);
      canvas.blend(Math.min(left + PANEL_WIDTH - 1, x + 1), inside, colour, 0.7);
      canvas.blend(x, inside - 1, colour, 0.7);
      canvas.blend(x, inside + 1, colour, 0.7);
    }
  }

  private void ticksUp(Canvas canvas, Axis y, int top) {
    for (double t : y.ticks()) {
      int at = top + (int) Math.round(downAt(t));
      String label = y.label(t);
      canvas.fill(LEFT - 4, at, 4, 1, FRAME, 1);
      canvas.text(LEFT - 7 - Canvas.textWidth(label, 1), at - 4, label, SOFT_INK, 1);
    }
  }

  private void ticksAcross(Canvas canvas, Axis x, int left, int bottom) {
    for (double t : x.ticks()) {
      int at = left + (int) Math.round(acrossAt(t));
      String label = x.label(t);
      canvas.fill(at, bottom, 1, 4, FRAME, 1);
      canvas.text(at - Canvas.textWidth(label, 1) / 2, bottom + 6, label, SOFT_INK, 1);
    }
  }
}
