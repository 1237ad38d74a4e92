package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KilledDriverTest extends KilledDrivers {
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
