package org.cornerturn.jobs.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Data full of interference are flagged when they can't be solved with, and solved with again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetryTest {
  private static final int FIRST_BAD = 12;
  private static final int LAST_BAD = 13;
  private static final double LOUD_JY = 5e3;

  @TempDir private static Path folder;
  private static Simulated data;
  private static String out;

  @BeforeAll
  static void simulate() throws IOException {
    data = new Simulated(folder, "loud").make("--gain-errors", "--noise", "--sefd", "50000");
    out = folder + "/loud.cal.zarr";
    Msv4Reader reader = data.reader();
    Box all = Box.all(reader.shape());
    float[] v = reader.visibilities(all);
    Random random = new Random(6);
    int hands = 2;
    for (int i = 0; i < v.length / 2; i++) {
      int channel = i / hands % Simulated.CHANNELS;
      if (channel >= FIRST_BAD && channel <= LAST_BAD) {
        v[2 * i] += (float) (LOUD_JY * random.nextGaussian());
        v[2 * i + 1] += (float) (LOUD_JY * random.nextGaussian());
      }
    }
    ArrayMetadata m = reader.array("VISIBILITY").metadata();
    new ArrayWriter(
            new LocalStore(Path.of(data.set())),
            reader.name() + "/VISIBILITY",
            m,
            EmptyChunks.WRITE)
        .put(all, Block.toBytes(v));
  }

  private static CommandRun calibrate(String... more) {
    return calibrateInto(out, more);
  }

  private static CommandRun calibrateInto(String place, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("calibrate", data.set(), place, "--model", "point:25", "--solve", "G:inf"));
    words.addAll(List.of(more));
    return data.attempt(words.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void notWhenItIsNotWanted() throws IOException {
    String none = folder + "/none.cal.zarr";
    CommandRun run = calibrateInto(none, "--no-retry");
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("calibration failed", "there is no solution");
    CommandRun group = calibrateInto(none, "--data-group", "base", "--overwrite");
    assertThat(group.exit()).isEqualTo(4);
    assertThat(data.reader().groupNames()).containsExactly("base");
  }

  /** Weaker than any noise, however it is flagged. */
  private static void flagsThatDoNotHelpAreTakenBack() throws IOException {
    Set<String> before = objects();
    String weak = folder + "/weak.cal.zarr";
    CommandRun run = calibrateInto(weak, "--min-snr", "1e9");
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("calibration failed again", "its flags are those of before");
    assertThat(Path.of(weak, "zarr.json")).doesNotExist();
    assertThat(objects()).isEqualTo(before);
  }

  private static Set<String> objects() throws IOException {
    Set<String> keys = new TreeSet<>(StoreContent.of(data.set()).keySet());
    keys.removeIf(k -> k.contains("_cornerturn/"));
    return keys;
  }

  @Test
  @Order(2)
  void itIsFlaggedAndTriedAgain() throws IOException {
    flagsThatDoNotHelpAreTakenBack();
    assertThat(data.reader().groupNames()).containsExactly("base");
    // Flags that find nothing: the antenna that they name stays flagged.
    Path strategy = folder.resolve("mine.yaml");
    Files.writeString(strategy, "name: mine\nmasks: {autocorrelations: true}\n");
    String away = data.reader().antennaNames().get(7);
    data.run("flag", data.set(), "--strategy", strategy.toString(), "--antennas", away);
    DataGroup mine = data.reader().group("flagged").dataGroup();
    flagsThatDoNotHelpAreTakenBack();
    assertThat(data.reader().group("flagged").dataGroup()).isEqualTo(mine);
    CommandRun run = calibrate("--json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("calibration failed", "strategy aggressive");
    // One document: that of the last run, with the first attempt's and the flagging's.
    JsonNode told = new ObjectMapper().readTree(run.out());
    assertThat(told.path("exit").asInt()).isZero();
    assertThat(told.path("earlier")).hasSize(2);
    assertThat(told.at("/earlier/0/exit").asInt()).isEqualTo(4);
    SolutionSet set = SolutionSet.open(new LocalStore(Path.of(out)));
    assertThat(set.attributes().at("/retry/strategy").asText()).isEqualTo("aggressive");
    assertThat(set.attributes().at("/retry/because").asText()).contains("G_0");
    String ms = set.measurementSets().get(0);
    assertThat(set.attributes(ms).path("data_group").asText()).isEqualTo("flagged");
    GainTable gains = set.gains(set.terms(ms).get(0));
    for (int a = 0; a < Simulated.ANTENNAS; a++) {
      int i = gains.index(0, a, 0, 0);
      boolean named = gains.antennas().get(a).equals(away);
      assertThat(SolutionFlag.of(gains.flags()[i]))
          .isEqualTo(named ? SolutionFlag.NO_DATA : SolutionFlag.GOOD);
    }
    List<Object[]> attempts = new ArrayList<>();
    SolutionTables.open(data.warehouse(), SolutionTables.CALIBRATION_QA, Map.of())
        .read(
            List.of("metric", "value", "finding"),
            row -> {
              if (row[0].equals("attempts")) {
                attempts.add(row.clone());
              }
            });
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0)[1]).isEqualTo(2.0);
    assertThat((String) attempts.get(0)[2]).startsWith("warn: flagged with aggressive");
  }

  @Test
  @Order(3)
  void askedAgainNothingIsDone() throws IOException {
    Map<String, String> before = StoreContent.of(out);
    Map<String, String> data3 = StoreContent.of(data.set());
    CommandRun again = calibrate();
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err()).contains("unchanged").doesNotContain("failed");
    assertThat(StoreContent.of(out)).isEqualTo(before);
    assertThat(StoreContent.of(data.set())).isEqualTo(data3);
  }

  /** Where all that can be solved with is what looks like interference, it isn't lost. */
  @Test
  @Order(5)
  void whatWasFoundAtFirstIsKeptWhenFlaggingLeavesNothing() throws IOException {
    Simulated faint = new Simulated(folder, "faint").make("--noise", "--sefd", "5e9");
    Msv4Reader reader = faint.reader();
    Box all = Box.all(reader.shape());
    float[] v = reader.visibilities(all);
    float most = 0;
    for (float x : v) {
      most = Math.max(most, Math.abs(x));
    }
    for (int i = 0; i < v.length / 2; i++) {
      int channel = i / 2 % Simulated.CHANNELS;
      v[2 * i] += channel >= FIRST_BAD && channel <= LAST_BAD ? 100 * most : 0;
    }
    new ArrayWriter(
            new LocalStore(Path.of(faint.set())),
            reader.name() + "/VISIBILITY",
            reader.array("VISIBILITY").metadata(),
            EmptyChunks.WRITE)
        .put(all, Block.toBytes(v));
    String place = folder + "/faint.cal.zarr";
    CommandRun run =
        faint.attempt(
            "calibrate",
            faint.set(),
            place,
            "--model",
            "point:25",
            "--solve",
            "G:inf:1ch",
            "--min-snr",
            "50",
            "--json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("calibration failed", "made those of before");
    assertThat(new ObjectMapper().readTree(run.out()).path("earlier")).hasSize(3);
    assertThat(faint.reader().groupNames()).containsExactly("base");
    SolutionSet set = SolutionSet.open(new LocalStore(Path.of(place)));
    GainTable gains = set.gains(set.terms(set.measurementSets().get(0)).get(0));
    assertThat(gains.isGood(gains.index(0, 1, FIRST_BAD, 0))).isTrue();
    assertThat(gains.isGood(gains.index(0, 1, 0, 0))).isFalse();
  }

  @Test
  @Order(4)
  void itIsNotTriedForEver() {
    CommandRun already = calibrateInto(folder + "/weak.cal.zarr", "--min-snr", "1e9");
    assertThat(already.exit()).isEqualTo(4);
    assertThat(already.err()).contains("flagged with strategy aggressive already");
  }
}
