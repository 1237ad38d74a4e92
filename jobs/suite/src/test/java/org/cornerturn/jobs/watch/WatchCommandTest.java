package org.cornerturn.jobs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.Subbands;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One look at a time. */
class WatchCommandTest {
  private static final int SUBBANDS = 3;

  @TempDir private Path folder;
  private Path incoming;
  private Path out;

  @BeforeEach
  void prepare() throws IOException {
    incoming = Files.createDirectories(folder.resolve("incoming"));
    out = folder.resolve("products");
  }

  private JsonNode look(int exit, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "watch",
                incoming.toString(),
                out.toString(),
                "--once",
                "--json",
                "--subbands",
                Integer.toString(SUBBANDS),
                "--master",
                "local[2]",
                "--warehouse",
                folder.resolve("warehouse").toString()));
    words.addAll(List.of(more));
    if (!words.contains("--stable-for")) {
      words.addAll(List.of("--stable-for", "0s"));
    }
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    return new ObjectMapper().readTree(run.out());
  }

  private List<String> products() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(out)) {
      return all.map(p -> p.getFileName().toString())
          .filter(n -> n.endsWith(".ps.zarr"))
          .sorted()
          .toList();
    }
  }

  private List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    new DeltaTable(new LocalStore(out.resolve("_cornerturn/watched")), WatchTable.TABLE)
        .read(
            List.of("group_id", "version", "state", "subbands", "missing"),
            v -> rows.add(Arrays.toString(v)));
    rows.sort(null);
    return rows;
  }

  @Test
  void convertsWhatIsCompleteAndOnce() throws IOException {
    assertThat(look(0).get("converted")).as("nothing there yet").isEmpty();
    Subbands.observation(incoming, 0, SUBBANDS);
    Subbands.of(0, 1000).in(incoming);
    JsonNode first = look(0);
    assertThat(first.get("converted")).hasSize(1);
    assertThat(first.get("waiting").get(0).asText()).isEqualTo("2025-01-01T00:16:40");
    assertThat(products()).containsExactly("2025-01-01T000000.ps.zarr");
    assertThat(out.resolve("2025-01-01T000000.ps.zarr/zarr.json")).exists();
    assertThat(look(0).get("converted")).isEmpty();
    assertThat(rows()).containsExactly("[2025-01-01T00:00:00, 1, converted, [0, 1, 2], []]");
    // Without any of its tables it still knows, by the products.
    new LocalStore(out).deleteFolder("_cornerturn/watched");
    new LocalStore(folder).deleteFolder("warehouse");
    assertThat(look(0).get("converted").get(0).get("version").asInt()).isEqualTo(1);
    assertThat(products()).hasSize(1);
  }

  @Test
  void aLateSubbandMakesANewVersionAndATidiedFolderNone() throws IOException {
    Subbands.of(1, 2).in(incoming);
    Subbands.of(2, 2).in(incoming);
    assertThat(look(0).get("converted")).isEmpty();
    JsonNode patient = look(0, "--patience", "0s");
    assertThat(patient.get("converted").get(0).get("missing").get(0).asInt()).isZero();
    Subbands.of(0, 1).in(incoming);
    JsonNode late = look(0);
    assertThat(late.get("converted").get(0).get("version").asInt()).isEqualTo(2);
    assertThat(products())
        .containsExactly("2025-01-01T000002.ps.zarr", "2025-01-01T000002.v2.ps.zarr");
    assertThat(rows())
        .containsExactly(
            "[2025-01-01T00:00:02, 1, converted, [1, 2], [0]]",
            "[2025-01-01T00:00:02, 2, converted, [0, 1, 2], []]");
    Files.delete(incoming.resolve("2025-01-01T00:00:02_sb01.hdf5"));
    assertThat(look(0, "--patience", "0s").get("converted")).isEmpty();
    // The same subband once more: another file, another version.
    Subbands.of(1, 2).withSeed(7).in(incoming);
    assertThat(look(0).get("converted").get(0).get("version").asInt()).isEqualTo(3);
    assertThat(rows()).hasSize(3);
  }

  @Test
  void filesInMotionAreLeftAlone() throws IOException {
    Subbands.observation(incoming, 0, SUBBANDS);
    Path last = incoming.resolve(Subbands.of(2, 0).name());
    Files.setLastModifiedTime(last, FileTime.from(Instant.now().plusSeconds(3600)));
    for (int n = 0; n < 2; n++) {
      Files.setLastModifiedTime(
          incoming.resolve(Subbands.of(n, 0).name()),
          FileTime.from(Instant.now().minusSeconds(3600)));
    }
    JsonNode moving = look(0, "--stable-for", "10min", "--patience", "2h");
    assertThat(moving.get("files_in_motion").asInt()).isEqualTo(1);
    assertThat(moving.get("waiting")).hasSize(1);
    assertThat(moving.get("converted")).isEmpty();
    Files.setLastModifiedTime(last, FileTime.from(Instant.now().minusSeconds(700)));
    assertThat(look(0, "--stable-for", "10min").get("converted")).hasSize(1);
  }

  @Test
  void badFilesAreToldAndTheRestGoesOn() throws IOException {
    Subbands.observation(incoming, 0, SUBBANDS);
    Subbands.observation(incoming, 500, SUBBANDS);
    Path truncated = incoming.resolve(Subbands.of(1, 500).name());
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 3));
    Subbands.of(2, 500).withNanTime().in(incoming);
    JsonNode run = look(4, "--patience", "0s", "--min-subbands", "2");
    assertThat(run.get("converted")).hasSize(1);
    assertThat(run.get("refused").get("2025-01-01T00:08:20").asText()).contains("1 of 3 subbands");
    assertThat(run.get("index").get("problems")).hasSize(2);
    assertThat(rows())
        .containsExactly(
            "[2025-01-01T00:00:00, 1, converted, [0, 1, 2], []]",
            "[2025-01-01T00:08:20, 0, refused, [0], [1, 2]]");
    Subbands.observation(incoming, 500, SUBBANDS);
    assertThat(look(0, "--min-subbands", "2").get("converted")).hasSize(1);
  }

  @Test
  void wrongOptionsAreMistakes() {
    String in = incoming.toString();
    String to = out.toString();
    assertThat(CommandRun.of("watch", in).exit()).isEqualTo(2);
    assertThat(CommandRun.of("watch", in, to, "--subbands", "0").exit()).isEqualTo(2);
    assertThat(CommandRun.of("watch", in, to, "--min-subbands", "17").exit()).isEqualTo(2);
    assertThat(CommandRun.of("watch", in, to, "--interval", "0s").exit()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }
}
