package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.image.ColorMap;
import org.cornerturn.image.SkyPicture;
import org.cornerturn.image.Stretch;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.jobs.image.ReportSections;
import org.cornerturn.jobs.image.SeenSources;
import org.cornerturn.report.HtmlPage;
import org.cornerturn.report.Picture;
import org.cornerturn.report.SkyFigure;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Draws a mosaic and writes the report on it. */
final class MosaicReport {
  /** Key of the report. */
  static final String KEY = "report.html";

  private static final int PICTURE = 1024;
  private static final int SMALL_PICTURE = 512;
  private static final int MOST_TOLD = 1000;

  private final Mosaic mosaic;
  private final TaskStores stores;
  private final ObjectStore product;

  MosaicReport(Mosaic mosaic, TaskStores stores, ObjectStore product) {
    this.mosaic = mosaic;
    this.stores = stores;
    this.product = product;
  }

  private String key(String ending) {
    return "preview/" + mosaic.name() + ending + ".png";
  }

  /** Draws the image, alone and with what is seen in it. */
  void picture(float[] image, SeenSources seen) throws IOException {
    SkyPicture picture = brightness(image, PICTURE);
    stores.product().put(key(""), picture.png(image, mosaic.width(), mosaic.height()));
    stores
        .product()
        .put(key("-overlay"), picture.png(image, mosaic.width(), mosaic.height(), seen.marks()));
  }

  /** Draws something else of the mosaic, smaller. */
  void picture(String ending, float[] plane) throws IOException {
    stores
        .product()
        .put(
            key(ending),
            brightness(plane, SMALL_PICTURE).png(plane, mosaic.width(), mosaic.height()));
  }

  private static SkyPicture brightness(float[] plane, int most) {
    Stretch stretch = Stretch.percentiles(Stretch.Curve.ASINH, plane, 1, 99.95);
    return new SkyPicture(stretch, ColorMap.DUSK, most);
  }

  void write(MosaicFacts facts, SeenSources seen) throws IOException {
    int width = mosaic.width();
    int height = mosaic.height();
    int factor =
        new SkyPicture(new Stretch(Stretch.Curve.LINEAR, 0, 1), ColorMap.DUSK, PICTURE)
            .factor(width, height);
    HtmlPage page = new HtmlPage("Mosaic " + mosaic.name());
    page.facts(about());
    page.findings(facts.findings());
    page.figure(
        new SkyFigure(product.get(key("")), factor, width, height, mosaic.name(), seen.marks()),
        "North is up, east to the left; peaks above 5 times the noise.");
    page.figure(
        new Picture(product.get(key("-sigma")), "noise"),
        "Noise: darkest is least; grey shows no image.");
    page.figure(
        new Picture(product.get(key("-coverage")), "number of images"), "Number of images.");
    ReportSections.plots(page, seen);
    Map<String, String> measured = ReportSections.measured(facts.quality(), facts.check());
    measured.put("noise in the middle of the map", number(facts.sigma(), "Jy/beam"));
    measured.put("noise of a single image", number(facts.tileSigma(), "Jy/beam"));
    measured.put(
        "less noise than a single image",
        String.format(
            Locale.ROOT,
            "%.3g times; the root of the number of images is %.3g",
            facts.tileSigma() / facts.sigma(),
            Math.sqrt(facts.used())));
    measured.put("noise over what the map says", number(facts.noiseRatio(), ""));
    measured.put("part of the pixels that show any image", number(facts.covered(), ""));
    measured.put("clean beam", ReportSections.words(mosaic.beam()));
    page.facts(measured);
    page.heading("Images").table(List.of("image", "taken", "noise (Jy/beam)", "beam", ""), rows());
    if (mosaic.tiles().size() > MOST_TOLD) {
      page.paragraph("and " + (mosaic.tiles().size() - MOST_TOLD) + " more");
    }
    stores.product().put(KEY, page.bytes());
  }

  private Map<String, String> about() throws IOException {
    Selection selection = mosaic.selection();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", "" + mosaic.tiles().size());
    facts.put(
        "pixels",
        String.format(
            Locale.ROOT,
            "%d x %d of %.4g arcsec",
            mosaic.width(),
            mosaic.height(),
            ImageTable.arcsec(mosaic.pixelRad())));
    facts.put("middle (ICRS)", ReportSections.words(mosaic.centre()));
    facts.put("tier", selection.tier().toString());
    facts.put("interpolation", selection.interpolation().name().toLowerCase(Locale.ROOT));
    facts.put(
        "images count with noise up to",
        Double.isInfinite(selection.sigmaJy()) ? "any" : number(selection.sigmaJy(), "Jy/beam"));
    facts.put("taken", time(mosaic.unix(false)) + " to " + time(mosaic.unix(true)));
    String catalog = mosaic.parameters().check().catalog();
    facts.put("catalogue", catalog == null ? "none" : catalog);
    facts.put("software", "cornerturn " + Versions.own());
    return facts;
  }

  private List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (int t = 0; t < Math.min(MOST_TOLD, mosaic.tiles().size()); t++) {
      Tile tile = mosaic.tiles().get(t);
      double sigma = TileFacts.get(product, Mosaic.facts(t)).sigma();
      rows.add(
          List.of(
              tile.source().name(),
              time(tile.unix()),
              number(sigma, ""),
              ReportSections.words(tile.beam()),
              mosaic.selection().counts(sigma) ? "" : "left out: too noisy"));
    }
    return rows;
  }

  private static String time(double unix) {
    return Double.isNaN(unix) ? "-" : Instant.ofEpochMilli(Math.round(unix * 1000)).toString();
  }

  private static String number(double value, String unit) {
    return ReportSections.number(value, unit);
  }
}
