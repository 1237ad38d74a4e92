package org.cornerturn.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of many small files and old rows, through Delta on Spark and our own readers. */
class TablesCommandTest {
  private static final TableDefinition READINGS =
      TableDefinition.named("readings", "test")
          .text("name", "of the row")
          .real("value", "Jy", "a number")
          .moment("published", "when");

  @TempDir private Path folder;

  private CommandRun attempt(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
    if (!words[0].equals("--warehouse")) {
      all.addAll(List.of("--warehouse", folder + "/warehouse"));
    }
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun run(String... words) {
    CommandRun run = attempt(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return new ObjectMapper().readTree(run(all.toArray(String[]::new)).out());
  }

  private DeltaTable table(String warehouse) {
    return new DeltaTable(new LocalStore(folder.resolve(warehouse + "/readings")), READINGS);
  }

  private TableSnapshot snapshot(String warehouse) throws IOException {
    return new TableReader(
            new LocalStore(folder.resolve(warehouse + "/readings")),
            TableCache.none(),
            Optional.empty())
        .latest()
        .orElseThrow();
  }

  /** Six files; every other row is two years old. */
  private void write() throws IOException {
    long now = Instant.now().toEpochMilli() * 1000;
    long old = Instant.now().minus(Duration.ofDays(730)).toEpochMilli() * 1000;
    for (int f = 0; f < 6; f++) {
      table("warehouse")
          .append(
              List.of(
                  new Object[] {"new " + f, f + 0.5, now}, new Object[] {"old " + f, -1.0, old}),
              "test",
              f);
    }
  }

  private List<String> rows(String warehouse) throws IOException {
    List<String> rows = new ArrayList<>();
    table(warehouse).read(List.of("name", "value"), row -> rows.add(row[0] + "=" + row[1]));
    rows.sort(null);
    return rows;
  }

  private List<Path> parquet() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("warehouse/readings"))) {
      return files.filter(p -> p.toString().endsWith(".parquet")).toList();
    }
  }

  /** Small files are joined, rows stay; old rows go; files that nobody needs go when they may. */
  @Test
  void tablesAreOptimizedAndLoseOldRowsAndFiles() throws IOException {
    write();
    List<String> before = rows("warehouse");
    assertThat(before).hasSize(12);
    JsonNode dry = json("tables", "optimize", "--dry-run").path(0);
    assertThat(dry.path("table").asText()).isEqualTo("readings");
    assertThat(dry.path("small_files").asInt()).isEqualTo(snapshot("warehouse").parts());
    assertThat(dry.path("small_files").asInt()).isGreaterThan(1);
    JsonNode done = json("tables", "optimize", "readings", "--order-by", "value").path(0);
    assertThat(done.path("added").asInt()).isEqualTo(1);
    assertThat(snapshot("warehouse").parts()).isEqualTo(1);
    assertThat(rows("warehouse")).isEqualTo(before);

    String[] retention = {"tables", "retention", "readings", "--older-than", "365d"};
    List<String> dryRetention = new ArrayList<>(Arrays.asList(retention));
    dryRetention.add("--dry-run");
    JsonNode would = json(dryRetention.toArray(String[]::new));
    assertThat(would.path("would_delete").asInt()).isEqualTo(6);
    assertThat(would.path("column").asText()).isEqualTo("published");
    assertThat(rows("warehouse")).isEqualTo(before);
    assertThat(json(retention).path("deleted").asInt()).isEqualTo(6);
    assertThat(rows("warehouse")).hasSize(6).allMatch(r -> r.startsWith("new"));
    // Appending goes on, by the same writer, too.
    table("warehouse").append(List.<Object[]>of(new Object[] {"new 0", 0.5, 0L}), "test", 0);
    assertThat(rows("warehouse")).hasSize(6);

    Path stray = folder.resolve("warehouse/readings/part-left-by-a-writer.parquet");
    Files.copy(parquet().get(0), stray);
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    JsonNode files = json("tables", "vacuum", "--dry-run").path(0).path("would_remove");
    assertThat(files).hasSize(1);
    assertThat(files.path(0).asText()).endsWith(stray.getFileName().toString());
    assertThat(stray).exists();
    assertThat(json("tables", "vacuum").path(0).path("removed").asInt()).isEqualTo(1);
    assertThat(stray).doesNotExist();
    // What was replaced a moment ago may still be read.
    assertThat(parquet()).hasSizeGreaterThan(1);
    assertThat(rows("warehouse")).hasSize(6);
    refused("less than 7 days", "tables", "vacuum", "--retain", "6d");
    refused("no such column", "tables", "optimize", "--order-by", "colour");
    refused("no such table", "tables", "retention", "runs", "--older-than", "1d");
    refused(
        "no such moment",
        "tables",
        "retention",
        "readings",
        "--older-than",
        "1d",
        "--column",
        "name");
  }

  @Test
  void backupsAreRestoredAsTheyWere() throws IOException {
    write();
    String backups = folder + "/backups";
    assertThat(json("tables", "backup", backups, "--dry-run").path("bytes").asLong()).isPositive();
    assertThat(Path.of(backups)).doesNotExist();
    String backup = json("tables", "backup", backups).path("backup").asText();
    List<String> before = rows("warehouse");
    long version = snapshot("warehouse").version();
    table("warehouse").append(List.<Object[]>of(new Object[] {"later", 1.0, 0L}), "later", 0);

    refused("the warehouse has this table", "tables", "restore", backups);
    run("--warehouse", folder + "/other", "tables", "restore", backups, "--dry-run");
    assertThat(folder.resolve("other")).doesNotExist();
    run("--warehouse", folder + "/other", "tables", "restore", backups);
    assertThat(rows("other")).isEqualTo(before);
    assertThat(snapshot("other").version()).isEqualTo(version);
    // What was appended once stays so, and what comes next is appended.
    table("other").append(List.<Object[]>of(new Object[] {"again", 0.0, 0L}), "test", 5);
    assertThat(rows("other")).isEqualTo(before);
    table("other").append(List.<Object[]>of(new Object[] {"next", 0.0, 0L}), "test", 6);
    assertThat(rows("other")).hasSize(before.size() + 1);

    // A damaged backup replaces nothing.
    Path data;
    try (Stream<Path> all = Files.list(Path.of(backup, "readings"))) {
      data = all.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(data);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(data, damaged);
    CommandRun broken = attempt("tables", "restore", backup, "--overwrite");
    assertThat(broken.exit()).isNotZero();
    assertThat(broken.err()).contains("its checksum is another one");
    assertThat(rows("warehouse")).contains("later=1.0");
    Files.write(data, whole);
    run("tables", "restore", backup, "--overwrite");
    assertThat(rows("warehouse")).isEqualTo(before);

    // Of older backups the newest stay; others' folders always do.
    Path older = Path.of(backups, "20200101T000000Z");
    Files.createDirectories(older);
    Files.writeString(older.resolve("backup.json"), "{}");
    Path strange = Files.createDirectories(Path.of(backups, "notes"));
    JsonNode kept = json("tables", "backup", backups + "/", "--keep", "2");
    assertThat(kept.path("removed").path(0).asText()).isEqualTo("20200101T000000Z");
    assertThat(older).doesNotExist();
    assertThat(strange).exists();
    assertThat(Path.of(backup)).exists();
  }

  /** Two products, of which one goes, one that no table knows, and a table that lacks a file. */
  @Test
  void whatIsListedIsHeldAgainstWhatIsThere() throws IOException {
    String products = folder + "/products";
    for (String name : List.of("a", "b")) {
      simulate(products + "/" + name + ".h5");
    }
    JsonNode sound = json("tables", "reconcile", products, "--dry-run");
    assertThat(sound.path("states").path("sound").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(sound.path("states").has("missing")).isFalse();
    assertThat(sound.path("states").has("unlisted")).isFalse();
    assertThat(folder.resolve("warehouse/storage_locations")).doesNotExist();

    CommandRun.of(
        "--master",
        "local[2]",
        "--warehouse",
        folder + "/elsewhere",
        "simulate",
        "waveform",
        products + "/c.h5",
        "--samples",
        "2000",
        "--minimal");
    try (LocalStore store = new LocalStore(Path.of(products))) {
      store.delete("a.h5");
      store.deleteFolder("a.h5._cornerturn");
      store.delete("b.h5");
    }
    CommandRun run = attempt("tables", "reconcile", products, "--json");
    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    JsonNode states = new ObjectMapper().readTree(run.out()).path("states");
    assertThat(states.path("missing").asInt()).isEqualTo(1);
    assertThat(states.path("incomplete").asInt()).isEqualTo(1);
    assertThat(states.path("unlisted").asInt()).isEqualTo(1);
    List<String> kept = new ArrayList<>();
    new DeltaTable(
            new LocalStore(folder.resolve("warehouse/storage_locations")),
            ReconcileCommand.LOCATIONS)
        .read(List.of("kind", "state"), row -> kept.add(row[0] + " " + row[1]));
    assertThat(kept).contains("product missing", "product unlisted", "table sound");

    // A table whose data are gone.
    try (Stream<Path> files = Files.list(folder.resolve("warehouse/products"))) {
      Files.delete(files.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    CommandRun broken = attempt("tables", "reconcile");
    assertThat(broken.exit()).isNotZero();
  }

  private void simulate(String out) {
    run("simulate", "waveform", out, "--samples", "2000", "--minimal");
  }

  private void refused(String why, String... words) {
    CommandRun run = attempt(words);
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
  }
}
