package org.cornerturn.jobs.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gains of simulated observations come back, through the front door. */
class CalibrateCommandTest {
  private static final String MODEL = "point:25";
  private static final Path NODE = Path.of("../../common/core/src/test/node");

  @TempDir private static Path folder;

  /** Gains that drift, and a bandpass. */
  private static Simulated drifting;

  /** Gains that don't drift, with delays. */
  private static Simulated steady;

  @BeforeAll
  static void simulate() {
    drifting =
        new Simulated(folder, "drifting")
            .make("--gain-errors", "--bandpass-std", "0.05", "--drift-std", "0.1");
    steady =
        new Simulated(folder, "steady")
            .make("--gain-errors", "--bandpass-std", "0.05", "--delay-std-ns", "5");
  }

  /** The question that a set of solutions answers. */
  static CalibrateParameters parameters(String out) throws IOException {
    return CalibrateParameters.of(Workspace.find(out, Map.of()).get(0).parameters());
  }

  /** The same question with its answer elsewhere. */
  static CalibrateParameters into(CalibrateParameters asked, String output) {
    return new CalibrateParameters(
        asked.product(),
        output,
        asked.dataGroup(),
        asked.chain(),
        asked.model(),
        asked.minBeam(),
        asked.refant(),
        asked.solver(),
        asked.retry());
  }

  private static SolutionSet solutions(String uri) throws IOException {
    return SolutionSet.open(new LocalStore(Path.of(uri)));
  }

  private static TermArrays term(SolutionSet set, int place) throws IOException {
    return set.terms(set.measurementSets().get(0)).get(place);
  }

  /** Largest difference of gains and truth, both with the phases of one antenna taken away. */
  private static double error(GainTable gains, double[] truth, int reference) {
    double worst = 0;
    for (int t = 0; t < gains.time().count(); t++) {
      for (int a = 0; a < Simulated.ANTENNAS; a++) {
        for (int c = 0; c < gains.frequency().count(); c++) {
          for (int r = 0; r < 2; r++) {
            int i = 2 * gains.index(t, a, c, r);
            int n = 2 * gains.index(t, reference, c, r);
            double size = Math.hypot(truth[n], truth[n + 1]);
            double re = (truth[i] * truth[n] + truth[i + 1] * truth[n + 1]) / size;
            double im = (truth[i + 1] * truth[n] - truth[i] * truth[n + 1]) / size;
            assertThat(gains.isGood(i / 2)).isTrue();
            worst = Math.max(worst, Math.hypot(gains.gains()[i] - re, gains.gains()[i + 1] - im));
          }
        }
      }
    }
    return worst;
  }

  @Test
  void noiselessGainsComeBackToAMillionth() throws IOException {
    String out = folder + "/exact.cal.zarr";
    CommandRun run =
        drifting.run("calibrate", drifting.set(), out, "--model", MODEL, "--solve", "G:int:1ch");
    assertThat(run.err()).contains("G:int:1ch on 6 of 6 integrations");
    SolutionSet set = solutions(out);
    TermArrays arrays = term(set, 0);
    GainTable gains = set.gains(arrays);
    assertThat(gains.time().count()).isEqualTo(Simulated.TIMES);
    String refant = set.attributes(arrays.path()).path("refant").asText();
    int reference = gains.antennas().indexOf(refant);
    assertThat(error(gains, drifting.truth(), reference)).isLessThan(1e-6);
    assertThat(CommandRun.of("verify", out).exit()).isZero();
    assertThat(Path.of(out, "_cornerturn", "parts")).doesNotExist();
    // Asked again, nothing is done.
    Map<String, String> before = StoreContent.of(out);
    CommandRun again =
        drifting.run("calibrate", drifting.set(), out, "--model", MODEL, "--solve", "G:int:1ch");
    assertThat(again.err()).contains("unchanged");
    assertThat(StoreContent.of(out)).isEqualTo(before);
  }

