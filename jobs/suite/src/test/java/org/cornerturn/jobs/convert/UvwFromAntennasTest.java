package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code convert --uvw-from-antennas}: uvw of the antennas' places instead of the file's. */
class UvwFromAntennasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORPUS = System.getenv("CORNERTURN_CORPUS");
  private static final String OPTION = "--uvw-from-antennas";
  private static final String COMPARE = "../../../../../common/core/src/test/python/h5_equal.py";

  @TempDir Path folder;

  private CommandRun run(Object... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse"));
    all.add(folder.resolve("warehouse").toString());
    for (Object w : words) {
      all.add(w.toString());
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String succeed(Object... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.err();
  }

  private static Msv4Reader set(Path store) throws IOException {
    ProcessingSet sets = ProcessingSet.open(Stores.open(store.toString(), Map.of()));
    assertThat(sets.names()).hasSize(1);
    return sets.measurementSet(sets.names().get(0));
  }

  private static double[] uvw(Path store) throws IOException {
    Msv4Reader set = set(store);
    return set.uvwMetres(0, set.shape().dim(0));
  }

  private static float[] visibilities(Path store) throws IOException {
    Msv4Reader set = set(store);
    return set.visibilities(Box.all(set.shape()));
  }

  private static JsonNode about(Path store) throws IOException {
    return set(store).attributes().path("uvh5");
  }

  private static double apart(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b).isNotEmpty();
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private void comesBack(Path set, Path file) throws Exception {
    Path back = folder.resolve("back").resolve(file.getFileName());
    succeed("export", "uvh5", set, back);
    assertThat(OutsideProgram.python("h5py", COMPARE, file.toString(), back.toString())).isEmpty();
  }

  private void isRefused(Path set) {
    Path back = folder.resolve("refused.uvh5");
    CommandRun run = run("export", "uvh5", set, back);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("to uvw of the antennas, so they aren't those of the files")
        .contains("without --uvw-from-antennas");
    assertThat(back).doesNotExist();
  }

  private static JsonNode judged(Path set, Path file, String truth, String section)
      throws Exception {
    String name = set.getFileName().toString().replace(".ps.zarr", "_0");
    String json = CORPUS + "/" + truth + ".truth.json";
    return JSON.readTree(
        OutsideProgram.python(
            "h5py", "check_uvw.py", set.toString(), name, file.toString(), json, section));
  }

  private static JsonNode truth(String truth, Path file) throws IOException {
    String json = Files.readString(Path.of(CORPUS, truth + ".truth.json"));
    return JSON.readTree(json.replace("NaN", "null"))
        .path("files")
        .path(file.getFileName().toString());
  }

  /** As pyuvdata computes them, in the file's own frame and phased to another direction. */
  @ParameterizedTest
  @CsvSource({
    "uvh5, uvh5/simulated_bda_file.uvh5, false",
    "uvh5, uvh5/zen.2456865.60537.xy.uvcRREAA.uvh5, false",
    "uvh5, uvh5/zen.2459861.baseline.0_4.sum.uvh5, false",
    "uvh5, uvh5/zen.2458661.23480.HH_oldproj_icrs.uvh5, true",
    "derived, derived/vla_tdem0003.uvh5, true",
    "derived, derived/hera_58116_304_phased.uvh5, false",
    "derived, dsa/s20.uvh5, false"
  })
  void filesOfTheCorpus(String truth, String name, boolean turned) throws Exception {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    Path file = Path.of(CORPUS, name);
    JsonNode expected = truth(truth, file);
    Path own = folder.resolve("own.ps.zarr");
    String said = succeed("convert", file, own, OPTION);
    JsonNode seen = judged(own, file, truth, "uvw_from_antenna_positions");
    assertThat(seen.path("uvw").asText()).isEqualTo("antennas");
    assertThat(seen.path("largest").asDouble())
        .isCloseTo(expected.at("/uvw_from_antenna_positions/max_diff_m").asDouble(), within(1e-3));
    assertThat(seen.path("rotated").asBoolean()).isEqualTo(turned);
    assertThat(said.contains("they are turned by the difference")).isEqualTo(turned);
    if (turned) {
      isRefused(own);
    } else {
      comesBack(own, file);
    }
    JsonNode phased = expected.path("phased");
    String direction =
        String.format(
            Locale.ROOT,
            "%.15fdeg,%.15fdeg",
            Math.toDegrees(phased.path("ra_rad").asDouble()),
            Math.toDegrees(phased.path("dec_rad").asDouble()));
    Path elsewhere = folder.resolve("elsewhere.ps.zarr");
    succeed("convert", file, elsewhere, OPTION, "--phase", direction);
    seen = judged(elsewhere, file, truth, "phased");
    assertThat(seen.path("rotated").asBoolean()).isTrue();
    isRefused(elsewhere);
  }

  @Test
  void uvwOfTheOtherSignAreRefused() throws IOException {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    Path store = folder.resolve("x.ps.zarr");
    CommandRun run = run("convert", CORPUS + "/derived/meerkat_tdish.uvh5", store, OPTION);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("/Header/uvw_array", "with the other sign", "Leave --uvw-from-antennas out");
    assertThat(store).doesNotExist();
  }

  private void simulate(String output, String... options) {
    List<Object> words = new ArrayList<>(List.of("simulate", "uvh5", folder.resolve(output)));
    words.addAll(
        List.of("--antennas 6 --integrations 5 --channels 32 --dec 55deg --flux-jy 3".split(" ")));
    words.addAll(List.of("--source-offset", "20arcmin,-12arcmin"));
    words.addAll(List.of(options));
    if (output.endsWith("/")) {
      words.set(2, folder.resolve(output) + "/");
    }
    succeed(words.toArray());
  }

  @Test
  void aSimulatedFileHasTheUvwOfItsAntennas() throws Exception {
    simulate("field.uvh5");
    Path file = folder.resolve("field.uvh5");
    Path kept = folder.resolve("kept.ps.zarr");
    Path computed = folder.resolve("computed.ps.zarr");
    succeed("convert", file, kept);
    assertThat(succeed("convert", file, computed, OPTION)).doesNotContain("turned");
    assertThat(apart(uvw(computed), uvw(kept))).isLessThan(1e-6);
    assertThat(visibilities(computed)).isEqualTo(visibilities(kept));
    assertThat(about(computed).path("uvw").asText()).isEqualTo("antennas");
    assertThat(about(computed).path("uvw_largest_difference").asDouble()).isBetween(0.0, 1e-6);
    assertThat(about(computed).path("earth_orientation").asText()).isNotEqualTo("unused");
    assertThat(about(kept).has("uvw")).isFalse();
    comesBack(computed, file);
    // It is another question, and resume knows which.
    assertThat(run("convert", file, computed).exit()).isEqualTo(2);
    assertThat(run("convert", file, computed, OPTION).err()).contains("unchanged");
    assertThat(run("resume", computed).err()).contains("unchanged");
  }

  @Test
  void wrongDelaysAreTakenBack() throws Exception {
    simulate("field.uvh5");
    Path file = folder.resolve("field.uvh5");
    Path right = folder.resolve("right.ps.zarr");
    succeed("convert", file, right);
    assertThat(OutsideProgram.python("h5py", "shift_uvw.py", file.toString(), "20", "0.75").strip())
        .isEqualTo("25");
    Path kept = folder.resolve("kept.ps.zarr");
    succeed("convert", file, kept);
    assertThat(apart(uvw(kept), uvw(right))).isCloseTo(0.75, within(1e-9));
    assertThat(worst(visibilities(kept), visibilities(right))).isGreaterThan(1);
    Path computed = folder.resolve("computed.ps.zarr");
    assertThat(succeed("convert", file, computed, OPTION, "--chunk-size", "1KiB"))
        .contains("uvw of the antennas aren't those that the file's visibilities were phased with");
    assertThat(apart(uvw(computed), uvw(right))).isLessThan(1e-6);
    assertThat(worst(visibilities(computed), visibilities(right))).isLessThan(1e-5);
    assertThat(about(computed).path("uvw_largest_difference").asDouble())
        .isCloseTo(0.75, within(1e-6));
    assertThat(about(computed).path("phases_rotated").asBoolean()).isTrue();
    isRefused(computed);
    // So the field comes out the same whether it is phased on the way or not.
    String elsewhere = "10deg,50deg";
    Path there = folder.resolve("there.ps.zarr");
    Path after = folder.resolve("after.ps.zarr");
    succeed("convert", file, there, OPTION, "--phase", elsewhere);
    simulate("again.uvh5");
    succeed("convert", folder.resolve("again.uvh5"), after, "--phase", elsewhere);
    assertThat(apart(uvw(there), uvw(after))).isLessThan(1e-6);
    assertThat(worst(visibilities(there), visibilities(after))).isLessThan(1e-5);
  }

  /** Largest difference, in parts of the source's flux. */
  private static double worst(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b).isNotEmpty();
    double most = 0;
    for (int i = 0; i < a.length; i += 2) {
      most = Math.max(most, Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1]));
    }
    return most / 3;
  }

  @Test
  void driftScansAreSharpenedToDoublePrecision() throws Exception {
    simulate("night/");
    Path night = folder.resolve("night");
    Path kept = folder.resolve("kept.ps.zarr");
    Path computed = folder.resolve("computed.ps.zarr");
    List<Path> bands;
    try (Stream<Path> all = Files.list(night)) {
      bands = all.filter(p -> p.toString().endsWith(".hdf5")).sorted().toList();
    }
    assertThat(bands).hasSize(16);
    for (Path store : List.of(kept, computed)) {
      List<Object> words = new ArrayList<>(List.of("convert"));
      words.addAll(bands);
      words.add(store);
      if (store == computed) {
        words.add(OPTION);
      }
      succeed(words.toArray());
    }
    double difference = apart(uvw(computed), uvw(kept));
    assertThat(difference).isBetween(1e-9, 3e-4);
    assertThat(about(computed).path("uvw_largest_difference").asDouble()).isBetween(1e-9, 2e-4);
    assertThat(visibilities(computed)).isEqualTo(visibilities(kept));
    assertThat(about(computed).path("phases_rotated").asBoolean()).isFalse();
    Path back = folder.resolve("back");
    succeed("export", "uvh5", computed, back + "/");
    List<String> pairs = new ArrayList<>();
    for (Path band : bands) {
      pairs.add(band.toString());
      pairs.add(back.resolve(band.getFileName()).toString());
    }
    assertThat(OutsideProgram.python("h5py", COMPARE, pairs.toArray(String[]::new))).isEmpty();
  }
}
