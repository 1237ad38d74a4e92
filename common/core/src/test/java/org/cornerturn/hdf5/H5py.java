package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files made by h5py. */
final class H5py {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SCRIPT = Path.of("src/test/python/make_hdf5.py");

  private H5py() {}

  static void make(Path folder, String... what) throws IOException, InterruptedException {
    boolean has = Files.isExecutable(Path.of(PYTHON)) && run(List.of("-c", "import h5py")) == 0;
    assumeTrue(has, "MISSING PROGRAM: python3-h5py");
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), folder.toString()));
    command.addAll(List.of(what));
    assertThat(run(command)).as("make_hdf5.py").isZero();
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(arguments);
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = p.waitFor();
    if (code != 0 && !said.contains("No module named")) {
      throw new AssertionError(String.join(" ", command) + " failed:\n" + said);
    }
    return code;
  }
}
