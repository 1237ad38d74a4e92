package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.FaultyS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that throttles, fails, hangs up and cuts its answers short. */
class FaultyS3Test {
  @TempDir private Path folder;

  private CommandRun run(Map<String, String> settings, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", "local[2]", "--"));
    settings.forEach((k, v) -> all.addAll(List.of("--conf", "spark.hadoop." + k + "=" + v)));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** Inputs, products, ledger and tables all go through the proxy. */
  @ParameterizedTest
  @ValueSource(ints = {23, 11})
  void convertsThroughFaultsToTheSameBytes(int period) throws IOException {
    Path inputs = Files.createDirectories(folder.resolve("night"));
    Recordings.waveform(inputs.resolve("scope.h5"), 2, 1, 3, 200_000);
    Recordings.tree(inputs.resolve("spectra.hdf5"), 256, 30);
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"));
        FaultyS3 faulty = new FaultyS3(server.endpoint(), period)) {
      server.createBucket("data");
      try (ObjectStore bucket = Stores.open("s3a://data/night", server.settings())) {
        for (String name : List.of("scope.h5", "spectra.hdf5")) {
          bucket.put(name, Files.readAllBytes(inputs.resolve(name)));
        }
      }
      Map<String, String> settings = new HashMap<>(server.settings());
      settings.put("fs.s3a.endpoint", faulty.endpoint().toString());
      settings.put("fs.s3a.retry.interval", "20ms"); // as often as usual, but sooner
      String out = "s3a://data/zarr/";
      CommandRun converted =
          run(settings, "convert", "s3a://data/night/", out, "--warehouse", "s3a://data/wh");
      // A task may run out of attempts: then the command says so, and `resume` does the rest.
      int resumed = 0;
      while (converted.exit() == 3 && resumed++ < 3) {
        converted = run(settings, "resume", out, "--warehouse", "s3a://data/wh");
      }
      assertThat(converted.exit()).as(converted.err()).isZero();
      assertThat(run(settings, "verify", out).exit()).isZero();
      assertThat(faulty.done()).as("faults made").hasSize(FaultyS3.Fault.values().length);

      String plain = folder.resolve("plain").toString() + "/";
      assertThat(run(Map.of(), "convert", inputs.toString(), plain).exit()).isZero();
      for (String name : List.of("scope.zarr", "spectra.zarr")) {
        assertThat(StoreContent.of(out + name, server.settings()))
            .isEqualTo(StoreContent.of(plain + name));
      }
    }
  }

  @Test
  void saysWhatIsWrongWithAStoreThatAlwaysFails() throws IOException {
    Path input = folder.resolve("scope.h5");
    Recordings.waveform(input, 1, 1, 1, 50_000);
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"));
        FaultyS3 faulty = new FaultyS3(server.endpoint(), 1)) {
      server.createBucket("data");
      Map<String, String> settings = new HashMap<>(server.settings());
      settings.put("fs.s3a.endpoint", faulty.endpoint().toString());
      CommandRun failed = run(settings, "convert", input.toString(), "s3a://data/scope.zarr");
      assertThat(failed.exit()).as(failed.err()).isEqualTo(2);
      assertThat(failed.err()).contains("s3a://data").doesNotContain("\tat ");
    }
  }
}
