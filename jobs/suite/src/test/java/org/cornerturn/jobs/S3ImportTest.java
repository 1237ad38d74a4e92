package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of HDF5 files straight into a bucket, and out of one. */
class S3ImportTest {
  @TempDir private static Path folder;
  private static EmbeddedS3 server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedS3.start(folder.resolve("s3"));
    server.createBucket("data");
    Path inputs = Files.createDirectories(folder.resolve("night"));
    Recordings.waveform(inputs.resolve("scope.h5"), 2, 1, 3, 200_000);
    Recordings.tree(inputs.resolve("spectra.hdf5"), 256, 12);
    Recordings.tree(inputs.resolve("more.h5"), 128, 12);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static CommandRun run(Map<String, String> settings, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", "local[2]", "--warehouse", folder.resolve("wh").toString()));
    all.add("--");
    settings.forEach((k, v) -> all.addAll(List.of("--conf", "spark.hadoop." + k + "=" + v)));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static CommandRun run(String... arguments) {
    return run(server.settings(), arguments);
  }

  @Test
  void importsAFolderAndSkipsWhatIsUnchanged() throws IOException {
    String inputs = folder.resolve("night").toString();
    String bucket = "s3a://data/night/";
    CommandRun first = run("convert", inputs, bucket);
    assertThat(first.exit()).as(first.err()).isZero();
    String local = folder.resolve("local").toString() + "/";
    assertThat(run("convert", inputs, local).exit()).isZero();
    for (String name : List.of("scope", "spectra", "more")) {
      assertThat(first.err().lines())
          .anyMatch(l -> l.matches("s3a://data/night/" + name + "\\.zarr: complete, .* in .* s"));
      assertThat(StoreContent.of(bucket + name + ".zarr", server.settings()))
          .isEqualTo(StoreContent.of(local + name + ".zarr"));
    }
    assertThat(run("verify", bucket).exit()).isZero();

    CommandRun again = run("convert", inputs, bucket);
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err().lines().filter(l -> l.endsWith(".zarr: unchanged"))).hasSize(3);

    // One damaged input: the others go on, and the exit code says so.
    Path damaged = folder.resolve("night/damaged.h5");
    Files.write(damaged, "\u0089HDF\r\n\u001a\n nothing else".getBytes("ISO-8859-1"));
    CommandRun refused = run("convert", inputs, bucket);
    Files.delete(damaged);
    assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("refused " + damaged);
    assertThat(refused.err().lines().filter(l -> l.endsWith(".zarr: unchanged"))).hasSize(3);

    // One changed input is not written over unasked, and then alone.
    Path more = folder.resolve("night/more.h5");
    Recordings.tree(more, 192, 12);
    Map<String, String> before = StoreContent.of(bucket + "more.zarr", server.settings());
    CommandRun changed = run("convert", inputs, bucket);
    assertThat(changed.exit()).isEqualTo(4);
    assertThat(changed.err().lines().filter(l -> l.contains("--overwrite")))
        .singleElement()
        .asString()
        .contains("s3a://data/night/more.zarr", "other inputs");
    assertThat(changed.err().lines().filter(l -> l.endsWith(".zarr: unchanged"))).hasSize(2);
    CommandRun strict = run("convert", inputs, bucket, "--on-unsupported", "fail");
    assertThat(strict.exit()).isEqualTo(2);
    assertThat(strict.err()).contains("can't write s3a://data/night/more.zarr", "--overwrite");
    assertThat(StoreContent.of(bucket + "more.zarr", server.settings())).isEqualTo(before);
    CommandRun over = run("convert", inputs, bucket, "--overwrite");
    assertThat(over.exit()).as(over.err()).isZero();
    assertThat(over.err()).contains("more.zarr: complete");
    assertThat(over.err().lines().filter(l -> l.endsWith(".zarr: unchanged"))).hasSize(2);
    assertThat(StoreContent.of(bucket + "more.zarr", server.settings())).isNotEqualTo(before);
    assertThat(run("verify", bucket).exit()).isZero();
  }

  @Test
  void convertsFromABucketWithoutADownload() throws IOException {
    Path file = folder.resolve("night/scope.h5");
    try (ObjectStore in = Stores.open("s3a://data/in", server.settings())) {
      in.put("scope.h5", Files.readAllBytes(file));
    }
    CommandRun remote = run("convert", "s3a://data/in/scope.h5", "s3a://data/out/scope.zarr");
    assertThat(remote.exit()).as(remote.err()).isZero();
    String local = folder.resolve("from-disk.zarr").toString();
    assertThat(run("convert", file.toString(), local).exit()).isZero();
    assertThat(StoreContent.of("s3a://data/out/scope.zarr", server.settings()))
        .isEqualTo(StoreContent.of(local));
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://absent/x.zarr, , , no such bucket",
    "s3a://data/x.zarr, fs.s3a.secret.key, wrong, access is denied",
    "s3a://data/x.zarr, fs.s3a.access.key, nobody, access is denied",
    "s3a://data/x.zarr, fs.s3a.endpoint, http://127.0.0.1:9, does not answer",
    "s3a://data/x.zarr, fs.s3a.endpoint, http://no-such-host.invalid, host is unknown",
    "s4://data/x.zarr, , , no file system is known"
  })
  void aWrongPlaceIsToldInOneParagraphAndSoon(
      String output, String setting, String value, String reason) {
    Map<String, String> settings = new java.util.HashMap<>(server.settings());
    if (setting != null) {
      settings.put(setting, value);
    }
    String input = folder.resolve("night/scope.h5").toString();
    long start = System.nanoTime();
    CommandRun wrong = run(settings, "convert", input, output);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(wrong.exit()).as(wrong.err()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err().lines().filter(l -> !l.startsWith("convert: 1 file")))
        .singleElement()
        .asString()
        .startsWith("cornerturn: ")
        .contains(output)
        .contains(reason);
    assertThat(seconds).isLessThan(60);

    CommandRun source = run(settings, "convert", output.replace(".zarr", ".h5"), input + ".zarr");
    assertThat(source.exit()).as(source.err()).isEqualTo(2);
    assertThat(source.err().strip().lines()).singleElement().asString().startsWith("cornerturn: ");
  }
}
