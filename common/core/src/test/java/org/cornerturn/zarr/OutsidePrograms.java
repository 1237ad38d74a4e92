package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Other people's Zarr implementations, run as programs. */
final class OutsidePrograms {
  private static final Path TEST_SOURCES = Path.of("src", "test");

  private OutsidePrograms() {}

  /** A Python that has zarr; the test is skipped where there is none. */
  static String pythonWithZarr() throws Exception {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      if (succeeds(List.of(python, "-c", "import zarr; assert zarr.__version__[0] == '2'"))) {
        return python;
      }
    }
    assumeTrue(false, "MISSING PROGRAM: python3-zarr 2");
    return null;
  }

  static Path pythonScript(String name) {
    return TEST_SOURCES.resolve("python").resolve(name).toAbsolutePath();
  }

  /** The folder with zarrita installed; the test is skipped where node or npm is missing. */
  static Path nodeFolder() throws Exception {
    assumeTrue(succeeds(List.of("node", "--version")), "MISSING PROGRAM: node");
    Path folder = TEST_SOURCES.resolve("node").toAbsolutePath();
    if (!Files.exists(folder.resolve("node_modules").resolve("zarrita"))) {
      assumeTrue(succeeds(List.of("npm", "--version")), "MISSING PROGRAM: npm");
      run(
          List.of(
              "npm",
              "ci",
              "--ignore-scripts",
              "--no-audit",
              "--no-fund",
              "--prefix",
              folder.toString()));
    }
    return folder;
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process p =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return p.waitFor(120, TimeUnit.SECONDS) && p.exitValue() == 0;
    } catch (IOException e) {
      return false; // not installed
    }
  }

  /** Runs a program to its good end and gives what it printed. */
  static List<String> run(List<String> command) throws Exception {
    Path out = Files.createTempFile("cornerturn-test", ".out");
    Path err = Files.createTempFile("cornerturn-test", ".err");
    try {
      Process p =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = p.waitFor(300, TimeUnit.SECONDS);
      p.destroyForcibly();
      assertThat(ended).as("%s ends in time", command).isTrue();
      assertThat(p.exitValue())
          .as("%s: %s", command, Files.readString(err, StandardCharsets.UTF_8))
          .isZero();
      return Files.readAllLines(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Lines of JSON, by their member {@code path}. */
  static Map<String, ObjectNode> nodes(List<String> lines) throws IOException {
    Map<String, ObjectNode> nodes = new TreeMap<>();
    List<String> seen = new ArrayList<>();
    for (String line : lines) {
      ObjectNode o = Json.parse("line", line.getBytes(StandardCharsets.UTF_8));
      seen.add(line);
      assertThat(nodes.put(o.get("path").textValue(), o)).as("%s", seen).isNull();
    }
    return nodes;
  }
}
