package org.cornerturn.report;

import java.util.List;
import java.util.Locale;
import org.cornerturn.image.SkyMark;

/**
 * A picture of the sky with marks over it, each kind of which can be hidden; a mark tells what it
 * is where a pointer rests on it.
 *
 * @param png bytes of a PNG file, as {@link org.cornerturn.image.SkyPicture} makes it
 * @param factor pixels of the image along a side of a pixel of the picture
 * @param width pixels of the image
 * @param height pixels of the image
 */
public record SkyFigure(
    byte[] png, int factor, int width, int height, String about, List<SkyMark> marks)
    implements Figure {
  /** Sides of the drawing that marks are at least visible in. */
  private static final double LEAST_PART = 1 / 120.0;

  public SkyFigure {
    marks = List.copyOf(marks);
  }

  @Override
  public String markup() {
    StringBuilder out = new StringBuilder("<div class=\"sky\">");
    for (SkyMark.Kind kind : SkyMark.Kind.values()) {
      long count = marks.stream().filter(m -> m.kind() == kind).count();
      if (count > 0) {
        out.append("<label class=\"").append(name(kind)).append("\">");
        out.append("<input type=\"checkbox\" checked> <span style=\"color:").append(kind.hex());
        out.append("\">&#9679;</span> ").append(HtmlPage.escaped(kind.about()));
        out.append(kind == SkyMark.Kind.BEAM ? "" : " (" + count + ")").append("</label> ");
      }
    }
    int across = (width + factor - 1) / factor * factor;
    int up = (height + factor - 1) / factor * factor;
    out.append(line("<svg viewBox=\"0 0 %d %d\" role=\"img\">", width, height));
    out.append("<title>").append(HtmlPage.escaped(about)).append("</title>");
    out.append(line("<image x=\"0\" y=\"%d\" width=\"%d\" ", height - up, across));
    out.append(line("height=\"%d\" href=\"", up)).append(Picture.address(png)).append("\"/>");
    for (SkyMark.Kind kind : SkyMark.Kind.values()) {
      out.append("<g class=\"").append(name(kind)).append("\" fill=\"none\" stroke=\"");
      out.append(kind.hex()).append("\" stroke-width=\"").append(number(side() / 400));
      out.append("\">");
      marks.stream().filter(m -> m.kind() == kind).forEach(m -> mark(m, out));
      out.append("</g>");
    }
    return out.append("</svg></div>").toString();
  }

  private double side() {
    return Math.max(width, height);
  }

  private void mark(SkyMark mark, StringBuilder out) {
    double x = mark.x() + 0.5;
    double y = height - mark.y() - 0.5;
    double r = Math.max(mark.radius(), side() * LEAST_PART);
    if (mark.kind() == SkyMark.Kind.PEAK) {
      out.append("<path d=\"");
      out.append(line("M%s %sh%s", number(x - r), number(y), number(2 * r)));
      out.append(line("M%s %sv%s\">", number(x), number(y - r), number(2 * r)));
      out.append("<title>").append(HtmlPage.escaped(mark.label())).append("</title></path>");
      return;
    }
    out.append(line("<circle cx=\"%s\" cy=\"%s\" r=\"%s\">", number(x), number(y), number(r)));
    out.append("<title>").append(HtmlPage.escaped(mark.label())).append("</title></circle>");
  }

  private static String name(SkyMark.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