  @Test
  void correctedDataAreTheModel() throws Exception {
    Simulated alone = steady.withOwnTables();
    String out = folder + "/steady.cal.zarr";
    CommandRun solved =
        alone.run("calibrate", alone.set(), "--model", MODEL, "--solve", "K:inf,B:inf,G:60s");
    assertThat(solved.err()).containsPattern("residuals \\d\\.\\d+ of the model before");
    SolutionSet set = solutions(out);
    TermArrays delays = term(set, 0);
    double[] found = set.delays(delays);
    JsonNode antennas = alone.document().path("antennas");
    GainTable table = set.gains(delays);
    String refant = set.attributes(delays.path()).path("refant").asText();
    int reference = table.antennas().indexOf(refant);
    for (int a = 0; a < Simulated.ANTENNAS; a++) {
      for (int r = 0; r < 2; r++) {
        double truth =
            antennas.at("/" + a + "/delay_s/" + r).asDouble()
                - antennas.at("/" + reference + "/delay_s/" + r).asDouble();
        assertThat(found[table.index(0, a, 0, r)]).isCloseTo(truth, within(1e-12));
      }
    }
    alone.run("model", alone.set(), "--model", MODEL);
    CommandRun applied = alone.run("apply", alone.set(), "--from", "auto");
    assertThat(applied.err()).contains("fresh", "gains of 12 of 12 antennas");
    agreementIsMeasured(alone);
    Msv4Reader reader = alone.reader();
    assertThat(reader.groupNames()).containsExactly("base", "corrected", "model");
    Box all = Box.all(reader.shape());
    float[] corrected = reader.group("corrected").visibilities(all);
    float[] model = reader.group("model").visibilities(all);
    short[] flags = reader.group("corrected").flagBits(all);
    for (int i = 0; i < corrected.length; i++) {
      assertThat(corrected[i]).isCloseTo(model[i], within(1e-4f));
      assertThat(flags[i / 2]).isZero();
    }
    assertThat(CommandRun.of("verify", alone.set()).exit()).isZero();
    assertThat(alone.attempt("resume", alone.set()).err()).contains("unchanged");
    picturesAreDrawn(alone, out);
    leave(Path.of(alone.warehouse()));
    zarritaReads(alone.set(), reader.group("corrected"));
  }

  /** Of the tables that calibrate wrote, and of the flags that apply did. */
  private static void picturesAreDrawn(Simulated of, String solutions) throws IOException {
    Path plots = folder.resolve("plots");
    of.run("plot", "gains", solutions, "--out", plots + "/");
    of.run("plot", "flags", of.set(), "--data-group", "corrected", "--out", plots + "/");
    List<String> drawn = new ArrayList<>();
    try (Stream<Path> files = Files.list(plots)) {
      for (Path file : files.toList()) {
        BufferedImage picture = ImageIO.read(file.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y += 2) {
          for (int x = 0; x < picture.getWidth(); x += 2) {
            colours.add(picture.getRGB(x, y));
          }
        }
        assertThat(colours).as(file.toString()).hasSizeGreaterThan(2);
        drawn.add(file.getFileName().toString().replaceFirst(".*-([KBG]_)", "$1"));
      }
    }
    assertThat(drawn)
        .contains(
            "K_0-delay.png",
            "B_1-amplitude.png",
            "B_1-phase.png",
            "G_2-amplitude.png",
            "G_2-phase.png")
        .anyMatch(name -> name.contains("flags"));
  }

  /** Leaves the tables for the tests of the service, which read what this wrote. */
  private static void leave(Path warehouse) throws IOException {
    Path target = Path.of("target/calibrated");
    if (Files.exists(target)) {
      try (Stream<Path> old = Files.walk(target)) {
        for (Path p : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(p);
        }
      }
    }
    try (Stream<Path> all = Files.walk(warehouse)) {
      for (Path from : all.toList()) {
        Path to = target.resolve(warehouse.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          Files.copy(from, to);
        }
      }
    }
  }

  /** The gains of delays turn phases by radians; with them what is left is rounding. */
  private static void agreementIsMeasured(Simulated of) throws IOException {
    Map<String, Double> all = new HashMap<>();
    Map<String, Double> antennas = new HashMap<>();
    SolutionTables.open(of.warehouse(), SolutionTables.CALIBRATION_QA, Map.of())
        .read(
            List.of("term", "antenna", "metric", "value"),
            row -> {
              if (row[0] == null) {
                String metric = (String) row[2];
                if (row[1] == null) {
                  all.put(metric, (Double) row[3]);
                } else {
                  antennas.merge(metric, (Double) row[3], Math::max);
                }
              }
            });
    int pairs = Simulated.ANTENNAS * (Simulated.ANTENNAS - 1) / 2;
    assertThat(all.get("samples_checked"))
        .isEqualTo(2.0 * pairs * Simulated.TIMES * Simulated.CHANNELS);
    assertThat(all.get("residual_before")).isGreaterThan(0.1);
    assertThat(all.get("residual_after")).isLessThan(1e-5);
    assertThat(all.get("chi2_after")).isLessThan(1e-6 * all.get("chi2_before"));
    assertThat(all.get("phase_before")).isGreaterThan(0.1);
    assertThat(all.get("phase_after")).isLessThan(1e-5);
    assertThat(antennas.get("phase_before")).isGreaterThan(all.get("phase_before"));
    assertThat(antennas.get("phase_after")).isLessThan(1e-5);
    assertThat(all.get("closure_after")).isLessThan(1e-5);
    assertThat(all.get("attempts")).isEqualTo(1);
  }

