package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cornerturn.spark.Verify;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite jar on a real Spark standalone cluster: a master and two workers, each its own JVM. */
class ClusterIT {
  private static final Path SUBMIT = LaunchedCommand.SUBMIT;
  private static final String CLUSTER = SUBMIT.resolve("standalone/cluster").toString();

  // Short runs: the second compiler would take more time than it gives.
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private Path folder;

  private record Run(int exit, List<String> out, String err) {}

  @AfterEach
  void stop() throws Exception {
    assertThat(run(CLUSTER, "stop", "--dir", folder.toString()).exit()).isZero();
  }

  @Test
  void aConversionOnS3SurvivesTheLossOfAWorker() throws Exception {
    Path file = Recordings.waveform(folder.resolve("in.h5"), 3, 1, 1, 7_000_000);
    String local = folder.resolve("local.zarr").toString();
    CommandRun alone =
        LaunchedCommand.run(folder, Map.of(), "convert", file.toString(), local, "--level", "6");
    assertThat(alone.exit()).as(alone.err()).isZero();
    Map<String, String> expected = StoreContent.of(local);

    Run start = run(CLUSTER, "start", "--port", "0", "--dir", folder.toString());
    assertThat(start.exit()).as(start.err()).isZero();
    assertThat(start.out().get(0)).startsWith("spark://127.0.0.1:");
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      Files.createDirectories(folder.resolve("s3/data"));
      try (ObjectStore in = Stores.open("s3a://data/in", server.settings())) {
        in.put("scope.h5", Files.readAllBytes(file));
      }
      List<String> words = new ArrayList<>(List.of("--master", start.out().get(0), "convert"));
      words.addAll(List.of("s3a://data/in/scope.h5", "s3a://data/out.zarr", "--level", "6"));
      words.addAll(LaunchedCommand.reaching(server));
      words.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + QUICK));
      words.addAll(List.of("--conf", "spark.driver.extraJavaOptions=" + QUICK));
      // Executors have no environment of ours: the settings carry the credentials.
      words.addAll(List.of("--conf", "spark.hadoop.fs.s3a.access.key=" + server.identity()));
      words.addAll(List.of("--conf", "spark.hadoop.fs.s3a.secret.key=" + server.credential()));
      LaunchedCommand command = LaunchedCommand.start(folder, Map.of(), words);
      Path store = folder.resolve("s3/data/out.zarr");
      while (command.process().isAlive() && there(store, expected) < expected.size() / 3) {
        Thread.sleep(20);
      }
      assertThat(command.process().isAlive()).isTrue();
      ProcessHandle worker =
          ProcessHandle.of(Long.parseLong(daemons(start.out()).get("worker-1")[1])).orElseThrow();
      List<ProcessHandle> executors = worker.children().toList();
      assertThat(executors).isNotEmpty();
      worker.destroyForcibly();
      executors.forEach(ProcessHandle::destroyForcibly);

      CommandRun converted = command.await();
      assertThat(converted.exit()).as(converted.err()).isZero();
      assertThat(StoreContent.of("s3a://data/out.zarr", server.settings())).isEqualTo(expected);
      Verify.Result r =
          Verify.run("s3a://data/out.zarr", server.settings(), Verify.Depth.CHECKSUMS).get(0);
      assertThat(r.exitCode()).as(r.toString()).isZero();
    }
    Map<String, String[]> after = daemons(run(CLUSTER, "status", "--dir", folder.toString()).out());
    assertThat(state(after, "worker-1")).isEqualTo("dead");
    assertThat(state(after, "worker-2")).isEqualTo("alive");
    assertThat(state(after, "master")).isEqualTo("alive");
  }

  private static long there(Path store, Map<String, String> expected) {
    return expected.keySet().stream().filter(k -> Files.exists(store.resolve(k))).count();
  }

  private static String state(Map<String, String[]> daemons, String name) {
    return daemons.containsKey(name) ? daemons.get(name)[2] : null;
  }

  /** Name, process id and state of each, from the lines after the URL. */
  private static Map<String, String[]> daemons(List<String> status) {
    return status.stream()
        .skip(1)
        .map(l -> l.split(" "))
        .collect(Collectors.toMap(w -> w[0], Function.identity()));
  }

  private Run run(String... command) throws IOException, InterruptedException {
    ProcessBuilder b = new ProcessBuilder(new ArrayList<>(List.of(command)));
    b.environment().remove("SPARK_HOME");
    b.environment().put("CORNERTURN_NO_ARCHIVE", "1");
    b.environment().put("SPARK_DAEMON_JAVA_OPTS", QUICK);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    // Files, not pipes: the daemons live on, and would hold a pipe open.
    Process p = b.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    p.getOutputStream().close();
    int exit = p.waitFor();
    return new Run(exit, Files.readAllLines(out, StandardCharsets.UTF_8), Files.readString(err));
  }
}
