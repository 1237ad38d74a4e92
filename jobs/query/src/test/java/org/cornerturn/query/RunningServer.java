package org.cornerturn.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** A server on a free port of loopback, and a client of it. */
public final class RunningServer implements AutoCloseable {
  private final Server server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningServer(Server server) {
    this.server = server;
  }

  /**
   * @param settings as {@link Config#of} takes them; {@code root.NAME} for a root
   */
  public static RunningServer start(Map<String, String> settings) throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("port", "0");
    return new RunningServer(Server.start(Config.of(all, Map.of(), Map.of())));
  }

  public URI uri(String path) {
    return server.uri().resolve(path);
  }

  public HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  /**
   * @param headers names and values in turn
   */
  public HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
