package org.cornerturn.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night of two observations and a broken file, asked for again and again. */
class NightCommandTest {
  private static final String FIRST = "2022-06-01T000000";
  private static final String SECOND = "2022-06-01T000500";

  @TempDir private Path folder;

  private CommandRun cornerturn(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
    all.addAll(List.of(words));
    all.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun night(int exit, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("night", folder.resolve("n.yaml").toString()));
    words.addAll(List.of(options));
    CommandRun run = cornerturn(words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    return run;
  }

  private void simulate(String start, String catalog) {
    CommandRun run =
        cornerturn(
            "simulate",
            "uvh5",
            folder.resolve("in").toString() + "/",
            "--start-time",
            start,
            "--antennas",
            "8",
            "--integrations",
            "4",
            "--channels",
            "8",
            "--subbands",
            "4",
            "--noise",
            "--write-catalog",
            folder.resolve(catalog).toString());
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private void config(String calibrate, String image) throws IOException {
    Files.writeString(
        folder.resolve("n.yaml"),
        """
        name: test
        input: %1$s/in
        output: %1$s/out
        date: 2022-06-01
        retries: 0
        subbands: 4
        min_free: 1MB
        stages:
          flag: {strategy: gentle}
          calibrate: {%2$s}
          image: {%3$s}
          find-sources: off
          photometry: off
          associate: off
          variability: off
        """
            .formatted(folder, calibrate, image));
  }

  private DeltaTable table() throws IOException {
    return new DeltaTable(
        new LocalStore(folder.resolve("warehouse/night_stages")), NightLedger.TABLE);
  }

  /** Stage and unit to state and turn, of the last turn. */
  private TreeMap<String, String> states() throws IOException {
    TreeMap<String, String> states = new TreeMap<>();
    TreeMap<String, Long> turns = new TreeMap<>();
    table()
        .read(
            List.of("stage", "unit", "state", "turn"),
            v -> {
              String key = v[0] + (v[1] == null ? "" : " " + v[1]);
              if (turns.merge(key, (Long) v[3], Math::max).equals(v[3])) {
                states.put(key, v[2] + " " + v[3]);
              }
            });
    return states;
  }

  @Test
  void eachStageIsDoneOnceAndWhatChangesIsDoneAgain() throws IOException {
    simulate("2022-06-01T00:00:00", "sources.csv");
    simulate("2022-06-01T00:05:00", "later.csv");
    Files.writeString(folder.resolve("in/2022-06-01T00:30:00_sb00.hdf5"), "no HDF5");
    String small = "size: 64, scale: 60asec, niter: 20, beam: none";
    config("solve: 'B:inf'", small);
    CommandRun planned = night(0, "--dry-run");
    assertThat(planned.out()).contains("9 files, of which 9 would be read");
    assertThat(folder.resolve("out")).doesNotExist();

    cornerturn("calibrator", "add", "far", "--ra", "10deg", "--dec", "-80deg", "--flux", "5");
    CommandRun blind = night(4, "--to", "apply");
    assertThat(blind.err()).contains("2022-06-01T00:30:00_sb00.hdf5", "no solutions in");
    assertThat(states())
        .containsEntry("index", "refused 1")
        .containsEntry("convert " + FIRST, "done 1")
        .containsEntry("flag " + SECOND, "done 1")
        .containsEntry("calibrate " + FIRST, "skipped 1")
        .containsEntry("apply " + SECOND, "refused 1")
        .doesNotContainKey("image " + FIRST);

    config("solve: 'B:inf', model: 'components:%s/sources.csv'".formatted(folder), small);
    night(4); // The broken file.
    assertThat(states())
        .containsEntry("flag " + FIRST, "done 1")
        .containsEntry("calibrate " + FIRST, "done 2")
        .containsEntry("apply " + FIRST, "done 2")
        .containsEntry("image " + SECOND, "done 1")
        .containsEntry("report", "done 1");
    String report = Files.readString(folder.resolve("out/reports/test.html"));
    assertThat(report).contains(FIRST, SECOND, "data:image/png;base64,", "_sb00.hdf5");

    long version = table().version();
    night(4);
    assertThat(table().version()).as("nothing is done twice").isEqualTo(version);

    // Another question of images asks nothing of what comes before. What is refused stays refused
    // until it is asked for again; another stage alone does nothing to it.
    config(
        "solve: 'B:inf', model: 'components:%s/sources.csv'".formatted(folder),
        "size: 64, scale: 60asec, weight: heavy");
    assertThat(night(4).err()).contains("image " + FIRST + " refused", "heavy");
    night(4);
    assertThat(states()).containsEntry("image " + FIRST, "refused 2");
    night(4, "--redrive", "--to", "flag");
    assertThat(states()).containsEntry("image " + FIRST, "refused 2");
    night(4, "--redrive");
    assertThat(states())
        .containsEntry("image " + FIRST, "refused 3")
        .containsEntry("apply " + FIRST, "done 2");
  }

  @Test
  void aNightWithoutObservationsIsAMistake() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/broken.h5"), "no HDF5");
    config("solve: 'B:inf'", "size: 64");
    assertThat(night(2).err()).contains("no observation begins on 2022-06-01 (UTC)");
    assertThat(night(2, "--from", "image", "--to", "flag").err())
        .contains("the first stage comes after the last");
    assertThat(night(2, "--from", "images").err()).contains("stage images", "find-sources");
  }
}
