package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.cornerturn.spark.Verify;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process of a conversion is killed at twenty points, each resumption as well; what the last
 * one leaves is what an undisturbed conversion makes.
 */
class KilledConversionIT {
  private static final Predicate<String> METADATA = StoreContent::isMetadata;
  // What only the second wave of a long trace writes.
  private static final Predicate<String> MERGED = k -> k.startsWith("overview/0/");
  private static final Predicate<String> DATA = METADATA.or(MERGED).negate();

  // Inputs, and what undisturbed conversions make of them.
  @TempDir private static Path shared;
  private static final Map<String, Map<String, String>> UNDISTURBED = new HashMap<>();

  @TempDir private Path folder;
  private final Map<String, String> environment = Map.of("CORNERTURN_HEAP", "300m");

  @BeforeAll
  static void makeInputs() throws IOException {
    // Traces that are too long for one task: two ranges each, and a second wave.
    Recordings.waveform(shared.resolve("waveform.h5"), 3, 1, 1, 17_500_000);
    Recordings.tree(shared.resolve("tree.h5"), 4096);
  }

  /**
   * A point in the course of a conversion.
   *
   * @param kind of objects that are watched
   * @param part of these that is there, 0 to 1; less than 0 to watch nothing
   * @param millis waited after that
   */
  private record Point(Predicate<String> kind, double part, int millis) {}

  /** Points in the order of the work, drawn anew for each seed. */
  private static List<Point> points(Random random, int starting, int data, int merged, int end) {
    List<Point> points = new ArrayList<>();
    random.ints(starting, 500, 3000).sorted().forEach(t -> points.add(new Point(DATA, -1, t)));
    random
        .doubles(data)
        .sorted()
        .forEach(part -> points.add(new Point(DATA, part, random.nextInt(400))));
    random
        .doubles(merged)
        .sorted()
        .forEach(part -> points.add(new Point(MERGED, part, random.nextInt(30))));
    random.doubles(end).sorted().forEach(part -> points.add(new Point(METADATA, part, 0)));
    return points;
  }

  /** Input, store and how it is reached. */
  private record Case(
      String input, String root, Path onDisk, List<String> spark, EmbeddedS3 server) {
    List<String> convert() {
      return KilledConversionIT.convert(input, root);
    }

    Map<String, String> settings() {
      return server == null ? Map.of() : server.settings();
    }
  }

  private List<String> with(List<String> arguments, Case c) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--master", "local[2]", "--quiet"));
    all.addAll(c.spark());
    return all;
  }

  private LaunchedCommand start(Case c, List<String> arguments) throws IOException {
    Map<String, String> env = new HashMap<>(environment);
    if (c.server() != null) {
      env.putAll(LaunchedCommand.credentials(c.server()));
    }
    return LaunchedCommand.start(folder, env, with(arguments, c));
  }

  private Map<String, String> undisturbed(String input) throws Exception {
    if (!UNDISTURBED.containsKey(input)) {
      String root = folder.resolve("undisturbed.zarr").toString();
      Case apart = new Case(input, root, null, List.of(), null);
      CommandRun whole = start(apart, apart.convert()).await();
      assertThat(whole.exit()).as(whole.err()).isZero();
      UNDISTURBED.put(input, StoreContent.of(root));
    }
    return UNDISTURBED.get(input);
  }

  private void killAndResume(Case c, List<Point> points) throws Exception {
    Map<String, String> expected = undisturbed(c.input());

    int killed = 0;
    int midway = 0;
    for (Point point : points) {
      boolean begun = Files.exists(c.onDisk().resolve("_cornerturn/product.json"));
      LaunchedCommand command = start(c, begun ? List.of("resume", c.root()) : c.convert());
      List<String> keys = expected.keySet().stream().filter(point.kind()).toList();
      await(command, c, keys, point);
      boolean alive = command.process().isAlive();
      command.process().destroyForcibly().waitFor();
      killed += alive ? 1 : 0;
      String place = place(c, expected.keySet());
      midway += place.contains("planned") ? 1 : 0;
      log((alive ? "killed: " : "had ended: ") + c.root() + ", " + place);
    }
    assertThat(killed).isGreaterThanOrEqualTo(points.size() - 1);
    assertThat(midway).isGreaterThanOrEqualTo(points.size() / 2);

    CommandRun last = start(c, List.of("resume", c.root())).await();
    assertThat(last.exit()).as(last.err()).isZero();
    assertThat(StoreContent.of(c.root(), c.settings())).isEqualTo(expected);
    Verify.Result verified = Verify.run(c.root(), c.settings(), Verify.Depth.CHECKSUMS).get(0);
    assertThat(verified.exitCode()).as(verified.toString()).isZero();
    assertThat(verified.recorded()).isEqualTo(verified.planned());
  }

  private static void log(String line) throws IOException {
    Files.writeString(
        Path.of("target/kills.txt"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void await(LaunchedCommand command, Case c, List<String> keys, Point point)
      throws Exception {
    if (point.part() >= 0) {
      Path lease = c.onDisk().resolve("_cornerturn/lease.json");
      String mine = "\"pid\":" + command.process().pid() + ",";
      while (command.process().isAlive() && !said(lease).replace(" ", "").contains(mine)) {
        Thread.sleep(5);
      }
      long wanted = (long) Math.ceil(point.part() * keys.size());
      while (command.process().isAlive() && there(c, keys) < wanted) {
        Thread.sleep(2);
      }
    }
    Thread.sleep(point.millis());
  }

  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // Not there, or on its way.
    }
  }

  private static long there(Case c, Iterable<String> keys) {
    long count = 0;
    for (String key : keys) {
      count += Files.exists(c.onDisk().resolve(key)) ? 1 : 0;
    }
    return count;
  }

  /** Where a kill has landed: state of the product, tasks in its ledger, objects in its store. */
  private static String place(Case c, Iterable<String> keys) throws IOException {
    String record = said(c.onDisk().resolve("_cornerturn/product.json"));
    if (record.isEmpty()) {
      return "before the product";
    }
    Verify.Result r = Verify.run(c.root(), c.settings(), Verify.Depth.SIZES).get(0);
    return (record.contains("\"complete\"") ? "complete" : "planned")
        + ", %d of %d tasks recorded, %d objects"
            .formatted(r.recorded(), r.planned(), there(c, keys));
  }

  @ParameterizedTest
  @CsvSource({"waveform, 1, 4, 1, 1", "tree, 1, 5, 0, 1"})
  void onDisk(String input, int starting, int data, int merged, int end) throws Exception {
    Path root = folder.resolve("out.zarr");
    killAndResume(
        new Case(input, root.toString(), root, List.of(), null),
        points(new Random(1), starting, data, merged, end));
  }

  @Test
  void onS3() throws Exception {
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      killAndResume(
          new Case(
              "waveform",
              "s3a://data/out.zarr",
              folder.resolve("s3/data/out.zarr"),
              LaunchedCommand.reaching(server),
              server),
          points(new Random(2), 1, 3, 1, 1));
    }
  }

  private static List<String> convert(String input, String root) {
    String file = shared.resolve(input + ".h5").toString();
    List<String> words = new ArrayList<>(List.of("convert", file, root));
    words.addAll(
        input.equals("waveform")
            ? List.of("--level", "6")
            : List.of("--codec", "zstd", "--level", "11", "--shard-size", "1MiB"));
    return words;
  }
}
