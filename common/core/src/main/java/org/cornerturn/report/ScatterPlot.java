package org.cornerturn.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.cornerturn.image.Axis;

/**
 * Points over two axes, as a drawing that needs no script.
 *
 * @param across its name with the unit
 * @param up its name with the unit
 * @param points those that aren't numbers, or not above 0 on a logarithmic axis, are left out
 * @param lines horizontal and vertical ones for the eye
 */
public record ScatterPlot(
    String title, Scale across, Scale up, List<Point> points, List<Line> lines) implements Figure {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 340;
  private static final int LEFT = 66;
  private static final int RIGHT = 14;
  private static final int TOP = 30;
  private static final int BOTTOM = 46;
  private static final int TICKS = 6;

  /**
   * An axis.
   *
   * @param name with the unit
   * @param low least value that is shown; NaN for that of the points
   * @param high NaN for that of the points
   */
  public record Scale(String name, Form form, double low, double high) {
    /** From the least of the points to the largest. */
    public static Scale of(String name, Form form) {
      return new Scale(name, form, Double.NaN, Double.NaN);
    }
  }

  /** How places follow from values. */
  public enum Form {
    LINEAR,
    LOGARITHMIC;

    double place(double value) {
      return this == LINEAR ? value : Math.log10(value);
    }
  }

  /** A point, and what it tells where a pointer rests on it. */
  public record Point(double x, double y, String label) {}

  /**
   * A line across the plot.
   *
   * @param axis along which the value is
   */
  public record Line(Along axis, double value, boolean dashed) {}

  /** An axis by its direction. */
  public enum Along {
    ACROSS,
    UP
  }

  public ScatterPlot {
    points = List.copyOf(points);
    lines = List.copyOf(lines);
  }

  /** An axis with its ends, in places. */
  private record Ends(Scale scale, double low, double high) {
    static Ends of(Scale scale, DoubleStream values) {
      double[] places = values.map(scale.form()::place).filter(Double::isFinite).sorted().toArray();
      double low = places.length == 0 ? 0 : places[0];
      double high = places.length == 0 ? 1 : places[places.length - 1];
      double rim = high > low ? (high - low) * 0.06 : Math.max(0.5, Math.abs(low) * 0.1);
      double from = scale.form().place(scale.low());
      double to = scale.form().place(scale.high());
      return new Ends(
          scale, Double.isFinite(from) ? from : low - rim, Double.isFinite(to) ? to : high + rim);
    }

    double part(double value) {
      return (scale.form().place(value) - low) / (high - low);
    }

    /** Values that have a label. */
    List<Double> ticks() {
      if (scale.form() == Form.LINEAR) {
        return Axis.of(low, high, TICKS).plain().ticks();
      }
      List<Double> all = new ArrayList<>();
      double[] steps = high - low > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
      for (int decade = (int) Math.floor(low); decade <= high; decade++) {
        for (double step : steps) {
          double value = step * Math.pow(10, decade);
          if (Math.log10(value) >= low && Math.log10(value) <= high) {
            all.add(value);
          }
        }
      }
      return all;
    }

    String label(double tick) {
      return scale.form() == Form.LINEAR
          ? Axis.of(low, high, TICKS).plain().label(tick)
          : new BigDecimal(tick).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }
  }

  @Override
  public String markup() {
    Ends x = Ends.of(across, points.stream().mapToDouble(Point::x));
    Ends y = Ends.of(up, points.stream().mapToDouble(Point::y));
    StringBuilder out = new StringBuilder();
    add(out, "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
    out.append("<title>").append(HtmlPage.escaped(title)).append("</title>");
    add(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", LEFT, TOP, inner(), tall());
    out.append(" fill=\"none\" stroke=\"currentColor\"/>");
    text(out, WIDTH / 2.0, 18, "middle", title);
    text(out, LEFT + inner() / 2.0, HEIGHT - 8, "middle", across.name());
    add(out, "<g transform=\"rotate(-90 14 %d)\">", TOP + tall() / 2);
    text(out, 14, TOP + tall() / 2.0, "middle", up.name());
    out.append("</g>");
    for (double t : x.ticks()) {
      line(out, x.part(t), 0, x.part(t), 1, "grid");
      text(out, at(x.part(t)), TOP + tall() + 16, "middle", x.label(t));
    }
    for (double t : y.ticks()) {
      line(out, 0, y.part(t), 1, y.part(t), "grid");
      text(out, LEFT - 6, down(y.part(t)) + 4, "end", y.label(t));
    }
    for (Line l : lines) {
      double part = l.axis() == Along.ACROSS ? x.part(l.value()) : y.part(l.value());
      String kind = l.dashed() ? "dashed" : "solid";
      if (part >= 0 && part <= 1) {
        if (l.axis() == Along.ACROSS) {
          line(out, part, 0, part, 1, kind);
        } else {
          line(out, 0, part, 1, part, kind);
        }
      }
    }
    for (Point p : points) {
      point(out, x.part(p.x()), y.part(p.y()), p.label());
    }
    return out.append("</svg>").toString();
  }

  private static int inner() {
    return WIDTH - LEFT - RIGHT;
  }

  private static int tall() {
    return HEIGHT - TOP - BOTTOM;
  }

  private static double at(double part) {
    return LEFT + part * inner();
  }

  private static double down(double part) {
    return TOP + (1 - part) * tall();
  }

  /** Points beyond the ends lie on the edge, and are hollow. */
  private static void point(StringBuilder out, double across, double up, String label) {
    if (!Double.isFinite(across) || !Double.isFinite(up)) {
      return;
    }
    double x = Math.max(0, Math.min(1, across));
    double y = Math.max(0, Math.min(1, up));
    boolean beyond = x != across || y != up;
    add(out, "<circle class=\"%s\" cx=\"%.1f\"", beyond ? "beyond" : "point", at(x));
    add(out, " cy=\"%.1f\" r=\"3\"><title>", down(y));
    out.append(HtmlPage.escaped(label)).append("</title></circle>");
  }

  private static void line(
      StringBuilder out, double x1, double y1, double x2, double y2, String kind) {
    add(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\"", kind, at(x1), down(y1));
    add(out, " x2=\"%.1f\" y2=\"%.1f\"/>", at(x2), down(y2));
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String words) {
    add(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    out.append(HtmlPage.escaped(words)).append("</text>");
  }

  private static void add(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
