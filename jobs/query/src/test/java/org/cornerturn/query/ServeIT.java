package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cornerturn.query.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, started by the launcher. */
class ServeIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  // The suite's tests have made its archive there.
  private static final String ARCHIVES = ROOT.resolve("jobs/suite/target/class-archive").toString();
  private static final long SECONDS = 240;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  @TempDir private Path folder;
  private Process process;
  private Path out;
  private Path err;

  private void launch(String... arguments) throws IOException {
    out = folder.resolve("out.txt");
    err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(ROOT.resolve("submit/cornerturn").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder b = new ProcessBuilder(command).directory(folder.toFile());
    b.environment().remove("SPARK_HOME");
    b.environment().put("CORNERTURN_CACHE", ARCHIVES);
    process = b.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
  }

  /** The address that the program tells, once it does. */
  private URI address() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher m = ADDRESS.matcher(Files.readString(out));
      if (m.find()) {
        return URI.create(m.group());
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no address: " + Files.readString(out) + Files.readString(err));
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void servesUntilItIsTold() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "x");
    launch("serve", "--port", "0", "--json", "--root", "here=" + folder);
    URI service = address();
    assertThat(Json.mapper().readTree(Files.readString(out)).path("process").asLong())
        .isEqualTo(process.pid());
    assertThat(Services.get(service, "/ready").statusCode()).isEqualTo(200);
    assertThat(Services.get(service, "/api/v1/roots").body()).contains("\"here\"");
    assertThat(Services.get(service, "/").statusCode()).isEqualTo(200);
    String log = Files.readString(err);
    assertThat(log.lines().filter(l -> l.contains("\"operation\":\"ready\"")).toList())
        .singleElement()
        .satisfies(
            l -> assertThat(Json.mapper().readTree(l).path("status").asInt()).isEqualTo(200));
    process.destroy();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Files.readString(err)).doesNotContain("Exception");
  }

  @Test
  void aMistakeEndsWithTwo() throws Exception {
    launch("--warehouse", folder.toString(), "serve", "--host", "0.0.0.0");
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(err)).contains("--insecure");
  }

  @Test
  void theDemoEndsWithThePage() throws Exception {
    Path suite = ROOT.resolve("jobs/suite/target/dist/lib");
    Assumptions.assumeTrue(Files.isDirectory(suite), "the suite has not been built");
    launch("demo", "--size", "1.2MB", "--master", "local[2]");
    URI service = address();
    assertThat(Services.get(service, "/api/v1/roots").body()).contains("\"demo\"");
    assertThat(Services.get(service, "/ready").body()).contains("\"warehouse\":\"ok\"");
    try (Stream<Path> files = Files.list(folder.resolve("cornerturn-demo"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .contains("recording.zarr", "overview.png", "warehouse");
    }
  }
}
