package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The plan bounds the memory, whatever the size of the file and the number of cores. */
class MemoryIT {
  private static final Pattern PEAK_RSS = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final long MB = 1_000_000;

  @TempDir private Path folder;

  private record Measured(CommandRun run, long residentBytes) {}

  private Measured measure(String heap, String... arguments)
      throws IOException, InterruptedException {
    LaunchedCommand command =
        LaunchedCommand.start(folder, Map.of("CORNERTURN_HEAP", heap), List.of(arguments));
    Path status = Path.of("/proc", "" + command.process().pid(), "status");
    long peak = 0;
    while (command.process().isAlive()) {
      peak = Math.max(peak, residentPeak(status));
      Thread.sleep(50);
    }
    return new Measured(command.await(), peak);
  }

  private static long residentPeak(Path status) {
    try {
      Matcher m = PEAK_RSS.matcher(Files.readString(status));
      return m.find() ? Long.parseLong(m.group(1)) * 1024 : 0;
    } catch (IOException e) {
      return 0; // It has just ended, or this is not Linux.
    }
  }

  private JsonNode dryRun(List<String> convert) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(convert);
    words.addAll(List.of("--dry-run", "--json"));
    CommandRun plan = measure("256m", words.toArray(String[]::new)).run();
    assertThat(plan.exit()).as(plan.err()).isZero();
    return new ObjectMapper().readTree(plan.out()).path("products").get(0);
  }

  @Test
  void aSparseFileOfFortyGigabytes(TestReporter reporter) throws Exception {
    Path file = folder.resolve("sparse.h5");
    long samples = 20_000_000_000L;
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteChunked d =
          w.root()
              .chunked(
                  "signal",
                  Primitive.INT16,
                  Shape.of(samples),
                  Shape.of(1 << 20),
                  List.of(WriteFilter.deflate(1)));
      byte[] chunk = new byte[2 << 20];
      for (long i = 0; i < d.grid().count(); i += 1999) {
        java.util.Arrays.fill(chunk, (byte) i);
        d.chunk(chunk, i);
      }
      w.finish();
    }
    List<String> convert =
        List.of("convert", file.toString(), folder.resolve("sparse.zarr").toString());
    JsonNode plan = dryRun(convert);
    assertThat(plan.path("raw").asText()).isEqualTo("40 GB");
    Measured run = measure("256m", convert.toArray(String[]::new));
    reporter.publishEntry("sparse 40 GB", run.residentBytes() / MB + " MB, " + plan);
    assertThat(run.run().exit()).as(run.run().err()).isZero();
    assertThat(run.residentBytes()).isLessThan(700 * MB);
  }

  @Test
  void traceThatDwarfsTheHeapOnMoreCoresThanFit(TestReporter reporter) throws Exception {
    // 600 MB, in two traces; each task holds 32 MiB of one.
    Path file = Recordings.waveform(folder.resolve("long.h5"), 2, 1, 1, 150_000_000);
    List<String> convert =
        List.of(
            "convert",
            file.toString(),
            folder.resolve("long.zarr").toString(),
            "--mean",
            "--master",
            "local[16]");
    JsonNode plan = dryRun(convert);
    long peak = ByteSize.parse(plan.path("memory_per_task").asText().replace(" ", "")).bytes();
    assertThat(peak).isLessThan(100 * MB);
    assertThat(16 * peak).isGreaterThan(256L << 20);
    Measured run = measure("256m", convert.toArray(String[]::new));
    reporter.publishEntry("600 MB of waveform", run.residentBytes() / MB + " MB, " + plan);
    assertThat(run.run().exit()).as(run.run().err()).isZero();
    assertThat(run.run().err()).contains("tasks of at most " + ByteSize.inWords(peak));
    assertThat(run.residentBytes()).isLessThan(700 * MB);
  }

  @Test
  void shardsThatDwarfTheHeapOneByOne(TestReporter reporter) throws Exception {
    // Shards of 64 MiB, of which a heap of 512 MB holds one or two on eight cores.
    Path file = Recordings.tree(folder.resolve("tree.h5"), 40_960);
    List<String> convert =
        List.of(
            "convert",
            file.toString(),
            folder.resolve("tree.zarr").toString(),
            "--master",
            "local[8]");
    JsonNode plan = dryRun(convert);
    Measured run = measure("512m", convert.toArray(String[]::new));
    reporter.publishEntry("shards", run.residentBytes() / MB + " MB, " + plan);
    assertThat(run.run().exit()).as(run.run().err()).isZero();
    assertThat(run.residentBytes()).isLessThan(1000 * MB);
  }
}
