package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory with an end that is soon reached; only the superuser can make one. */
final class TinyDisk implements AutoCloseable {
  private final Path path;

  private TinyDisk(Path path) {
    this.path = path;
  }

  /**
   * @param size as mount takes it: {@code 8m}
   */
  static TinyDisk mount(Path path, String size) throws IOException {
    Files.createDirectories(path);
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
    assumeTrue(code == 0, "a small file system can't be mounted by this user");
    return new TinyDisk(path);
  }

  Path path() {
    return path;
  }

  void remount(String options) {
    assertThat(run("mount", "-o", "remount," + options, path.toString())).isZero();
  }

  @Override
  public void close() {
    assertThat(run("umount", "-l", path.toString())).isZero();
  }

  private static int run(String... command) {
    try {
      Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = p.waitFor();
      return code == 0 || !said.isEmpty() ? code : -1;
    } catch (IOException e) {
      return -1; // No such program.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
