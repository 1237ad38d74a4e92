package org.cornerturn.jobs.image;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.image.SkyMark;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.Versions;
import org.cornerturn.report.HtmlPage;
import org.cornerturn.report.Picture;
import org.cornerturn.report.SkyFigure;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link ReportTask}: puts together what tasks before it have measured and drawn. */
final class ReportStep {
  private final Imaging imaging;
  private final ReportTask task;
  private final TaskStores stores;
  private final ObjectStore product;

  ReportStep(ReportTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.imaging = task.imaging();
    this.stores = stores;
    this.product = stores.open(stores.product().uri());
  }

  /** One of the images. */
  private record Image(int cell, int polarization) {}

  void run() throws IOException {
    List<Image> images = new ArrayList<>();
    for (int cell : ImageJob.images(imaging)) {
      for (int p = 0; p < imaging.polarizations().size(); p++) {
        images.add(new Image(cell, p));
      }
    }
    HtmlPage page = new HtmlPage("Images " + imaging.parameters().name());
    page.facts(about(images.size()));
    page.heading("All images").table(HEADER, rows(images));
    if (images.size() > ReportTask.MOST_TOLD) {
      page.paragraph("and " + (images.size() - ReportTask.MOST_TOLD) + " more");
    }
    int shown = 0;
    for (Image image : images) {
      if (shown < ReportTask.MOST_SHOWN && show(image, page)) {
        shown++;
      }
    }
    stores.product().put(task.id(), page.bytes());
  }

  private Map<String, String> about(int count) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("field", imaging.about().object());
    facts.put("telescope", imaging.about().telescope());
    facts.put("made of", imaging.parameters().product());
    facts.put("data group", imaging.sets().get(0).group());
    facts.put("images", "" + count);
    facts.put(
        "pixels",
        String.format(
            Locale.ROOT,
            "%d x %d of %.4g arcsec",
            imaging.geometry().width(),
            imaging.geometry().height(),
            ImageTable.arcsec(imaging.geometry().pixelRad())));
    facts.put("middle (ICRS)", ReportSections.words(imaging.centre()));
    facts.put("weights", imaging.weighting());
    facts.put(
        "antennas' beam",
        imaging.hasBeam()
            ? imaging.beam().beam().name().toLowerCase(Locale.ROOT)
                + " of "
                + number(imaging.beam().dishDiameterMetres(), "m")
            : "none");
    String catalog = imaging.parameters().check().catalog();
    facts.put("catalogue", catalog == null ? "none" : catalog);
    facts.put("software", "cornerturn " + Versions.own());
    return facts;
  }

  private static final List<String> HEADER =
      List.of(
          "image",
          "began",
          "MHz",
          "noise (Jy/beam)",
          "over the receivers'",
          "peak (Jy/beam)",
          "dynamic range",
          "beam",
          "components",
          "flux ratio",
          "offsets rms (arcsec)",
          "findings");

  private List<List<String>> rows(List<Image> images) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Image image : images.subList(0, Math.min(images.size(), ReportTask.MOST_TOLD))) {
      Facts facts = facts(image);
      List<Cell> cells = imaging.shown(image.cell());
      double low = cells.stream().mapToDouble(Cell::lowHz).min().orElseThrow();
      double high = cells.stream().mapToDouble(Cell::highHz).max().orElseThrow();
      ImageQuality q = facts.quality();
      CatalogCheck check = facts.check();
      rows.add(
          List.of(
              name(image),
              Instant.ofEpochMilli(Math.round(cells.get(0).startUnix() * 1000)).toString(),
              String.format(Locale.ROOT, "%.3f-%.3f", low / 1e6, high / 1e6),
              q == null ? "-" : number(q.rms(), ""),
              q == null ? "-" : number(q.noiseOverTheory(facts.thermalJy()), ""),
              q == null ? "-" : number(q.peak(), ""),
              q == null ? "-" : number(q.dynamicRange(), ""),
              ReportSections.words(facts.beam()),
              "" + facts.iterations(),
              check == null ? "-" : number(check.medianRatio(), ""),
              check == null ? "-" : number(ImageTable.arcsec(check.rmsRad()), ""),
              String.join("; ", Findings.of(facts))));
    }
    return rows;
  }

  private Facts facts(Image image) throws IOException {
    return Facts.get(product, Imaging.facts(image.cell(), image.polarization()));
  }

  private String name(Image image) {
    return OutputStep.name(imaging, image.cell(), image.polarization());
  }

  /**
   * @return false for an image that is blank
   */
  private boolean show(Image image, HtmlPage page) throws IOException {
    Facts facts = facts(image);
    if (facts.quality() == null) {
      return false;
    }
    SeenSources seen = SeenSources.get(product, Imaging.seen(image.cell(), image.polarization()));
    List<Cell> cells = imaging.shown(image.cell());
    double hertz = cells.stream().mapToDouble(Cell::middleHz).average().orElseThrow();
    List<SkyMark> marks = new ArrayList<>(OutputStep.rings(imaging, hertz));
    marks.addAll(seen.marks());
    int width = imaging.geometry().width();
    int height = imaging.geometry().height();
    page.heading(name(image)).findings(Findings.of(facts));
    page.figure(
        new SkyFigure(
            picture(image, ""), OutputStep.factor(imaging), width, height, name(image), marks),
        "North is up, east to the left; peaks above 5 times the noise.");
    for (Role role : Role.of(imaging)) {
      if (OutputStep.SHOWN.contains(role)) {
        String ending = "-" + role.suffix(true);
        page.figure(new Picture(picture(image, ending), role.about()), role.about());
      }
    }
    ReportSections.plots(page, seen);
    Map<String, String> measured = ReportSections.measured(facts.quality(), facts.check());
    measured.put("noise expected of the receivers", number(facts.thermalJy(), "Jy/beam"));
    measured.put("clean beam", ReportSections.words(facts.beam()));
    measured.put("samples", "" + facts.samples());
    measured.put("components", "" + facts.iterations());
    facts.cycles().stream()
        .reduce((a, b) -> b)
        .ifPresent(
            last ->
                measured.put(
                    "why cleaning ended",
                    last.end().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    page.facts(measured);
    return true;
  }

  private static String number(double value, String unit) {
    return ReportSections.number(value, unit);
  }

  private byte[] picture(Image image, String ending) throws IOException {
    return product.get(OutputStep.picture(imaging, image.cell(), image.polarization(), ending));
  }
}
