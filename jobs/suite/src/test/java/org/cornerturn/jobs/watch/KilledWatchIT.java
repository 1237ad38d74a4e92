package org.cornerturn.jobs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.LaunchedCommand;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.Subbands;
import org.cornerturn.spark.Verify;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process of a watch is killed again and again while a correlator writes: each observation is
 * converted once, none is lost, and each product is what an undisturbed conversion makes.
 */
class KilledWatchIT {
  private static final int SUBBANDS = 3;
  private static final int OBSERVATIONS = 6;
  private static final Duration LONGEST = Duration.ofMinutes(4);

  @TempDir private Path folder;
  private final Random random = new Random(3);
  private Path incoming;
  private Path out;

  private List<String> words(Path output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "watch",
                incoming.toString(),
                output.toString(),
                "--interval",
                "1s",
                "--stable-for",
                "1s",
                "--subbands",
                Integer.toString(SUBBANDS),
                "--master",
                "local[2]",
                "--quiet"));
    words.addAll(List.of(more));
    return words;
  }

  private LaunchedCommand start() throws IOException {
    return LaunchedCommand.start(
        folder, Map.of("CORNERTURN_HEAP", "300m"), words(out, "--patience", "1h"));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(LaunchedCommand process, Condition condition) throws Exception {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.holds()) {
      if (!process.process().isAlive()) {
        CommandRun run = process.await();
        throw new AssertionError("watch ended with " + run.exit() + ": " + run.err());
      }
      assertThat(Instant.now()).as("watch is still at it").isBefore(end);
      Thread.sleep(20);
    }
  }

  private Path product(int observation, String version) {
    String start = Subbands.of(0, 1000 * observation).name().substring(0, 19).replace(":", "");
    return out.resolve(start + version + ".ps.zarr");
  }

  private static boolean isComplete(Path product) throws IOException {
    Path record = product.resolve("_cornerturn/product.json");
    try {
      return Files.readString(record).contains("\"complete\"");
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  private List<String> column(Path table, String name) throws IOException {
    List<String> values = new ArrayList<>();
    TableDefinition definition = TableDefinition.named("any", "one column").text(name, "its text");
    new DeltaTable(new LocalStore(table), definition)
        .read(List.of(name), v -> values.add((String) v[0]));
    values.sort(null);
    return values;
  }

  @Test
  void losesAndDoublesNothing() throws Exception {
    incoming = Files.createDirectories(folder.resolve("incoming"));
    out = folder.resolve("products");
    LaunchedCommand process = start();
    int killed = 0;
    for (int o = 0; o < OBSERVATIONS - 1; o++) {
      Subbands.observation(incoming, 1000 * o, SUBBANDS);
      Path product = product(o, "");
      switch (o) {
        // Before the conversion, as it begins, in its midst, as it is published, right after.
        case 0 -> Thread.sleep(random.nextInt(3000));
        case 1 -> await(process, () -> Files.exists(product.resolve("_cornerturn/product.json")));
        case 2 -> {
          await(process, () -> Files.exists(product.resolve("_cornerturn/ledger")));
          Thread.sleep(random.nextInt(300));
        }
        case 3 -> await(process, () -> Files.exists(product.resolve("zarr.json")));
        default -> await(process, () -> isComplete(product));
      }
      killed += process.process().isAlive() ? 1 : 0;
      process.process().destroyForcibly().waitFor();
      process = start();
    }
    assertThat(killed).isEqualTo(OBSERVATIONS - 1);
    // The last one comes without a subband, which comes late, and the process dies between.
    int last = OBSERVATIONS - 1;
    for (int n = 1; n < SUBBANDS; n++) {
      Subbands.of(n, 1000 * last).in(incoming);
    }
    LaunchedCommand patient = process;
    await(patient, () -> Stream.of(0, 1, 2, 3, 4).allMatch(this::isDone));
    patient.process().destroyForcibly().waitFor();
    CommandRun impatient =
        LaunchedCommand.start(folder, Map.of(), words(out, "--patience", "0s", "--once")).await();
    assertThat(impatient.exit()).as(impatient.err()).isZero();
    assertThat(isComplete(product(last, ""))).isTrue();
    LaunchedCommand again = start();
    Subbands.of(0, 1000 * last).in(incoming);
    await(again, () -> Files.exists(product(last, ".v2").resolve("_cornerturn/product.json")));
    again.process().destroyForcibly().waitFor();
    LaunchedCommand end = start();
    await(
        end,
        () -> column(out.resolve("_cornerturn/watched"), "product").size() == OBSERVATIONS + 1);
    Thread.sleep(2500); // Another look or two, which must change nothing.
    assertThat(new ProcessBuilder("kill", "-TERM", "" + end.process().pid()).start().waitFor())
        .isZero();
    CommandRun stopped = end.await();
    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(143);
    assertThat(stopped.err()).doesNotContain("\tat ").doesNotContain("a fault of the program");
    assertThat(out.resolve("_cornerturn/watch/lease.json")).doesNotExist();
    check();
  }

  private boolean isDone(int observation) {
    try {
      return isComplete(product(observation, ""));
    } catch (IOException e) {
      return false;
    }
  }

  private void check() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int o = 0; o < OBSERVATIONS; o++) {
      expected.add(product(o, "").toString());
    }
    expected.add(product(OBSERVATIONS - 1, ".v2").toString());
    expected.sort(null);
    try (Stream<Path> all = Files.list(out)) {
      assertThat(all.map(Path::toString).filter(p -> p.endsWith(".ps.zarr")).sorted().toList())
          .isEqualTo(expected);
    }
    assertThat(column(out.resolve("_cornerturn/watched"), "product")).isEqualTo(expected);
    assertThat(column(folder.resolve("warehouse/products"), "root")).isEqualTo(expected);
    assertThat(column(folder.resolve("warehouse/observations"), "root")).isEqualTo(expected);
    assertThat(column(folder.resolve("warehouse/uvh5_files"), "file"))
        .hasSize(SUBBANDS * OBSERVATIONS)
        .doesNotHaveDuplicates();

    Path undisturbed = folder.resolve("undisturbed");
    CommandRun run =
        LaunchedCommand.start(
                folder,
                Map.of(),
                words(
                    undisturbed,
                    "--once",
                    "--patience",
                    "0s",
                    "--warehouse",
                    folder.resolve("other").toString()))
            .await();
    assertThat(run.exit()).as(run.err()).isZero();
    for (int o = 0; o < OBSERVATIONS - 1; o++) {
      Path product = product(o, "");
      Verify.Result r = Verify.run(product.toString(), Map.of(), Verify.Depth.CHECKSUMS).get(0);
      assertThat(r.exitCode()).as(r.toString()).isZero();
      assertThat(chunks(product)).isEqualTo(chunks(undisturbed.resolve(product.getFileName())));
    }
  }

  /** Objects but for metadata, which have the moment of their making. */
  private static Map<String, String> chunks(Path product) throws IOException {
    Map<String, String> content = new TreeMap<>(StoreContent.of(product.toString()));
    content.keySet().removeIf(StoreContent::isMetadata);
    assertThat(content).isNotEmpty();
    return new HashMap<>(content);
  }
}
