package org.cornerturn.jobs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.Recordings;
import org.cornerturn.jobs.Subbands;
import org.cornerturn.spark.JudgingSession;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCommandTest {
  @TempDir private Path folder;
  private Path lake;
  private Path warehouse;

  @BeforeEach
  void prepare() {
    lake = folder.resolve("lake");
    warehouse = folder.resolve("warehouse");
  }

  private CommandRun index(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("index", lake.toString(), "--warehouse", warehouse.toString(), "--json"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private DeltaTable table(TableDefinition of) {
    return new DeltaTable(new LocalStore(warehouse.resolve(of.name())), of);
  }

  /** Columns of a table's rows by file name, as text. */
  private Map<String, String> rows(TableDefinition of, String... columns) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    List<String> all = new ArrayList<>(List.of(IndexTables.KEY));
    all.addAll(List.of(columns));
    table(of)
        .read(
            all,
            v ->
                rows.merge(
                    Path.of((String) v[0]).getFileName().toString(),
                    Arrays.toString(Arrays.copyOfRange(v, 1, v.length)),
                    (a, b) -> a + "\n" + b));
    return rows;
  }

  private Map<String, String> places() throws IOException {
    return rows(IndexTables.UVH5, "group_id", "group_state", "state", "subband");
  }

  private long commits() throws IOException {
    long versions = 0;
    for (TableDefinition t : List.of(IndexTables.FILES, IndexTables.OBJECTS, IndexTables.UVH5)) {
      versions += table(t).version();
    }
    return versions;
  }

  @Test
  void listsWhatIsThereAndPassesOverWhatItKnows() throws IOException {
    Subbands.observation(lake, 0, 16);
    Files.createDirectories(lake.resolve("sub"));
    Recordings.tree(lake.resolve("sub/tree.h5"), 64);
    JsonNode first = json(index());
    assertThat(first.get("files").asInt()).isEqualTo(17);
    assertThat(first.get("added").asInt()).isEqualTo(17);
    assertThat(first.get("observations").asInt()).isEqualTo(1);
    assertThat(first.get("complete").asInt()).isEqualTo(1);
    assertThat(first.get("requests").asInt()).isBetween(17, 17 * 8);
    assertThat(places())
        .hasSize(16)
        .containsEntry(
            "2025-01-01T00:00:00_sb05.hdf5", "[2025-01-01T00:00:00, complete, member, 5]");
    assertThat(rows(IndexTables.FILES, "format", "state", "error"))
        .hasSize(17)
        .containsEntry("tree.h5", "[hdf5, indexed, null]");

    long commits = commits();
    JsonNode again = json(index());
    assertThat(again.get("unchanged").asInt()).isEqualTo(17);
    assertThat(again.get("requests").asInt()).isZero();
    assertThat(commits()).as("nothing new, nothing committed").isEqualTo(commits);
    assertThat(json(index("--again")).get("changed").asInt()).isEqualTo(17);
    assertThat(places()).hasSize(16);
  }

  @Test
  void changedFilesAreReplacedAndVanishedOnesMarked() throws IOException {
    Subbands.observation(lake, 0, 16);
    Path tree = Recordings.tree(lake.resolve("tree.h5"), 64);
    assertThat(index().exit()).isZero();
    String before = rows(IndexTables.OBJECTS, "path").get("tree.h5");
    Recordings.waveform(tree, 1, 1, 1, 1000);
    Files.delete(lake.resolve("2025-01-01T00:00:00_sb07.hdf5"));
    JsonNode dry = json(index("--dry-run"));
    assertThat(dry.get("changed").asInt()).isEqualTo(1);
    assertThat(dry.get("vanished").asInt()).isEqualTo(1);
    assertThat(rows(IndexTables.OBJECTS, "path").get("tree.h5")).isEqualTo(before);

    JsonNode report = json(index());
    assertThat(report.get("changed").asInt()).isEqualTo(1);
    assertThat(report.get("vanished").asInt()).isEqualTo(1);
    assertThat(rows(IndexTables.OBJECTS, "path").get("tree.h5").lines())
        .containsExactly("[/]", "[/samples]", "[/vertical_gain]");
    assertThat(rows(IndexTables.OBJECTS, "path"))
        .doesNotContainKey("2025-01-01T00:00:00_sb07.hdf5");
    assertThat(places())
        .containsEntry("2025-01-01T00:00:00_sb07.hdf5", "[2025-01-01T00:00:00, null, vanished, 7]")
        .containsEntry(
            "2025-01-01T00:00:00_sb08.hdf5", "[2025-01-01T00:00:00, incomplete, member, 8]");
    assertThat(rows(IndexTables.FILES, "state"))
        .containsEntry("2025-01-01T00:00:00_sb07.hdf5", "[vanished]");
    assertThat(json(index()).get("vanished").asInt()).as("told once").isZero();

    Subbands.of(7, 0).in(lake);
    assertThat(json(index()).get("complete").asInt()).isEqualTo(1);
    assertThat(places()).allSatisfy((f, p) -> assertThat(p).contains("complete, member"));
  }

  @Test
  void badFilesHaveRowsWithReasons() throws IOException {
    Subbands.observation(lake, 0, 16);
    Path truncated = lake.resolve("2025-01-01T00:00:00_sb03.hdf5");
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 2));
    Subbands.of(4, 0).withNanTime().in(lake);
    Subbands.of(5, 0).withAntennas(3).in(lake);
    Subbands.of(6, 0).withClock(30).in(lake);
    Subbands.of(7, 0).withClock(-7200).in(lake);
    Files.setLastModifiedTime(
        Subbands.of(8, 0).withSeed(2).in(lake.resolve("again")),
        java.nio.file.attribute.FileTime.fromMillis(
            Files.getLastModifiedTime(lake.resolve("2025-01-01T00:00:00_sb08.hdf5")).toMillis()
                - 5000));
    Files.writeString(lake.resolve("no.h5"), "not HDF5 at all");
    Files.createFile(lake.resolve("empty.h5"));
    CommandRun run = index();
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    JsonNode report = json(run);
    assertThat(report.get("refused").asInt()).isEqualTo(4);
    assertThat(report.get("duplicates").asInt()).isEqualTo(1);
    assertThat(report.get("contradictory").asInt()).isEqualTo(2);
    Map<String, String> errors = rows(IndexTables.UVH5, "state", "error");
    assertThat(errors.get("2025-01-01T00:00:00_sb03.hdf5")).startsWith("[refused, ");
    assertThat(errors.get("2025-01-01T00:00:00_sb04.hdf5"))
        .contains("refused", "time_array", "row 3 is NaN");
    assertThat(errors.get("2025-01-01T00:00:00_sb05.hdf5"))
        .isEqualTo("[contradictory, has 3 antennas where the others have 4 antennas]");
    assertThat(errors.get("2025-01-01T00:00:00_sb06.hdf5")).contains("30.000 s after", "clock");
    assertThat(errors.get("2025-01-01T00:00:00_sb08.hdf5"))
        .contains("[member, null]", "[duplicate, a newer file");
    assertThat(places().get("2025-01-01T00:00:00_sb07.hdf5"))
        .isEqualTo("[2024-12-31T22:00:00, incomplete, member, 7]");
    Map<String, String> files = rows(IndexTables.FILES, "state", "error");
    assertThat(files.get("no.h5")).startsWith("[refused, ");
    assertThat(files.get("empty.h5")).startsWith("[refused, ");
    assertThat(run.err()).contains("no.h5: ").doesNotContain("\tat ");
    CommandRun again = index();
    assertThat(again.exit()).as("what is refused stays refused").isEqualTo(4);
    assertThat(json(again).get("requests").asInt()).isZero();
  }

  @Test
  void aLateSubbandJoinsItsObservationUnderTheSameId() throws IOException {
    for (int n = 1; n < 16; n++) {
      Subbands.of(n, 100).in(lake);
    }
    Subbands.observation(lake, 5000, 16);
    assertThat(json(index()).get("complete").asInt()).isEqualTo(1);
    Subbands.of(0, 99).in(lake);
    JsonNode late = json(index());
    assertThat(late.get("observations").asInt()).as("the other is not looked at").isEqualTo(1);
    assertThat(late.get("complete").asInt()).isEqualTo(1);
    assertThat(places())
        .containsEntry(
            "2025-01-01T00:01:39_sb00.hdf5", "[2025-01-01T00:01:40, complete, member, 0]");
  }

  @Test
  void sparkAndAPlainLoopGiveTheSameTables() throws IOException {
    for (int i = 0; i < 6; i++) {
      Subbands.observation(lake, 400 * i, 16);
    }
    assertThat(index("--master", "local[2]").exit()).isZero();
    Map<String, String> objects = rows(IndexTables.OBJECTS, columns(IndexTables.OBJECTS));
    Map<String, String> uvh5 = places();
    warehouse = folder.resolve("other");
    for (int i = 0; i < 6; i++) {
      // Few files at a time are read without Spark.
      String start = Subbands.of(0, 400 * i).name().substring(0, 19);
      CommandRun run =
          CommandRun.of("index", lake + "/" + start + "*", "--warehouse", warehouse.toString());
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(sorted(rows(IndexTables.OBJECTS, columns(IndexTables.OBJECTS))))
        .isEqualTo(sorted(objects));
    assertThat(places()).isEqualTo(uvh5).hasSize(96);
  }

  private static String[] columns(TableDefinition of) {
    return of.schema().fieldNames().stream().skip(1).toArray(String[]::new);
  }

  private static Map<String, List<String>> sorted(Map<String, String> rows) {
    Map<String, List<String>> lines = new TreeMap<>();
    rows.forEach((k, v) -> lines.put(k, v.lines().sorted().toList()));
    return lines;
  }

  @Test
  void sqlFindsADatasetInALake() throws IOException {
    Subbands.observation(lake, 0, 3);
    Recordings.tree(lake.resolve("tree.h5"), 64);
    assertThat(index().exit()).isZero();
    SparkSession spark = JudgingSession.open();
    String objects = "delta.`" + warehouse.resolve("hdf5_objects") + "`";
    Row found =
        spark
            .sql(
                "SELECT file, type, shape[1], stored_bytes, filters, attributes['units'] FROM "
                    + objects
                    + " WHERE name = 'spectra' AND kind = 'dataset'")
            .head();
    assertThat(found.getString(0)).endsWith("tree.h5");
    assertThat(found.getString(1)).isEqualTo("int16");
    assertThat(found.getLong(2)).isEqualTo(4096);
    assertThat(found.getLong(3)).isPositive();
    assertThat(found.getList(4).toString()).isEqualTo("[shuffle, deflate]");
    assertThat(found.getString(5)).isEqualTo("\"counts\"");
    Row group =
        spark
            .sql(
                "SELECT group_id, count(*), min(frequency_low), max(declination), min(start)"
                    + " FROM delta.`"
                    + warehouse.resolve("uvh5_files")
                    + "` WHERE state = 'member' GROUP BY group_id")
            .head();
    assertThat(group.getLong(1)).isEqualTo(3);
    assertThat(group.getDouble(2)).isEqualTo(1.5e9 - 6e6);
    assertThat(group.getDouble(3)).isEqualTo(Math.toDegrees(0.65));
    // One double holds a Julian date of today to 40 microseconds.
    assertThat(group.getTimestamp(4).toInstant())
        .isCloseTo(Subbands.T0, within(40, ChronoUnit.MICROS));
  }

  @Test
  void anArgumentThatNamesNothingIsAMistake() throws IOException {
    CommandRun run = index();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(index("--subbands", "0").exit()).isEqualTo(2);
    Subbands.of(0, 0).in(lake);
    assertThat(index().exit()).isZero();
    Files.delete(lake.resolve("2025-01-01T00:00:00_sb00.hdf5"));
    assertThat(json(index()).get("vanished").asInt()).isEqualTo(1);
    assertThat(warehouse.resolve("_cornerturn/index/lease.json")).doesNotExist();
  }
}
