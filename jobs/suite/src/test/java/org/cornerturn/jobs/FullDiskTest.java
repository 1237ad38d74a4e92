package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.spark.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full before the conversion is done. */
class FullDiskTest {
  @TempDir private Path folder;

  private CommandRun run(Path warehouse, String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", "local[2]", "--warehouse", warehouse.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void whatIsDoneIsKeptAndResumeDoesTheRest() throws Exception {
    Path input = Recordings.waveform(folder.resolve("in.h5"), 2, 2, 8, 500_000);
    String whole = folder.resolve("whole.zarr").toString();
    Path warehouse = folder.resolve("warehouse");
    assertThat(run(warehouse, "convert", input.toString(), whole).exit()).isZero();
    Map<String, String> expected = StoreContent.of(whole);
    try (TinyDisk disk = TinyDisk.mount(folder.resolve("disk"), "6m")) {
      Path store = disk.path().resolve("out.zarr");
      // The shared tables are on the same disk, and must not hide what happened.
      Path there = disk.path().resolve("warehouse");
      CommandRun full = run(there, "convert", input.toString(), store.toString());
      assertThat(full.exit()).as(full.err()).isEqualTo(3);
      assertThat(full.err())
          .contains("No space is left for " + store)
          .contains("cornerturn resume " + store)
          .doesNotContain("\tat ");
      assertThat(StoreContent.of(store.toString()).keySet()).noneMatch(StoreContent::isMetadata);
      assertThat(store.resolve("_cornerturn/lease.json")).doesNotExist();
      assertThat(leftovers(store)).isEmpty();

      CommandRun stillFull = run(there, "resume", store.toString());
      assertThat(stillFull.exit()).as(stillFull.err()).isEqualTo(3);

      disk.remount("size=200m");
      long before = Verify.run(store.toString(), Map.of(), Verify.Depth.SIZES).get(0).recorded();
      CommandRun mended = run(there, "resume", store.toString());
      assertThat(mended.exit()).as(mended.err()).isZero();
      if (before > 0) {
        assertThat(mended.err()).contains("(" + before + " before)");
      }
      assertThat(StoreContent.of(store.toString())).isEqualTo(expected);
      assertThat(run(there, "verify", store.toString()).exit()).isZero();
    }
  }

  @Test
  void aDiskFullFromTheStart() throws Exception {
    Path input = Recordings.waveform(folder.resolve("in.h5"), 1, 1, 1, 10_000);
    try (TinyDisk disk = TinyDisk.mount(folder.resolve("disk"), "64k")) {
      Files.write(disk.path().resolve("filler"), new byte[60 << 10]);
      Path store = disk.path().resolve("out.zarr");
      CommandRun full =
          run(folder.resolve("warehouse"), "convert", input.toString(), store.toString());
      assertThat(full.exit()).as(full.err()).isIn(2, 3);
      assertThat(full.err().toLowerCase(java.util.Locale.ROOT)).contains("space is left");
      assertThat(full.err()).contains(store.toString()).doesNotContain("\tat ");
      Files.delete(disk.path().resolve("filler"));
      disk.remount("size=20m");
      CommandRun again =
          run(folder.resolve("warehouse"), "convert", input.toString(), store.toString());
      assertThat(again.exit()).as(again.err()).isZero();
    }
  }

  private static List<Path> leftovers(Path store) throws IOException {
    try (var files = Files.walk(store)) {
      return files
          .filter(
              p ->
                  Files.isRegularFile(p)
                      && p.getFileName().toString().startsWith(".cornerturn-pending"))
          .toList();
    }
  }
}
