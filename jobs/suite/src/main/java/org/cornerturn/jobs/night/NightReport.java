package org.cornerturn.jobs.night;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cornerturn.jobs.Durations;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.jobs.night.NightLedger.Entry;
import org.cornerturn.jobs.night.NightLedger.State;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.report.BarChart;
import org.cornerturn.report.BarChart.Bar;
import org.cornerturn.report.HtmlPage;
import org.cornerturn.report.Picture;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** The page about a night: what was done, how long it took, what was measured, how images look. */
final class NightReport {
  private static final List<String> MEASURED =
      List.of(
          "root",
          "name",
          "rms",
          "peak",
          "dynamic_range",
          "beam_major",
          "beam_minor",
          "components",
          "findings",
          "published");

  /** Pictures beyond these make the page too heavy to look at. */
  private static final int PICTURES = 48;

  private final NightParameters parameters;
  private final GlobalOptions global;
  private final NightLedger ledger;

  NightReport(NightParameters parameters, GlobalOptions global, NightLedger ledger) {
    this.parameters = parameters;
    this.global = global;
    this.ledger = ledger;
  }

  /** Writes the page, whole or not at all. */
  void write(String uri) throws IOException {
    List<Entry> entries = ledger.entries().stream().filter(e -> e.stage() != Stage.REPORT).toList();
    HtmlPage page = new HtmlPage("Night " + parameters.name());
    page.paragraph(
        String.join(", ", parameters.inputs())
            + " to "
            + parameters.output()
            + parameters
                .date()
                .map(d -> ", observations that began on " + d + " (UTC)")
                .orElse(""));
    times(page, entries);
    observations(page, entries);
    troubles(page, entries);
    images(page, entries);
    try (ObjectStore store = Stores.open(FileUri.folder(uri), global.hadoop())) {
      store.put(FileUri.key(uri), page.bytes());
    }
  }

  private static void times(HtmlPage page, List<Entry> entries) {
    Map<Stage, Double> seconds = new LinkedHashMap<>();
    entries.forEach(e -> seconds.merge(e.stage(), e.seconds(), Double::sum));
    List<Bar> bars = new ArrayList<>();
    seconds.forEach((stage, s) -> bars.add(new Bar(stage.word(), s, inWords(s))));
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    page.heading("Stages")
        .figure(
            new BarChart("Time of each stage", bars),
            "Time of each stage, " + inWords(all) + " together");
  }

  private static void observations(HtmlPage page, List<Entry> entries) {
    List<Stage> stages =
        entries.stream().map(Entry::stage).filter(Stage::ofObservation).distinct().toList();
    List<String> heads = new ArrayList<>(List.of("observation"));
    stages.forEach(s -> heads.add(s.word()));
    TreeSet<String> units = new TreeSet<>();
    entries.stream().map(Entry::unit).filter(u -> u != null).forEach(units::add);
    List<List<String>> rows = new ArrayList<>();
    for (String unit : units) {
      List<String> row = new ArrayList<>(List.of(unit));
      for (Stage stage : stages) {
        row.add(
            entries.stream()
                .filter(e -> e.stage() == stage && unit.equals(e.unit()))
                .findFirst()
                .map(NightReport::cell)
                .orElse("-"));
      }
      rows.add(row);
    }
    page.heading("Observations").table(heads, rows);
  }

  private static String cell(Entry e) {
    return e.state().word() + ", " + inWords(e.seconds());
  }

  private static void troubles(HtmlPage page, List<Entry> entries) {
    List<List<String>> rows = new ArrayList<>();
    for (Entry e : entries) {
      if (e.state() != State.DONE) {
        rows.add(
            List.of(
                e.stage().word(),
                e.unit() == null ? "" : e.unit(),
                cell(e),
                Integer.toString(e.attempts()),
                Optional.ofNullable(e.message()).orElse("")));
      }
    }
    page.heading("What was not done");
    if (rows.isEmpty()) {
      page.paragraph("Nothing: all went well.");
    } else {
      page.table(List.of("stage", "observation", "state", "attempts", "why"), rows);
    }
  }

  private void images(HtmlPage page, List<Entry> entries) throws IOException {
    List<String> roots =
        entries.stream()
            .filter(e -> (e.stage() == Stage.IMAGE || e.stage() == Stage.MOSAIC))
            .map(Entry::product)
            .filter(p -> p != null)
            .toList();
    if (roots.isEmpty()) {
      return;
    }
    page.heading("Images");
    List<Object[]> measured = measured(roots);
    List<List<String>> rows = new ArrayList<>();
    for (Object[] v : measured) {
      List<?> findings = (List<?>) v[8];
      rows.add(
          List.of(
              (String) v[1],
              number("%.3g", v[2], 1e3),
              number("%.3g", v[3], 1e3),
              number("%.0f", v[4], 1),
              number("%.1f", v[5], 1),
              number("%.1f", v[6], 1),
              String.valueOf(v[7]),
              findings.isEmpty()
                  ? "none"
                  : String.join("; ", findings.stream().map(String::valueOf).toList())));
    }
    page.table(
        List.of(
            "image",
            "noise (mJy/beam)",
            "peak (mJy/beam)",
            "dynamic range",
            "beam (arcsec)",
            "across",
            "components",
            "findings"),
        rows);
    int shown = 0;
    for (Object[] v : measured) {
      if (shown < PICTURES && picture(page, (String) v[0], (String) v[1])) {
        shown++;
      }
    }
  }

  /** Rows of the table {@code images}, of each image the latest, in the order of the products. */
  private List<Object[]> measured(List<String> roots) throws IOException {
    Map<String, Object[]> latest = new LinkedHashMap<>();
    SolutionTables.open(global.warehouse(), ImageTable.IMAGES, global.hadoop())
        .read(
            MEASURED,
            v -> {
              if (roots.contains(v[0])) {
                latest.merge(
                    v[0] + " " + v[1], v.clone(), (a, b) -> (Long) a[9] >= (Long) b[9] ? a : b);
              }
            });
    return roots.stream()
        .flatMap(r -> latest.values().stream().filter(v -> r.equals(v[0])))
        .toList();
  }

  private boolean picture(HtmlPage page, String root, String name) throws IOException {
    try (ObjectStore store = Stores.open(root, global.hadoop())) {
      byte[] png = store.get("preview/" + name + ".png");
      page.figure(new Picture(png, "The image " + name), name);
      return true;
    } catch (NoSuchFileException e) {
      return false; // Not every product has pictures.
    }
  }

  private static String number(String format, Object value, double scale) {
    return value == null ? "-" : String.format(Locale.ROOT, format, (Double) value * scale);
  }

  private static String inWords(double seconds) {
    return Durations.inWords(Duration.ofMillis((long) (seconds * 1e3)));
  }
}
