package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.spark.Verify;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, and a scheduler that asks a conversion to end. */
class StoppedConversionIT {
  @TempDir private static Path shared;
  private static Path file;
  private static Map<String, String> undisturbed;

  @TempDir private Path folder;

  @BeforeAll
  static void makeUndisturbed() throws Exception {
    file = Recordings.waveform(shared.resolve("in.h5"), 2, 2, 4, 4_000_000);
    String whole = shared.resolve("whole.zarr").toString();
    CommandRun run =
        LaunchedCommand.run(shared, Map.of(), "convert", file.toString(), whole, "--level", "6");
    assertThat(run.exit()).as(run.err()).isZero();
    undisturbed = StoreContent.of(whole);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void itsWorkIsRecordedItsLeaseReleasedAndResumeDoesTheRest(String signal, int exit)
      throws Exception {
    Path store = folder.resolve("out.zarr");
    List<String> convert =
        List.of(
            "--master",
            "local[2]",
            "--quiet",
            "convert",
            file.toString(),
            store.toString(),
            "--level",
            "6");
    LaunchedCommand command = LaunchedCommand.start(folder, Map.of(), convert);
    // On two cores the third of four tasks begins when one has ended.
    Path third = store.resolve("overview/0/1.0.0.0.0");
    while (command.process().isAlive() && !Files.exists(third)) {
      Thread.sleep(5);
    }
    Thread.sleep(300);
    String pid = Long.toString(command.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    CommandRun stopped = command.await();
    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(exit);
    assertThat(stopped.err()).doesNotContain("\tat ").doesNotContain("a fault of the program");
    assertThat(store.resolve("_cornerturn/lease.json")).doesNotExist();
    assertThat(StoreContent.of(store.toString()).keySet()).noneMatch(StoreContent::isMetadata);
    Verify.Result r = Verify.run(store.toString(), Map.of(), Verify.Depth.CHECKSUMS).get(0);
    assertThat(r.exitCode()).as(r.toString()).isEqualTo(3);
    assertThat(r.recorded()).isPositive().isLessThan(r.planned());

    CommandRun rest = LaunchedCommand.run(folder, Map.of(), "resume", store.toString());
    assertThat(rest.exit()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("(" + r.recorded() + " before)");
    assertThat(StoreContent.of(store.toString())).isEqualTo(undisturbed);
  }
}
