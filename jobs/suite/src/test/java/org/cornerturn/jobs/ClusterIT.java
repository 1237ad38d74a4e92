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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite jar on a real Spark standalone cluster: a master and two workers, each its own JVM. */
class ClusterIT {
  private static final Path SUBMIT = Path.of("../../submit").toAbsolutePath().normalize();
  private static final String CLUSTER = SUBMIT.resolve("standalone/cluster").toString();

  @TempDir private Path folder;

  private record Run(int exit, List<String> out, String err) {}

  @AfterEach
  void stop() throws Exception {
    assertThat(run(CLUSTER, "stop", "--dir", folder.toString()).exit()).isZero();
  }

  @Test
  void aJobRunsThereFromTheSuiteJar() throws Exception {
    Run start = run(CLUSTER, "start", "--port", "0", "--dir", folder.toString());
    assertThat(start.exit()).as(start.err()).isZero();
    String url = start.out().get(0);
    assertThat(url).startsWith("spark://127.0.0.1:");

    Run job = run(SUBMIT.resolve("cornerturn").toString(), "--master", url, "warm-up");
    assertThat(job.exit()).as(job.err()).isZero();
    assertThat(job.err()).contains("Cornerturn is warm: 3 commands");
    assertThat(Files.readString(folder.resolve("master.log"))).contains("Registered app");

    long worker = Long.parseLong(daemons(start.out()).get("worker-2")[1]);
    ProcessHandle.of(worker).orElseThrow().destroyForcibly();
    Map<String, String[]> after = Map.of();
    for (int i = 0; i < 50 && !"dead".equals(state(after, "worker-2")); i++) {
      Thread.sleep(100);
      after = daemons(run(CLUSTER, "status", "--dir", folder.toString()).out());
    }
    assertThat(state(after, "worker-2")).isEqualTo("dead");
    assertThat(state(after, "worker-1")).isEqualTo("alive");
    assertThat(state(after, "master")).isEqualTo("alive");
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
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    // Files, not pipes: the daemons live on, and would hold a pipe open.
    Process p = b.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    p.getOutputStream().close();
    int exit = p.waitFor();
    return new Run(exit, Files.readAllLines(out, StandardCharsets.UTF_8), Files.readString(err));
  }
}
