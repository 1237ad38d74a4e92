package org.cornerturn.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.simulate.VisibilitySimulator;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateUvh5Test {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STAMP = "2022-06-01T00:00:00";
  private static final List<String> SMALL =
      List.of("--antennas", "6", "--integrations", "5", "--channels", "32", "--dec", "55deg");
  private static final List<String> OFF_CENTRE =
      List.of("--flux-jy", "3", "--source-offset", "20arcmin,-12arcmin", "--beam", "none");

  @TempDir private Path folder;

  private CommandRun run(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse"));
    all.add(folder.resolve("warehouse").toString());
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun simulate(String output, List<String> sky, String... options) {
    List<String> all = new ArrayList<>(List.of("simulate", "uvh5", output));
    all.addAll(SMALL);
    all.addAll(sky);
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private String at(String name) {
    return folder + "/" + name;
  }

  private static JsonNode truth(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  private static JsonNode look(Path file, JsonNode truth, Path... tracked) throws Exception {
    JsonNode source = truth.at("/sources/0");
    List<String> words = new ArrayList<>(List.of(file.toString()));
    for (JsonNode degrees :
        List.of(
            truth.at("/phase_reference/ra_deg"),
            truth.at("/phase_reference/dec_deg"),
            source.path("ra_deg"),
            source.path("dec_deg"))) {
      words.add(Double.toString(Math.toRadians(degrees.asDouble())));
    }
    words.add(source.path("flux_jy").asText());
    for (Path t : tracked) {
      words.add(t.toString());
    }
    return JSON.readTree(
        OutsideProgram.python("h5py", "read_simulated_uvh5.py", words.toArray(String[]::new)));
  }

  @Test
  void subbandsAreAsTheCorrelatorWritesThem() throws Exception {
    CommandRun made = simulate(at("night/"), OFF_CENTRE);
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(simulate(at("field.uvh5"), OFF_CENTRE).exit()).isZero();
    Path night = folder.resolve("night");
    JsonNode truth = truth(night.resolve(STAMP + ".truth.json"));
    assertThat(truth.path("files")).hasSize(16);
    for (int k = 0; k < 16; k += 5) {
      Path file = night.resolve(String.format("%s_sb%02d.hdf5", STAMP, k));
      JsonNode seen = look(file, truth, folder.resolve("field.uvh5"));
      assertThat(seen.path("shape").toString()).isEqualTo("[105,1,2,2]");
      assertThat(seen.path("dtype").asText()).isEqualTo("complex64");
      assertThat(seen.path("uvw_dtype").asText()).isEqualTo("float32");
      assertThat(seen.path("flags").toString()).isEqualTo("[\"bool\",\"lzf\",0]");
      assertThat(seen.path("nsamples").path(1).asInt()).isEqualTo(420);
      assertThat(seen.path("times").asInt()).isEqualTo(5);
      assertThat(seen.path("ant_1").toString()).isEqualTo("[0,0,0]");
      assertThat(seen.path("ant_2").toString()).isEqualTo("[0,19,38]");
      assertThat(seen.path("names").toString()).isEqualTo("[\"1\",\"20\"]");
      assertThat(seen.path("header").toString())
          .contains("phase_type")
          .doesNotContain("lst_array", "vis_units", "version");
      // Width 187.5 MHz / 32; sb00 ends at the top, downwards.
      double width = 5859375;
      double top = 1498.75e6 - 2 * k * width;
      assertThat(seen.at("/freq/0").asDouble()).isCloseTo(top - width / 2, within(1e-3));
      assertThat(seen.at("/freq/1").asDouble()).isCloseTo(top - 1.5 * width, within(1e-3));
      // Phased to the field, the source has the phase of its place; uvw are float32.
      assertThat(seen.path("error").asDouble()).isLessThan(3e-3);
    }
  }

  @Test
  void aTrackedFileHasThePhasesOfThePlace() throws Exception {
    CommandRun made = simulate(at("field.uvh5"), OFF_CENTRE);
    assertThat(made.exit()).as(made.err()).isZero();
    JsonNode seen =
        look(folder.resolve("field.uvh5"), truth(folder.resolve("field.uvh5.truth.json")));
    assertThat(seen.path("shape").toString()).isEqualTo("[105,32,2]");
    assertThat(seen.path("uvw_dtype").asText()).isEqualTo("float64");
    assertThat(seen.path("header").toString()).contains("phase_center_catalog", "lst_array");
    assertThat(seen.path("names").toString()).isEqualTo("[\"DSA-001\",\"DSA-020\"]");
    assertThat(seen.at("/freq/0").asDouble()).isLessThan(seen.at("/freq/1").asDouble());
    assertThat(seen.path("error").asDouble()).isLessThan(1e-5);
  }

  private Uvh5Parameters parameters(String output) throws IOException {
    // What the command plans is what its product holds.
    Path state = Path.of(output + "._cornerturn", "product.json");
    return Uvh5Parameters.of((ObjectNode) JSON.readTree(state.toFile()).path("parameters"));
  }

  private static RunRequest<Uvh5Task> request(Uvh5Parameters p, long partBytes) {
    return new RunRequest<>(
        Uvh5Job.VERB,
        List.of(),
        p.toJson(),
        p.root(),
        List.of(Uvh5Job.product(p, partBytes)),
        List.of(),
        Existing.REFUSE,
        OnUnsupported.SKIP,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "shuffle+gzip"})
  void sparkAndTheLoopMakeTheSameBytesOfAnyParts(String filter) throws IOException {
    String spark = at("spark/field.uvh5");
    List<String> options =
        List.of(
            "--random-sources 3 --noise --gain-errors --rfi --antennas 20 --integrations 40"
                .split(" "));
    List<String> words = new ArrayList<>(List.of("simulate", "uvh5", spark));
    words.addAll(options);
    words.addAll(List.of("--channels", "48", "--filter", filter));
    CommandRun made = run(words.toArray(String[]::new));
    assertThat(made.exit()).as(made.err()).isZero();
    Uvh5Parameters p = parameters(spark);
    assertThat(p.grid().count()).isEqualTo(7);
    for (long partBytes : new long[] {1, 3 << 20}) {
      Path loop = folder.resolve("loop" + partBytes).resolve("field.uvh5");
      Uvh5Parameters q =
          new Uvh5Parameters(
              loop.toString(),
              p.stamp(),
              p.observation(),
              0,
              p.descending(),
              false,
              List.of(),
              List.of(),
              filter,
              4);
      RunRequest<Uvh5Task> request = request(q, partBytes);
      assertThat(request.products().get(0).chunks().tasks()).hasSize(2 + (partBytes == 1 ? 7 : 3));
      RunReport report = ChunkJob.inLoop(Map.of()).run(request, new Uvh5Kernel(), Progress.NONE);
      assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
      for (String file :
          List.of("field.uvh5", "field.uvh5.truth.json", "field.uvh5.truth.arrays")) {
        assertThat(loop.resolveSibling(file))
            .hasSameBinaryContentAs(Path.of(spark).resolveSibling(file));
      }
    }
  }

  @Test
  void fileHoldsWhatTheKernelMakesAndTheTruthItsGainsAndMask() throws IOException {
    List<String> rich =
        List.of("--noise", "--gain-errors", "--rfi", "--polarizations", "XX,XY,YX,YY");
    String output = at("field.uvh5");
    CommandRun made = simulate(output, rich);
    assertThat(made.exit()).as(made.err()).isZero();
    Uvh5Parameters p = parameters(output);
    float[] data = array(Path.of(output), "/Data/visdata").floats();
    VisibilitySimulator simulator = new VisibilitySimulator(p.observation(), p.channels(0));
    float[] row = new float[simulator.rowLength()];
    for (int t = 4; t >= 0; t--) {
      simulator.integration(t);
      for (int b = 0; b < simulator.baselines(); b++) {
        simulator.row(b, row, 0);
        int first = (t * simulator.baselines() + b) * row.length;
        for (int i = 0; i < row.length; i++) {
          assertThat(data[first + i]).isEqualTo(row[i]);
        }
      }
    }
    Path truth = Path.of(output + ".truth.arrays");
    byte[] mask = array(truth, "/rfi_mask").bytes();
    for (int t = 0; t < 5; t++) {
      boolean[] bad = p.observation().interference().mask(1, t, 32);
      for (int c = 0; c < 32; c++) {
        assertThat(mask[t * 32 + c] == 1).isEqualTo(bad[c]);
      }
    }
    float[] bandpass = array(truth, "/bandpass").floats();
    assertThat(bandpass).hasSize(6 * 32 * 2 * 2);
    assertThat((double) bandpass[4])
        .isCloseTo(p.observation().gains().bandpass(0, 0, 1)[0], within(1e-6));
  }

  private static Block array(Path file, String path) throws IOException {
    try (ObjectStore store = new LocalStore(file.getParent());
        Hdf5File hdf5 = Hdf5File.open(store.open(file.getFileName().toString()));
        ObjectChannel raw = store.open(file.getFileName().toString())) {
      Hdf5Dataset d = hdf5.dataset(path);
      return new DatasetReader(d.source(), d.manifest(), raw).read(Box.all(d.shape()));
    }
  }

  @Test
  void damagedSetsAreMadeOnDemand() throws Exception {
    CommandRun made =
        simulate(
            at("night/"),
            List.of("--drop-subbands", "3,7", "--placeholder-subbands", "5"),
            "--shuffle-subbands");
    assertThat(made.exit()).as(made.err()).isZero();
    Path night = folder.resolve("night");
    JsonNode truth = truth(night.resolve(STAMP + ".truth.json"));
    assertThat(truth.path("files")).hasSize(14);
    assertThat(truth.path("missing_subbands").toString()).isEqualTo("[3,7]");
    assertThat(night.resolve(STAMP + "_sb03.hdf5")).doesNotExist();
    assertThat(night.resolve(STAMP + "_sb04.hdf5")).exists();
    Path placeholder = night.resolve(STAMP + "_sb05.hdf5");
    assertThat(array(placeholder, "/Data/visdata").floats()).containsOnly(0);
    assertThat(array(placeholder, "/Data/flags").bytes()).containsOnly(1);
    assertThat(array(placeholder, "/Data/nsamples").floats()).containsOnly(0);
    JsonNode seen = look(placeholder, truth);
    assertThat(seen.path("placeholder").asInt()).isEqualTo(1);
    // Another cut of the same night leaves none of the old files behind.
    CommandRun again = simulate(at("night/"), List.of("--subbands", "2"), "--overwrite");
    assertThat(again.exit()).as(again.err()).isZero();
    try (Stream<Path> files = Files.list(night)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.contains("_sb")))
          .containsExactlyInAnyOrder(STAMP + "_sb00.hdf5", STAMP + "_sb01.hdf5");
    }
    String product = night.resolve(STAMP + ".truth.json").toString();
    assertThat(run("verify", product).exit()).isZero();
    Files.delete(night.resolve(STAMP + "_sb01.hdf5"));
    assertThat(run("verify", product).exit()).isEqualTo(3);
  }

  /** The kernel, on a disk that is full after two files. */
  private record FullAfterTwo() implements Kernel<Uvh5Task> {
    @Override
    public Outcome run(Uvh5Task task, TaskStores stores) throws IOException {
      if (!task.id().matches(".*_sb0[01].hdf5")) {
        throw new IOException("No space left on device");
      }
      return new Uvh5Kernel().run(task, stores);
    }
  }

  @Test
  void theResumeCommandFinishesIt() throws IOException {
    assertThat(simulate(at("whole/"), OFF_CENTRE).exit()).isZero();
    Uvh5Parameters p = parameters(at("whole/" + STAMP + ".truth.json"));
    Uvh5Parameters q =
        new Uvh5Parameters(
            at("stopped"),
            p.stamp(),
            p.observation(),
            p.subbands(),
            p.descending(),
            false,
            List.of(),
            List.of(),
            "none",
            4);
    RunReport stopped =
        ChunkJob.inLoop(Map.of())
            .run(Uvh5Job.request(q, Existing.REFUSE, null), new FullAfterTwo(), Progress.NONE);
    assertThat(stopped.exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    CommandRun resumed = run("resume", at("stopped/" + STAMP + ".truth.json"));
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("complete, 17 of 17 tasks (2 before)");
    for (int k = 0; k < 16; k++) {
      String name = String.format("%s_sb%02d.hdf5", STAMP, k);
      assertThat(folder.resolve("stopped").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
    }
  }

  @Test
  void leavesOthersFilesAlone() throws IOException {
    Path night = Files.createDirectories(folder.resolve("night"));
    Path others = Files.writeString(night.resolve(STAMP + "_sb09.hdf5"), "somebody's");
    CommandRun refused = simulate(night + "/", OFF_CENTRE, "--overwrite");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("_sb09.hdf5");
    assertThat(others).hasContent("somebody's");
  }

  @Test
  void catalogsGoInAndOut() throws IOException {
    Path csv = folder.resolve("sources.csv");
    CommandRun made =
        simulate(
            at("a.uvh5"), List.of("--random-sources", "12"), "--write-catalog", csv.toString());
    assertThat(made.exit()).as(made.err()).isZero();
    JsonNode first = truth(folder.resolve("a.uvh5.truth.json")).path("sources");
    assertThat(first).hasSize(12);
    assertThat(
            simulate(at("b.uvh5"), List.of("--catalog", csv.toString()), "--max-sources", "5")
                .exit())
        .isZero();
    JsonNode brightest = truth(folder.resolve("b.uvh5.truth.json")).path("sources");
    assertThat(brightest).hasSize(5);
    double most = 0;
    for (JsonNode s : first) {
      most = Math.max(most, s.path("flux_jy").asDouble());
    }
    assertThat(brightest.path(0).path("flux_jy").asDouble()).isCloseTo(most, within(1e-8));

    Path yaml = folder.resolve("sky.yaml");
    Files.writeString(
        yaml,
        "- {name: flare, ra_deg: 10, dec_deg: 55, flux_jy: 2, light_curve: [[0, 1], [60, 3]]}\n"
            + "- {ra_deg: 11, dec_deg: 55.5, flux_jy: 1, shape: gaussian, major_arcsec: 30}\n");
    assertThat(simulate(at("c.uvh5"), List.of("--catalog", yaml.toString())).exit()).isZero();
    JsonNode sky = truth(folder.resolve("c.uvh5.truth.json")).path("sources");
    assertThat(sky.at("/0/light_curve").toString()).isEqualTo("[[0.0,1.0],[60.0,3.0]]");
    assertThat(sky.at("/1/minor_arcsec").asDouble()).isCloseTo(30, within(1e-9));
    CommandRun empty =
        simulate(
            at("d.uvh5"), List.of("--catalog", yaml.toString(), "--region", "100deg,0deg,1deg"));
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err()).contains("none of its 2 sources");
  }

  @Test
  void aTemplateLendsItsArrayAndAxes() throws IOException {
    assertThat(simulate(at("night/"), OFF_CENTRE, "--start-time", "2021-03-04T05:06:07.25").exit())
        .isZero();
    String subband = at("night/2021-03-04T05:06:07_sb00.hdf5");
    CommandRun made = run("simulate", "uvh5", at("copy.uvh5"), "--template", subband);
    assertThat(made.exit()).as(made.err()).isZero();
    Uvh5Parameters p = parameters(at("copy.uvh5"));
    assertThat(p.observation().antennas()).hasSize(6);
    assertThat(p.observation().antennas().get(1).number()).isEqualTo(20);
    assertThat(p.observation().band().channels()).isEqualTo(2);
    assertThat(p.observation().band().lowestEdgeHz())
        .isCloseTo(1498.75e6 - 2 * 5859375, within(1e-3));
    assertThat(p.observation().integrations()).isEqualTo(5);
    assertThat(p.stamp()).isEqualTo("2021-03-04T05:06:07");
    assertThat(array(folder.resolve("copy.uvh5"), "/Header/time_array").doubles()[0])
        .isCloseTo(array(Path.of(subband), "/Header/time_array").doubles()[0], within(1e-9));
  }

  @Test
  void aFieldIsObservedAtItsTransit() throws IOException {
    CommandRun made = simulate(at("night/"), List.of("--ra", "128.7288deg"));
    assertThat(made.exit()).as(made.err()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("night"))) {
      Path json = files.filter(f -> f.toString().endsWith(".truth.json")).findFirst().orElseThrow();
      JsonNode truth = truth(json);
      assertThat(truth.at("/phase_reference/ra_deg").asDouble()).isCloseTo(128.7288, within(1e-9));
      Uvh5Parameters p = parameters(json.toString());
      double angle =
          LocalSky.over(p.observation().telescope().location(), p.observation().middle())
              .place(p.observation().centre())
              .hourAngleRad();
      assertThat(angle).isCloseTo(0, within(1e-8));
    }
  }

  @Test
  void withoutEarthOrientationThereIsAWarning() {
    CommandRun made =
        simulate(at("future.uvh5"), OFF_CENTRE, "--start-time", "2031-01-01T00:00:00");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.err()).contains("UT1 is taken as UTC");
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    CommandRun plan =
        run(
            "simulate",
            "uvh5",
            at("night/"),
            "--antennas",
            "96",
            "--integrations",
            "52",
            "--dry-run");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("[242112, 1, 48, 2]").contains("16");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n/ --subbands 7 | aren't cut into so many equal parts",
        "n/ --drop-subbands 16 | counted from 0 to 15",
        "x.uvh5 --drop-subbands 1 | one file has no sub-bands",
        "x.uvh5 --antennas 200 | has 116",
        "x.uvh5 --polarizations I | correlators make",
        "x.uvh5 --duration 1s | no integration",
        "x.uvh5 --start-time yesterday | it is no time",
        "x.uvh5 --instrument nowhere.yaml | there is no such file",
        "x.uvh5 --filter zip | no filter is named 'zip'",
        "x.uvh5 --noise --sefd 5 --system-temperature 30 | both tell the noise",
        "x.uvh5 --dec 91deg | beyond a pole",
        "x.zarr | simulate writes UVH5"
      })
  void mistakesAreToldInOneLine(String options, String words) {
    List<String> all = new ArrayList<>(List.of("simulate", "uvh5"));
    all.addAll(List.of(options.strip().split(" ")));
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(words.strip());
  }
}
