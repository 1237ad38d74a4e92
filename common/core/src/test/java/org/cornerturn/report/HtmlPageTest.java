package org.cornerturn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cornerturn.image.ColorMap;
import org.cornerturn.image.SkyMark;
import org.cornerturn.image.SkyPicture;
import org.cornerturn.image.Stretch;
import org.cornerturn.report.ScatterPlot.Along;
import org.cornerturn.report.ScatterPlot.Form;
import org.cornerturn.report.ScatterPlot.Line;
import org.cornerturn.report.ScatterPlot.Point;
import org.cornerturn.report.ScatterPlot.Scale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTest {
  private static final String EVIL = "<img src=x onerror=\"alert('1')\">&amp;\u0001";
  private static final String SAFE =
      "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;\ufffd";

  private static byte[] png() {
    Stretch stretch = new Stretch(Stretch.Curve.LINEAR, 0, 1);
    return new SkyPicture(stretch, ColorMap.GREY, 10).png(new float[15 * 12], 15, 12);
  }

  private static Document parsed(String markup) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(markup)));
  }

  /** Whatever text goes in, no mark-up comes of it, and nothing is fetched from anywhere. */
  @Test
  void textsAreEscapedEverywhereAndNothingIsFetched() {
    SkyMark mark = new SkyMark(SkyMark.Kind.FOUND, 3, 4, 2, EVIL);
    ScatterPlot plot =
        new ScatterPlot(
            EVIL,
            Scale.of(EVIL, Form.LINEAR),
            Scale.of(EVIL, Form.LOGARITHMIC),
            List.of(new Point(1, 2, EVIL)),
            List.of());
    String page =
        new String(
            new HtmlPage(EVIL)
                .heading(EVIL)
                .paragraph(EVIL)
                .facts(Map.of(EVIL, EVIL))
                .table(List.of(EVIL), List.of(List.of(EVIL)))
                .findings(List.of("warn: " + EVIL))
                .figure(new SkyFigure(png(), 2, 15, 12, EVIL, List.of(mark)), EVIL)
                .figure(new Picture(png(), EVIL), EVIL)
                .figure(plot, EVIL)
                .bytes(),
            StandardCharsets.UTF_8);
    assertThat(page).contains(SAFE).doesNotContain("<img src=x").doesNotContain("<script");
    assertThat(page.split(Pattern.quote(SAFE), -1)).hasSizeGreaterThan(17);
    Matcher addresses = Pattern.compile("(?:src|href)\\s*=\\s*\"([^\"]*)").matcher(page);
    int found = 0;
    while (addresses.find()) {
      assertThat(addresses.group(1)).startsWith("data:image/png;base64,");
      found++;
    }
    assertThat(found).isEqualTo(2);
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  void marksLieOverTheirPixels() throws Exception {
    List<SkyMark> marks =
        List.of(
            new SkyMark(SkyMark.Kind.FOUND, 0, 0, 0.1, "first"),
            new SkyMark(SkyMark.Kind.PEAK, 14, 11, 3, "last"));
    String markup = new SkyFigure(png(), 2, 15, 12, "sky", marks).markup();
    assertThat(markup)
        .contains("found (1)", "peaks of the image (1)")
        .doesNotContain("not found (");
    Document svg = parsed(markup.substring(markup.indexOf("<svg"), markup.indexOf("</svg>") + 6));
    // The lowest row of the image is the lowest of the drawing.
    assertThat(svg.getElementsByTagName("circle").item(0).getAttributes())
        .satisfies(
            a -> {
              assertThat(a.getNamedItem("cx").getNodeValue()).isEqualTo("0.50");
              assertThat(a.getNamedItem("cy").getNodeValue()).isEqualTo("11.50");
            });
    assertThat(svg.getElementsByTagName("path").item(0).getAttributes().getNamedItem("d"))
        .satisfies(d -> assertThat(d.getNodeValue()).startsWith("M11.50 0.50h6.00M14.50 -2.50"));
    // 15 pixels in squares of 2 are 8, the last half empty; of 12 rows none is.
    assertThat(svg.getElementsByTagName("image").item(0).getAttributes())
        .satisfies(
            a -> {
              assertThat(a.getNamedItem("width").getNodeValue()).isEqualTo("16");
              assertThat(a.getNamedItem("height").getNodeValue()).isEqualTo("12");
              assertThat(a.getNamedItem("y").getNodeValue()).isEqualTo("0");
            });
  }

  @Test
  void pointsLieWhereTheirValuesAre() throws Exception {
    ScatterPlot plot =
        new ScatterPlot(
            "flux",
            new Scale("flux (mJy)", Form.LOGARITHMIC, 1, 100),
            new Scale("ratio", Form.LINEAR, 0, 2),
            List.of(
                new Point(1, 0, "corner"),
                new Point(10, 1, "middle"),
                new Point(100, 5, "beyond"),
                new Point(Double.NaN, 1, "none"),
                new Point(0, 1, "no logarithm")),
            List.of(new Line(Along.UP, 1, true), new Line(Along.ACROSS, 1000, false)));
    Document svg = parsed(plot.markup());
    NodeList points = svg.getElementsByTagName("circle");
    assertThat(points.getLength()).isEqualTo(3);
    assertThat(place(points, 0)).containsExactly(66, 294);
    assertThat(place(points, 1)).containsExactly(256, 162);
    assertThat(place(points, 2)).containsExactly(446, 30);
    assertThat(points.item(2).getAttributes().getNamedItem("class").getNodeValue())
        .isEqualTo("beyond");
    assertThat(plot.markup()).contains(">100</text>", ">0.5</text>", "class=\"dashed\"");
    assertThat(plot.markup()).doesNotContain("class=\"solid\"");
  }

  private static double[] place(NodeList points, int i) {
    return new double[] {
      Double.parseDouble(points.item(i).getAttributes().getNamedItem("cx").getNodeValue()),
      Double.parseDouble(points.item(i).getAttributes().getNamedItem("cy").getNodeValue())
    };
  }

  /** Nothing, one point, and points that are all the same make plots, too. */
  @Test
  void fewPointsMakeAPlot() throws Exception {
    for (List<Point> points :
        List.of(
            List.<Point>of(),
            List.of(new Point(1e-9, 3e12, "a")),
            List.of(new Point(2, 2, "a"), new Point(2, 2, "b")))) {
      for (Form form : Form.values()) {
        ScatterPlot plot =
            new ScatterPlot(
                "few", Scale.of("x", form), Scale.of("y", Form.LINEAR), points, List.of());
        assertThat(plot.markup()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(parsed(plot.markup()).getElementsByTagName("circle").getLength())
            .isEqualTo(points.size());
      }
    }
  }
}
