package org.cornerturn.jobs.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.UserError;

/** The query service, started beside this program by the same launcher. */
final class DemoService {
  private static final int PORT = 8420;

  private final String launcher;

  private DemoService(String launcher) {
    this.launcher = launcher;
  }

  /** By the launcher that has started this program; empty where there was none. */
  static Optional<DemoService> ofLauncher() {
    return Optional.ofNullable(System.getenv("CORNERTURN_LAUNCHER")).map(DemoService::new);
  }

  /**
   * Serves until it is stopped.
   *
   * @param at folder or bucket of the results
   * @param hadoop settings of that place's store
   */
  void run(String at, Path warehouse, Map<String, String> hadoop) throws IOException {
    // The settings hold the credentials of the demo's server: in a file that others can't read.
    Path config = Files.createTempFile("cornerturn-demo-", ".properties");
    try {
      Files.writeString(config, properties(hadoop), StandardCharsets.UTF_8);
      Process service = new ProcessBuilder(command(at, warehouse, config)).inheritIO().start();
      Thread ending = new Thread(service::destroy, "ending the service");
      Runtime.getRuntime().addShutdownHook(ending);
      int code = service.waitFor();
      if (code == 1 || code == 2) {
        throw new UserError(
            "The page on the results",
            "the service ended with " + code,
            "See above why; the results are made, and --no-serve leaves the page out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while serving", e);
    } finally {
      Files.deleteIfExists(config);
    }
  }

  private List<String> command(String at, Path warehouse, Path config) {
    List<String> command = new ArrayList<>(List.of(launcher, "serve"));
    command.addAll(List.of("--root", "demo=" + place(at), "--config", config.toString()));
    command.addAll(List.of("--warehouse", warehouse.toAbsolutePath().toString()));
    command.addAll(List.of("--port", Integer.toString(port())));
    return command;
  }

  private static String place(String at) {
    return at.contains("://") ? at : Path.of(at).toAbsolutePath().toString();
  }

  private static String properties(Map<String, String> settings) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(settings)
        .forEach(
            (k, v) -> lines.append(k).append('=').append(v.replace("\\", "\\\\")).append('\n'));
    return lines.toString();
  }

  /** The service's own port, or any where that is taken. */
  private static int port() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
      return PORT;
    } catch (java.net.BindException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
