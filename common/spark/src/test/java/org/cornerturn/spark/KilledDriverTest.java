package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers that die at random moments; what the last one leaves is what an undisturbed one makes.
 */
class KilledDriverTest {
  private static final int TASKS = 80;

  /** Milliseconds a task: the driver is at work for long after its first chunks. */
  private static final int SLOW = 100;

  @TempDir private Path folder;
  private Path log;
  private Map<String, String> undisturbed;

  @BeforeEach
  void makeUndisturbed() throws IOException {
    log = folder.resolve("drivers.log");
    String root = folder.resolve("undisturbed").toString();
    ChunkJob.inLoop(Map.of())
        .run(
            Tiny.single(Tiny.product(root, 1, Tiny.tasks(TASKS, 1, 2000))),
            new TinyKernel(0),
            Progress.NONE);
    undisturbed = Tiny.content(root, Map.of());
    assertThat(undisturbed).hasSize(TASKS + 1);
  }

  private Process driver(String mode, String root, Map<String, String> settings, int pauseMillis)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                mode, root, "" + TASKS, "" + pauseMillis, folder.resolve("warehouse").toString()));
    settings.forEach((k, v) -> arguments.add(k + "=" + v));
    return ForkedJvm.start(TinyDriver.class, log.toFile(), arguments.toArray(String[]::new));
  }

  /**
   * Kills a driver a while after its first chunk, again and again, then lets one finish.
   *
   * @param onDisk where the product's objects lie, whatever it is reached by
   */
  private void killAndResume(
      String mode, String root, Path onDisk, Map<String, String> settings, int kills)
      throws Exception {
    Random random = new Random(kills);
    int killed = 0;
    for (int i = 0; i < kills; i++) {
      int before = objects(onDisk);
      Process p = driver(mode, root, settings, 25);
      while (p.isAlive() && objects(onDisk) == before) {
        Thread.sleep(20);
      }
      Thread.sleep(random.nextInt(1500));
      killed += p.isAlive() ? 1 : 0;
      p.destroyForcibly().waitFor();
    }
    assertThat(killed).as(Files.readString(log)).isPositive();
    Process last = driver(mode, root, settings, 0);
    assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Tiny.content(root, settings)).isEqualTo(undisturbed);
    Verify.Result verified = Verify.run(root, settings, Verify.Depth.CHECKSUMS).get(0);
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.recorded()).isEqualTo(TASKS);
  }

  private static int objects(Path product) {
    // Those that are still written have a dot before their names.
    String[] names = product.resolve("c").toFile().list((c, name) -> !name.startsWith("."));
    return names == null ? 0 : names.length;
  }

  @Test
  void onDisk() throws Exception {
    Path product = folder.resolve("product");
    killAndResume("loop", product.toString(), product, Map.of(), 3);
  }

  @Test
  void aBranchInAPublishedStore() throws Exception {
    Path store = folder.resolve("store.zarr");
    Tiny.publishAround(store.toString());
    String before = Files.readString(store.resolve("ms/zarr.json"));
    String root = store.resolve("ms").toString();
    Process p = driver("branch", root, Map.of(), SLOW);
    while (p.isAlive() && objects(store.resolve("ms")) < 5) {
      Thread.sleep(20);
    }
    p.destroyForcibly().waitFor();
    assertThat(store.resolve("ms/c/zarr.json")).doesNotExist();
    assertThat(Workspace.find(store.toString(), Map.of()))
        .singleElement()
        .satisfies(w -> assertThat(w.folder()).isEqualTo(root));
    assertThat(Verify.run(store.toString(), Map.of(), Verify.Depth.SIZES).get(0).exitCode())
        .isEqualTo(3);
    ChunkJob.inLoop(Map.of())
        .run(
            Tiny.single(Tiny.branch(root, "c", 1, Tiny.tasks(TASKS, 1, 2000))),
            new TinyKernel(0),
            Progress.NONE);
    Map<String, String> made = Tiny.content(root, Map.of());
    assertThat(made.remove("zarr.json")).isEqualTo(before);
    made.remove("c/zarr.json");
    undisturbed.remove(Tiny.METADATA);
    assertThat(made).isEqualTo(undisturbed);
    assertThat(Verify.run(root, Map.of(), Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }

  @Test
  void onDiskWithSpark() throws Exception {
    Path product = folder.resolve("product");
    killAndResume("spark", product.toString(), product, Map.of(), 1);
  }

  @Test
  void onS3() throws Exception {
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      Path product = folder.resolve("s3/data/product");
      killAndResume("loop", "s3a://data/product", product, server.settings(), 2);
    }
  }

  @Test
  void aTerminatedDriverRecordsItsWorkAndReleasesItsLease() throws Exception {
    Path root = folder.resolve("product");
    Process p = driver("loop", root.toString(), Map.of(), SLOW);
    while (p.isAlive() && objects(root) < 21) { // the last may not be recorded yet
      Thread.sleep(20);
    }
    p.destroy();
    assertThat(p.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(p.exitValue()).isEqualTo(143);
    assertThat(root.resolve("_cornerturn/lease.json")).doesNotExist();
    Verify.Result verified = Verify.run(root.toString(), Map.of(), Verify.Depth.SIZES).get(0);
    assertThat(verified.recorded()).isGreaterThanOrEqualTo(20).isLessThan(TASKS);
  }
}
