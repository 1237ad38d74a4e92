package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.report.HtmlPage;
import org.cornerturn.report.ScatterPlot;
import org.cornerturn.report.ScatterPlot.Along;
import org.cornerturn.report.ScatterPlot.Form;
import org.cornerturn.report.ScatterPlot.Line;
import org.cornerturn.report.ScatterPlot.Point;
import org.cornerturn.report.ScatterPlot.Scale;
import org.cornerturn.sky.GaussianBeam;

/** What reports on images and on mosaics have in common. */
public final class ReportSections {
  private static final int FEWEST_OF_CURVE = 5;

  /** Sources of a step of the curve of completeness. */
  private static final int OF_STEP = 10;

  private static final int MOST_STEPS = 12;

  private ReportSections() {}

  /** Value and unit, or a dash. */
  public static String number(double value, String unit) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, "%.4g%s", value, unit.isEmpty() ? "" : " " + unit);
  }

  /** A direction in degrees. */
  public static String words(IcrsDirection at) {
    return String.format(
        Locale.ROOT, "%.6f, %.6f deg", Math.toDegrees(at.raRad()), Math.toDegrees(at.decRad()));
  }

  /** What a catalogue tells, in words. */
  public static String words(CatalogCheck c) {
    return String.format(
        Locale.ROOT,
        "%d sources of the catalogue (%.0f %% of those expected), fluxes %.3f +- %.3f of it,"
            + " positions off by %.2f, %.2f arcsec (east, north), rms %.2f",
        c.matched(),
        100 * c.completeness(),
        c.medianRatio(),
        c.scatterRatio(),
        ImageTable.arcsec(c.eastRad()),
        ImageTable.arcsec(c.northRad()),
        ImageTable.arcsec(c.rmsRad()));
  }

  /** A clean beam in words. */
  public static String words(GaussianBeam beam) {
    return beam == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.2f x %.2f arcsec at %.1f deg",
            ImageTable.arcsec(beam.majorRad()),
            ImageTable.arcsec(beam.minorRad()),
            Math.toDegrees(beam.positionAngleRad()));
  }

  /**
   * What is measured of an image.
   *
   * @param check null for none
   */
  public static Map<String, String> measured(ImageQuality q, CatalogCheck check) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("noise", number(q.rms(), "Jy/beam"));
    facts.put("median", number(q.median(), "Jy/beam"));
    facts.put("peak", number(q.peak(), "Jy/beam") + " at pixel " + q.peakX() + ", " + q.peakY());
    facts.put("minimum", number(q.minimum(), "Jy/beam"));
    facts.put("dynamic range", number(q.dynamicRange(), ""));
    facts.put("pixels above 5 and below -5 times the noise", q.above5() + ", " + q.below5());
    facts.put("part below -3 times the noise", number(q.negativeFraction(), ""));
    facts.put("noise at the edges over that in the middle", number(q.edgeRatio(), ""));
    facts.put("banding", number(q.banding(), ""));
    facts.put(
        "pixels that are blank, infinite, exactly 0",
        q.blank() + ", " + q.infinite() + ", " + q.zeros());
    if (check != null) {
      facts.put("sources of the catalogue that are found", "" + check.matched());
      facts.put("completeness", number(check.completeness(), ""));
      facts.put("peaks without a source", number(check.falseRate(), ""));
      facts.put(
          "measured over catalogue flux",
          number(check.medianRatio(), "") + ", scatter " + number(check.scatterRatio(), ""));
      facts.put(
          "positions off by (east, north)",
          number(ImageTable.arcsec(check.eastRad()), "arcsec")
              + ", "
              + number(ImageTable.arcsec(check.northRad()), "arcsec")
              + "; rms "
              + number(ImageTable.arcsec(check.rmsRad()), "arcsec"));
    }
    return facts;
  }

  /** Plots of fluxes, positions and completeness; none without a catalogue. */
  public static void plots(HtmlPage page, SeenSources seen) {
    List<SeenSources.Seen> found = seen.found();
    if (!found.isEmpty()) {
      page.figure(fluxes(found), "Sources of the catalogue that are found; 10 % off is dashed.");
      page.figure(places(found), "From the catalogue to the image; dashed: no offset.");
    }
    List<Point> complete = completeness(seen.expected());
    if (!complete.isEmpty()) {
      page.figure(
          new ScatterPlot(
              "Completeness",
              Scale.of("catalogue flux (mJy)", Form.LOGARITHMIC),
              new Scale("part that is found", Form.LINEAR, 0, 1.05),
              complete,
              List.of(new Line(Along.UP, 1, false), new Line(Along.UP, 0.7, true))),
          "Of the catalogue's sources that should be seen at 7 times the noise, by flux.");
    }
  }

  private static ScatterPlot fluxes(List<SeenSources.Seen> found) {
    return new ScatterPlot(
        "Flux scale",
        Scale.of("catalogue flux (mJy)", Form.LOGARITHMIC),
        Scale.of("measured over catalogue flux", Form.LINEAR),
        found.stream()
            .map(s -> new Point(1000 * s.catalogJy(), s.measuredJy() / s.catalogJy(), s.words()))
            .toList(),
        List.of(
            new Line(Along.UP, 1, false),
            new Line(Along.UP, 0.9, true),
            new Line(Along.UP, 1.1, true)));
  }

  private static ScatterPlot places(List<SeenSources.Seen> found) {
    double most =
        found.stream()
            .flatMapToDouble(s -> DoubleStream.of(s.eastArcsec(), s.northArcsec()))
            .map(Math::abs)
            .max()
            .orElse(1);
    double edge = Math.max(0.1, 1.1 * most);
    return new ScatterPlot(
        "Astrometry",
        new Scale("offset to the east (arcsec)", Form.LINEAR, -edge, edge),
        new Scale("offset to the north (arcsec)", Form.LINEAR, -edge, edge),
        found.stream().map(s -> new Point(s.eastArcsec(), s.northArcsec(), s.words())).toList(),
        List.of(new Line(Along.ACROSS, 0, true), new Line(Along.UP, 0, true)));
  }

  /** Part that is found, of some sources each, from the faintest on. */
  private static List<Point> completeness(List<SeenSources.Seen> expected) {
    List<SeenSources.Seen> sorted = new ArrayList<>(expected);
    sorted.sort((a, b) -> Double.compare(a.catalogJy(), b.catalogJy()));
    List<Point> points = new ArrayList<>();
    if (sorted.size() < FEWEST_OF_CURVE) {
      return points;
    }
    int steps = Math.max(1, Math.min(MOST_STEPS, sorted.size() / OF_STEP));
    for (int s = 0; s < steps; s++) {
      List<SeenSources.Seen> some =
          sorted.subList(s * sorted.size() / steps, (s + 1) * sorted.size() / steps);
      long found = some.stream().filter(SeenSources.Seen::isFound).count();
      points.add(
          new Point(
              1000 * some.get(some.size() / 2).catalogJy(),
              (double) found / some.size(),
              found + " of " + some.size()));
    }
    return points;
  }
}
