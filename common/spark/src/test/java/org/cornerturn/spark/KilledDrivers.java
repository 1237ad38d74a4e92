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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers that die at random moments; what the last one leaves is what an undisturbed one makes.
 */
abstract class KilledDrivers {
  static final int TASKS = 80;

  /** Milliseconds a task: the driver is at work for long after its first chunks. */
  static final int SLOW = 100;

  @TempDir Path folder;
  Map<String, String> undisturbed;
  private Path log;

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

  final Process driver(String mode, String root, Map<String, String> settings, int pauseMillis)
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
  final void killAndResume(
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

  static int objects(Path product) {
    // Those that are still written have a dot before their names.
    String[] names = product.resolve("c").toFile().list((c, name) -> !name.startsWith("."));
    return names == null ? 0 : names.length;
  }
}
