package org.cornerturn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that judge what we write; tests are skipped, by name, where one is missing. */
public final class OutsideProgram {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private OutsideProgram() {}

  /** Runs a script of {@code src/test/python} that needs a module; its standard output. */
  public static String python(String module, String script, String... arguments)
      throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(PYTHON)
            && start(List.of(PYTHON.toString(), "-c", "import " + module)).code() == 0;
    assumeTrue(there, "MISSING PROGRAM: python3-" + module);
    List<String> command = new ArrayList<>();
    command.add(PYTHON.toString());
    command.add("src/test/python/" + script);
    command.addAll(List.of(arguments));
    return checked(command);
  }

  /** Runs a program found on the search path; its standard output. */
  public static String run(String program, String... arguments)
      throws IOException, InterruptedException {
    return run(Map.of(), program, arguments);
  }

  /** The same with more variables in its environment. */
  public static String run(Map<String, String> environment, String program, String... arguments)
      throws IOException, InterruptedException {
    boolean there = start(List.of("sh", "-c", "command -v " + program)).code() == 0;
    assumeTrue(there, "MISSING PROGRAM: " + program);
    List<String> command = new ArrayList<>();
    if (!environment.isEmpty()) {
      command.add("env");
    }
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(program);
    command.addAll(List.of(arguments));
    return checked(command);
  }

  private record Outcome(int code, String output, String errors) {}

  private static String checked(List<String> command) throws IOException, InterruptedException {
    Outcome o = start(command);
    assertThat(o.code()).as("%s: %s", command, o.errors()).isZero();
    return o.output();
  }

  private static Outcome start(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("outside", ".err");
    Process p = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(p.waitFor(120, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return new Outcome(p.exitValue(), output, Files.readString(errors));
    } finally {
      p.destroyForcibly();
      Files.delete(errors);
    }
  }
}
