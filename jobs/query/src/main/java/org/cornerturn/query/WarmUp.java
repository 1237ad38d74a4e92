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
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;

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
          "/api/v1/products",
          "/api/v1/runs",
          "/api/v1/tables",
          "/api/v1/waveforms",
          "/h5grove/meta?file=files/a.h5&path=/",
          "/h5grove/data?file=files/a.h5&path=/data",
          "/raw/files/a.h5",
          "/nowhere");

  private static final int VALUES = 1_000;

  private WarmUp() {}

  static int run(PrintStream err) {
    try {
      Path folder = Files.createTempDirectory("cornerturn-warm-up-");
      Path file = folder.resolve("a.h5");
      try {
        write(file);
        ask(folder);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
      return 0;
    } catch (IOException | InterruptedException e) {
      err.println("cornerturn: the training run failed: " + e);
      return 1;
    }
  }

  private static void write(Path file) throws IOException {
    byte[] values = new byte[VALUES * Primitive.FLOAT32.itemSize()];
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer
          .root()
          .contiguous("data", Primitive.FLOAT32, Shape.of(VALUES))
          .write(values, 0, values.length);
      writer.finish();
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
