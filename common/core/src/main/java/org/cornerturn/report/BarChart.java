package org.cornerturn.report;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, one below the other, the longest as wide as there is room.
 *
 * @param title what is shown, for those who can't see it
 */
public record BarChart(String title, List<Bar> bars) implements Figure {
  private static final int WIDTH = 760;
  private static final int LABELS = 140;
  private static final int LONGEST = 460;
  private static final int STEP = 22;

  /**
   * A bar.
   *
   * @param value 0 or more
   * @param words what is written at its end
   */
  public record Bar(String label, double value, String words) {
    public Bar {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a bar can't be " + value + " long");
      }
    }
  }

  public BarChart {
    bars = List.copyOf(bars);
  }

  @Override
  public String markup() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    StringBuilder out = new StringBuilder();
    add(
        out,
        "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\">",
        WIDTH,
        STEP * bars.size() + 4);
    out.append("<title>").append(HtmlPage.escaped(title)).append("</title>");
    for (int b = 0; b < bars.size(); b++) {
      Bar bar = bars.get(b);
      int top = STEP * b + 4;
      double length = most > 0 ? LONGEST * bar.value() / most : 0;
      add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABELS, top + 13);
      out.append(HtmlPage.escaped(bar.label())).append("</text>");
      add(
          out,
          "<rect class=\"point\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\"/>",
          LABELS + 8,
          top,
          length);
      add(out, "<text x=\"%.1f\" y=\"%d\">", LABELS + 14 + length, top + 13);
      out.append(HtmlPage.escaped(bar.words())).append("</text>");
    }
    return out.append("</svg>").toString();
  }

  private static void add(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