  /** Another reader finds what was added, by the processing set's root. */
  private static void zarritaReads(String set, Msv4Reader corrected) throws Exception {
    assumeTrue(
        Files.isDirectory(NODE.resolve("node_modules")), "MISSING PROGRAM: zarrita (npm ci)");
    Path out = folder.resolve("read");
    for (String array : List.of("FLAG_CORRECTED", "WEIGHT_CORRECTED")) {
      String path = corrected.name() + "/" + array;
      OutsideProgram.run(
          "node", NODE.resolve("read_arrays.mjs").toString(), set, out.toString(), path);
      byte[] ours = corrected.array(array).read(Box.all(corrected.shape())).bytes();
      assertThat(Files.readAllBytes(out.resolve(path.replace('/', '.')))).isEqualTo(ours);
    }
  }

  @Test
  void sparkGivesWhatAPlainLoopGivesHoweverTheWorkIsCut() throws IOException {
    String out = folder + "/spark.cal.zarr";
    steady.run(
        "calibrate", steady.set(), out, "--model", MODEL, "--solve", "K:inf,B:inf:4ch,G:30s,G:inf");
    CalibrateParameters elsewhere = into(parameters(out), folder + "/loop.cal.zarr");
    CalibratePlanner.Planned planned = new CalibratePlanner(elsewhere, Map.of(), null).plan();
    assertThat(planned.product().chunks().waves()).hasSize(9);
    inLoop(elsewhere, planned);
    Map<String, String> loop = StoreContent.of(elsewhere.output());
    Map<String, String> spark = StoreContent.of(out);
    // The roots tell each its own id.
    loop.remove("zarr.json");
    spark.remove("zarr.json");
    assertThat(loop).isEqualTo(spark).hasSizeGreaterThan(40);

    // Sums of gains of the whole band add up in another order, so of these the last digits differ.
    CalibrateParameters again = into(parameters(out), folder + "/pieces.cal.zarr");
    CalibratePlanner.Planned cut = new CalibratePlanner(again, Map.of(), null, 1).plan();
    assertThat(cut.product().chunks().waves().get(0)).hasSizeGreaterThan(3);
    inLoop(again, cut);
    Map<String, String> pieces = StoreContent.of(again.output());
    for (Map<String, String> content : List.of(pieces, spark)) {
      content.keySet().removeIf(k -> !k.contains("/K_0/") && !k.contains("/B_1/"));
    }
    assertThat(pieces).isEqualTo(spark).hasSizeGreaterThan(20);
  }

