package org.cornerturn.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.simulate.Waveform;
import org.cornerturn.simulate.Waveform.Signal;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateWaveformTest {
  private static final int SAMPLES = 5000;

  @TempDir private Path folder;

  private CommandRun run(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse"));
    all.add(folder.resolve("warehouse").toString());
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun simulate(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("simulate", "waveform", file.toString()));
    all.addAll(List.of("--samples", "" + SAMPLES, "--trcs", "2", "--chunk-samples", "1024"));
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private static Waveform waveform() {
    return Waveform.standard(1).withShape(2, 2, 3, SAMPLES);
  }

  /** Every sample, straight from the kernel. */
  private static short[] samples(Waveform w) {
    int n = (int) w.samples();
    short[] all = new short[(int) w.shape().size()];
    int at = 0;
    for (int c = 0; c < w.channels(); c++) {
      for (int t = 0; t < w.trcs(); t++) {
        for (int s = 0; s < w.segments(); s++) {
          w.trace(c, t, s).fill(0, all, at, n);
          at += n;
        }
      }
    }
    return all;
  }

  private static String sha256(short[] samples) throws Exception {
    ByteBuffer b = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asShortBuffer().put(samples);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(b.array()));
  }

  private static List<List<Double>> doubles(float[][] table) {
    List<List<Double>> rows = new ArrayList<>();
    for (float[] row : table) {
      List<Double> r = new ArrayList<>();
      for (float v : row) {
        r.add((double) v);
      }
      rows.add(r);
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "none, contiguous, false",
    "none, chunked, false",
    "gzip, chunked, false",
    "shuffle+gzip+fletcher32, chunked, true",
    "lzf, chunked, false"
  })
  void h5pyReadsWhatTheKernelMakes(String filter, String layout, boolean shuffle) throws Exception {
    Path file = folder.resolve("scope.h5");
    CommandRun made = simulate(file, "--filter", filter, "--layout", layout);
    assertThat(made.exit()).as(made.err()).isZero();
    ObjectMapper json = new ObjectMapper();
    JsonNode seen =
        json.readTree(OutsideProgram.python("h5py", "read_recording.py", file.toString()));
    short[] samples = samples(waveform());
    assertThat(seen.path("names").toString())
        .isEqualTo("[\"samples\",\"vertical_gain\",\"vertical_offset\"]");
    assertThat(seen.path("shape").toString()).isEqualTo("[2,2,3,5000]");
    assertThat(seen.path("dtype").asText()).isEqualTo("int16");
    assertThat(seen.path("shuffle").asBoolean()).isEqualTo(shuffle);
    assertThat(seen.path("compression").asText())
        .isEqualTo(filter.contains("gzip") ? "gzip" : filter.equals("lzf") ? "lzf" : "null");
    assertThat(seen.path("chunks").toString())
        .isEqualTo(layout.equals("chunked") ? "[1,1,1,1024]" : "null");
    assertThat(seen.path("first").toString())
        .isEqualTo(json.writeValueAsString(Arrays.copyOf(samples, 5)));
    assertThat(seen.path("sha256").asText()).isEqualTo(sha256(samples));
    JsonNode gains = json.valueToTree(doubles(waveform().gains()));
    assertThat(seen.path("vertical_gain")).isEqualTo(gains);
    JsonNode offsets = json.valueToTree(doubles(waveform().offsets()));
    assertThat(seen.path("vertical_offset")).isEqualTo(offsets);
    assertThat(seen.path("gain_dtype").asText()).isEqualTo("float32");
    assertThat(seen.path("attributes").toString())
        .isEqualTo(
            "{\"horiz_interval\":2.0E-9,\"seed\":1,\"signal\":\"sine\","
                + "\"signal_frequency_hz\":50.0}");
  }

  @Test
  void theConverterTakesItAndVerifyFindsItSound() throws IOException {
    Path file = folder.resolve("scope.h5");
    Path store = folder.resolve("scope.zarr");
    assertThat(simulate(file, "--filter", "shuffle+gzip").exit()).isZero();
    assertThat(run("convert", file.toString(), store.toString()).exit()).isZero();
    ZarrGroup root = ZarrGroup.open(new LocalStore(store), "");
    assertThat(root.array("raw").read(Box.all(waveform().shape())).shorts())
        .isEqualTo(samples(waveform()));
    assertThat(root.attributes().path("horiz_interval").asDouble()).isEqualTo(2e-9);
    assertThat((float) root.attributes().path("vertical_gains").path(1).path(1).asDouble())
        .isEqualTo(waveform().gain(1, 1));

    CommandRun sound = run("verify", file.toString());
    assertThat(sound.exit()).isZero();
    assertThat(sound.out()).startsWith(file + ": sound, 2 of 2 tasks, 1 objects");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(run("verify", file.toString()).exit()).isEqualTo(5);
    Files.delete(file);
    assertThat(run("verify", file.toString()).exit()).isEqualTo(3);
  }

  private static WaveformParameters parameters(Path file, String filter) {
    boolean chunked = !filter.equals("none");
    return new WaveformParameters(
        file.toString(),
        1,
        2,
        2,
        3,
        SAMPLES,
        Signal.SINE,
        chunked ? WaveformParameters.Layout.CHUNKED : WaveformParameters.Layout.CONTIGUOUS,
        filter,
        4,
        1024);
  }

  private static RunRequest<WaveformTask> request(WaveformParameters p, long partBytes) {
    ProductPlan<WaveformTask> product = WaveformJob.product(p, partBytes);
    return new RunRequest<>(
        WaveformJob.VERB,
        List.of(),
        p.toJson(),
        p.output(),
        List.of(product),
        List.of(),
        Existing.REFUSE,
        OnUnsupported.SKIP,
        null);
  }

  @ParameterizedTest
  @CsvSource({"none", "shuffle+gzip"})
  void sparkAndTheLoopMakeTheSameBytesOfAnyParts(String filter) throws IOException {
    Path spark = folder.resolve("spark.h5");
    assertThat(simulate(spark, "--filter", filter).exit()).isZero();
    for (long partBytes : new long[] {1, 5000, 1 << 20}) {
      Path loop = folder.resolve("loop" + partBytes + ".h5");
      RunRequest<WaveformTask> request = request(parameters(loop, filter), partBytes);
      assertThat(request.products().get(0).chunks().tasks())
          .hasSize(partBytes == 1 ? 61 : partBytes == 5000 ? 31 : 2);
      RunReport report =
          ChunkJob.inLoop(Map.of()).run(request, new WaveformKernel(), Progress.NONE);
      assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
      assertThat(loop).hasSameBinaryContentAs(spark);
    }
  }

  /** The kernel, on a disk that is full after some parts. */
  private record FullAfter(int parts) implements Kernel<WaveformTask> {
    @Override
    public Outcome run(WaveformTask task, TaskStores stores) throws IOException {
      if (task instanceof WaveformFileTask
          || Integer.parseInt(task.id().replaceFirst(".*/", "")) >= parts) {
        throw new IOException("No space left on device");
      }
      return new WaveformKernel().run(task, stores);
    }
  }

  @ParameterizedTest
  @CsvSource({"none, 30", "gzip, 30", "gzip, 60"})
  void resumesAfterAFullDisk(String filter, int parts) throws IOException {
    Path undisturbed = folder.resolve("undisturbed.h5");
    ChunkJob.inLoop(Map.of())
        .run(request(parameters(undisturbed, filter), 1), new WaveformKernel(), Progress.NONE);
    Path file = folder.resolve("scope.h5");
    // Smaller parts than the command's: what resume plans must be what the ledger knows.
    WaveformParameters p = parameters(file, filter);
    RunRequest<WaveformTask> request = request(p, 1);
    RunReport stopped = ChunkJob.inLoop(Map.of()).run(request, new FullAfter(parts), Progress.NONE);
    assertThat(stopped.exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(file).doesNotExist();
    assertThat(run("verify", file.toString()).exit()).isEqualTo(3);
    Path neighbours = Files.write(folder.resolve(".cornerturn-pending-x.h5-1"), new byte[1]);
    Path remains = Files.write(folder.resolve(".cornerturn-pending-scope.h5-1"), new byte[1]);

    RunReport resumed = ChunkJob.inLoop(Map.of()).run(request, new WaveformKernel(), Progress.NONE);
    assertThat(resumed.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(resumed.products().get(0).doneBefore()).isEqualTo(parts);
    assertThat(file).hasSameBinaryContentAs(undisturbed);
    assertThat(neighbours).exists();
    assertThat(remains).doesNotExist();
    try (Stream<Path> left = Files.list(Path.of(file + "._cornerturn"))) {
      assertThat(left.map(f -> f.getFileName().toString())).doesNotContain("parts");
    }
    assertThat(run("verify", file.toString()).exit()).isZero();
  }

  @Test
  void theResumeCommandFinishesIt() throws IOException {
    Path file = folder.resolve("scope.h5");
    RunRequest<WaveformTask> request =
        WaveformJob.request(parameters(file, "gzip"), Existing.REFUSE, null);
    RunReport stopped = ChunkJob.inLoop(Map.of()).run(request, new FullAfter(1), Progress.NONE);
    assertThat(stopped.exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    CommandRun resumed = run("resume", file.toString());
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("complete, 2 of 2 tasks (1 before)");
    Path other = folder.resolve("other.h5");
    assertThat(simulate(other, "--filter", "gzip").exit()).isZero();
    assertThat(file).hasSameBinaryContentAs(other);
  }

  @Test
  void leavesOthersFilesAloneAndMakesItsOwnAgain() throws IOException {
    Path file = folder.resolve("scope.h5");
    Files.writeString(file, "somebody's");
    CommandRun refused = simulate(file, "--overwrite");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err().lines().filter(l -> l.startsWith("cornerturn:"))).hasSize(1);
    assertThat(file).hasContent("somebody's");
    Files.delete(file);

    assertThat(simulate(file).exit()).isZero();
    byte[] first = Files.readAllBytes(file);
    assertThat(simulate(file).err()).contains(file + ": unchanged");
    assertThat(simulate(file, "--seed", "2").exit()).isEqualTo(2);
    assertThat(file).hasBinaryContent(first);
    assertThat(simulate(file, "--seed", "2", "--overwrite").exit()).isZero();
    assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
    Files.delete(file);
    assertThat(simulate(file, "--seed", "2").exit()).isZero();
    assertThat(Files.readAllBytes(file)).hasSameSizeAs(first);
    assertThat(run("verify", file.toString()).exit()).isZero();
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    Path file = folder.resolve("scope.h5");
    CommandRun plan = run("simulate", "waveform", file.toString(), "--size", "240MB", "--dry-run");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out()).contains("[2, 1, 3, 20000000]").contains("240 MB");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--size 1GB --samples 5, both tell how much",
    "--size 3B, no sample of each trace fits",
    "--samples 0, too few",
    "--channels 0, too few",
    "--filter zip, no filter is named 'zip'",
    "--filter gzip --layout contiguous, HDF5 filters chunks only",
    "--filter gzip --level 11, not a level of gzip",
    "--chunk-samples 0, HDF5 keeps no such chunks",
    "--samples 9000000000000000000, more than 8 EiB"
  })
  void mistakesAreToldInOneLine(String options, String words) {
    List<String> all = new ArrayList<>(List.of("simulate", "waveform", "scope.h5"));
    all.addAll(List.of(options.split(" ")));
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(words);
  }

  @ParameterizedTest
  @CsvSource({"scope.zarr", "s3a://bucket", "folder/"})
  void anOutputThatIsNoFileIsAMistake(String output) {
    CommandRun run = run("simulate", "waveform", output);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void simulateAloneIsAMistake() {
    CommandRun run = run("simulate");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("cornerturn simulate waveform OUT.h5");
  }
}
