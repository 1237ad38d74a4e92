package org.cornerturn.query;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The launcher's training run: a service that is asked a little and stops, so that the classes it
 * loads can be archived and later starts are quick.
 */
final class WarmUp {
  private static final List<String> QUESTIONS =
      List.of(
          "/",
          "/health",
          "/ready",
          "/limits",
          "/metrics",
          "/openapi.json",
          "/api/v1/roots",
          "/nowhere");

  private WarmUp() {}

  static int run(PrintStream err) {
    try {
      Path folder = Files.createTempDirectory("cornerturn-warm-up-");
      try {
        ask(folder);
      } finally {
        Files.delete(folder);
      }
      return 0;
    } catch (IOException | InterruptedException e) {
      err.println("cornerturn: the training run failed: " + e);
      return 1;
    }
  }

  private static void ask(Path folder) throws IOException, InterruptedException {
    Map<String, String> flags =
        Map.of(
            "port",
            "0",
            "root.files",
            folder.toString(),
            "warehouse",
            folder.resolve("warehouse").toString());
    Config config = Config.of(flags, Map.of(), Map.of());
    Logs.start(config.log(), true);
    Server server = Server.start(config);
    try {
      HttpClient client = HttpClient.newHttpClient();
      for (String question : QUESTIONS) {
        URI uri = server.uri().resolve(question);
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      }
    } finally {
      server.close();
    }
  }
}