  private static void inLoop(CalibrateParameters asked, CalibratePlanner.Planned planned)
      throws IOException {
    RunReport report =
        ChunkJob.inLoop(Map.of())
            .run(
                CalibrateJob.request(asked, planned, RunRequest.Existing.REFUSE, null),
                new CalibrateKernel(),
                Progress.NONE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
  }

  @Test
  void sumsOfDelaysAreBounded() {
    assertThat(SolvedSet.delayChannels(12, 78, 2, 32)).isEqualTo(1);
    assertThat(SolvedSet.delayChannels(110, 6105, 2, 768)).isEqualTo(1);
    // 8256 baselines, 40 bytes each, two receptors: 813 channels' sums fit.
    assertThat(SolvedSet.delayChannels(128, 8256, 2, 1024)).isEqualTo(2);
    assertThat(SolvedSet.delayChannels(2000, 2_001_000, 2, 4096)).isEqualTo(1366);
    assertThat(SolvedSet.delayChannels(40_000, 800_020_000, 2, 4096)).isEqualTo(2048);
  }

  @Test
  void theCalibratorInTheBeamIsTheModel() throws IOException {
    Simulated alone = drifting.withOwnTables();
    IcrsDirection at = PhaseTrack.of(alone.reader()).middle();
    String place =
        String.format(
            Locale.ROOT,
            "%.12fdeg,%.12fdeg",
            Math.toDegrees(at.raRad()),
            Math.toDegrees(at.decRad()));
    // There is a brighter one, which the beam lets through less.
    alone.run(
        "calibrator",
        "add",
        "mine",
        "--ra",
        place.split(",")[0],
        "--dec",
        place.split(",")[1],
        "--flux",
        "25");
    alone.run(
        "calibrator",
        "add",
        "aside",
        "--ra",
        place.split(",")[0],
        "--dec",
        String.format(Locale.ROOT, "%.6fdeg", Math.toDegrees(at.decRad()) - 1.9),
        "--flux",
        "40");
    String out = folder + "/found.cal.zarr";
    CommandRun run =
        alone.run("calibrate", alone.set(), out, "--solve", "G:int:1ch", "--radius", "3deg");
    assertThat(run.err()).contains("model calibrator:mine");
    SolutionSet set = solutions(out);
    TermArrays arrays = term(set, 0);
    assertThat(set.attributes(set.measurementSets().get(0)).path("model").asText())
        .isEqualTo("calibrator:mine");
    GainTable gains = set.gains(arrays);
    String refant = set.attributes(arrays.path()).path("refant").asText();
    assertThat(error(gains, drifting.truth(), gains.antennas().indexOf(refant))).isLessThan(1e-6);
    // Without a beam it is the brighter one; and there may be none.
    CommandRun bright =
        alone.attempt(
            "calibrate", alone.set(), out, "--dry-run", "--beam", "none", "--radius", "3deg");
    assertThat(bright.exit()).isZero();
    CommandRun named =
        alone.attempt("model", alone.set(), "--model", "calibrator:3c286", "--dry-run");
    assertThat(named.exit()).isEqualTo(2);
    assertThat(named.err()).contains("no calibrator is in the beam", "3C286");
    CommandRun none =
        drifting.attempt("calibrate", drifting.set(), out, "--radius", "0.001deg", "--overwrite");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no calibrator is in the beam: of 5 the nearest");
  }

  @Test
  void robustGainsOfCleanDataAreTheSame() throws IOException {
    String out = folder + "/robust.cal.zarr";
    drifting.run(
        "calibrate", drifting.set(), out, "--model", MODEL, "--solve", "G:int:1ch", "--robust");
    SolutionSet set = solutions(out);
    GainTable gains = set.gains(term(set, 0));
    String refant = set.attributes(term(set, 0).path()).path("refant").asText();
    int reference = gains.antennas().indexOf(refant);
    assertThat(error(gains, drifting.truth(), reference)).isLessThan(1e-5);
  }

  @Test
  void fullMatricesNeedAllCorrelations() throws IOException {
    CommandRun two =
        drifting.attempt("calibrate", drifting.set(), "--model", MODEL, "--full-jones");
    assertThat(two.exit()).isEqualTo(2);
    assertThat(two.err()).contains("all four correlations");
    Simulated four =
        new Simulated(folder, "four").make("--gain-errors", "--polarizations", "XX,XY,YX,YY");
    four.run("calibrate", four.set(), "--model", MODEL, "--solve", "G:inf", "--full-jones");
    SolutionSet set = solutions(folder + "/four.cal.zarr");
    GainTable gains = set.gains(term(set, 0));
    assertThat(gains.isFull()).isTrue();
    four.run("apply", four.set(), "--from", folder + "/four.cal.zarr");
    four.run("model", four.set(), "--model", MODEL);
    Msv4Reader reader = four.reader();
    Box all = Box.all(reader.shape());
    float[] corrected = reader.group("corrected").visibilities(all);
    float[] model = reader.group("model").visibilities(all);
    for (int i = 0; i < corrected.length; i++) {
      assertThat(corrected[i]).isCloseTo(model[i], within(1e-4f));
    }
  }

  @Test
  void badQuestionsAreAnswered() {
    expect(2, "no such antenna", "--model", MODEL, "--refant", "nobody");
    expect(2, "longer than the data", "--model", MODEL, "--solve", "G:1h");
    expect(2, "no flux", "--model", "point:0");
    expect(
        2,
        "no calibrator is in the beam",
        "--model",
        MODEL,
        "--beam",
        "airy:4.7",
        "--center",
        "0deg,-60deg");
    expect(4, "there is no solution", "--model", MODEL, "--min-snr", "1e12");
    expect(2, "there is no term", "--model", MODEL, "--solve", "X:inf");
  }

  private void expect(int exit, String reason, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "calibrate",
                drifting.set(),
                folder + "/bad.cal.zarr",
                "--overwrite",
                "--no-retry"));
    words.addAll(List.of(options));
    CommandRun run = drifting.attempt(words.toArray(String[]::new));
    assertThat(run.err()).contains(reason);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
  }
}
