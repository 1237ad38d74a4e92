package org.cornerturn.image;

/**
 * Draws values over two axes as colours, the first row at the top, as a PNG. Uses neither files nor
 * fonts of the system, so that the same values give the same bytes everywhere.
 *
 * @param title first line; characters other than ASCII's are drawn as {@code ?}
 * @param across quantity and range of the columns
 * @param down quantity and range of the rows
 * @param colours quantity and range of the colours; values outside have the end's colour
 * @param values (row, column); NaN stays grey
 */
public record WaterfallPlot(
    String title, Range across, Range down, Range colours, double[][] values) {
  private static final int WIDTH = 1280;
  private static final int PANEL = 480;
  private static final int LEFT = 92;
  private static final int RIGHT = 150;
  private static final int TOP = 46;
  private static final int BOTTOM = 58;
  private static final int BAR = 24;
  private static final int BACKGROUND = 0xffffff;
  private static final int ABSENT = 0xc8ced6;
  private static final int FRAME = 0x9aa5b1;
  private static final int INK = 0x1f2933;
  private static final int SOFT_INK = 0x52606d;

  /**
   * An axis.
   *
   * @param name of its quantity
   * @param unit to which a prefix may be put; empty for none, of colours
   */
  public record Range(String name, String unit, double low, double high) {
    public Range {
      if (!(high > low)) {
        throw new IllegalArgumentException(name + ": " + high + " isn't above " + low);
      }
    }
  }

  public WaterfallPlot {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("nothing to draw");
    }
    for (double[] row : values) {
      if (row.length != values[0].length) {
        throw new IllegalArgumentException("rows of different lengths");
      }
    }
  }

  /** The plot as a PNG file's bytes, 1,280 pixels wide. */
  public byte[] png() {
    Canvas canvas = new Canvas(WIDTH, TOP + PANEL + BOTTOM, BACKGROUND);
    canvas.text(LEFT, 10, title, INK, 2);
    int inner = WIDTH - LEFT - RIGHT;
    for (int y = 0; y < PANEL; y++) {
      double[] row = values[y * values.length / PANEL];
      for (int x = 0; x < inner; x++) {
        canvas.fill(LEFT + x, TOP + y, 1, 1, colour(row[(int) ((long) x * row.length / inner)]), 1);
      }
    }
    across(canvas, inner);
    down(canvas);
    bar(canvas);
    return Png.encode(canvas);
  }

  private int colour(double value) {
    if (Double.isNaN(value)) {
      return ABSENT;
    }
    return ColorMap.DUSK.colour((value - colours.low()) / (colours.high() - colours.low()));
  }

  private void across(Canvas canvas, int inner) {
    Axis axis = Axis.of(across.low(), across.high(), 8);
    int bottom = TOP + PANEL;
    for (double t : axis.ticks()) {
      int x = LEFT + (int) Math.round(part(across, t) * (inner - 1));
      String label = axis.label(t);
      canvas.fill(x, bottom, 1, 6, FRAME, 1);
      canvas.text(x - Canvas.textWidth(label, 2) / 2, bottom + 11, label, SOFT_INK, 2);
    }
    String words = words(across, axis);
    canvas.text(LEFT + (inner - Canvas.textWidth(words, 2)) / 2, bottom + 35, words, INK, 2);
  }

  private void down(Canvas canvas) {
    Axis axis = Axis.of(down.low(), down.high(), 8);
    for (double t : axis.ticks()) {
      int y = TOP + (int) Math.round(part(down, t) * (PANEL - 1));
      String label = axis.label(t);
      canvas.fill(LEFT - 5, y, 5, 1, FRAME, 1);
      canvas.text(LEFT - 9 - Canvas.textWidth(label, 2), y - 7, label, SOFT_INK, 2);
    }
    String words = words(down, axis);
    canvas.textUpwards(8, TOP + (PANEL + Canvas.textWidth(words, 2)) / 2, words, INK, 2);
  }

  private void bar(Canvas canvas) {
    Axis axis = Axis.of(colours.low(), colours.high(), 8);
    axis = colours.unit().isEmpty() ? axis.plain() : axis;
    int left = WIDTH - RIGHT + 24;
    double span = colours.high() - colours.low();
    for (int y = 0; y < PANEL; y++) {
      double value = colours.high() - span * y / (PANEL - 1);
      canvas.fill(left, TOP + y, BAR, 1, colour(value), 1);
    }
    for (double t : axis.ticks()) {
      int y = TOP + (int) Math.round((1 - part(colours, t)) * (PANEL - 1));
      canvas.fill(left + BAR, y, 5, 1, FRAME, 1);
      canvas.text(left + BAR + 8, y - 7, axis.label(t), SOFT_INK, 2);
    }
    String words = words(colours, axis);
    canvas.text(WIDTH - 4 - Canvas.textWidth(words, 2), TOP + PANEL + 11, words, INK, 2);
  }

  private static double part(Range range, double value) {
    return (value - range.low()) / (range.high() - range.low());
  }

  private static String words(Range range, Axis axis) {
    return range.unit().isEmpty()
        ? range.name()
        : range.name() + " (" + axis.prefix() + range.unit() + ")";
  }
}
