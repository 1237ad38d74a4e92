package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;

/** A service on a free port, and its client. */
public final class RunningService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningService(Server server) {
    this.server = server;
  }

  /**
   * @param settings {@code root.NAME} and whatever else
   */
  public static RunningService start(Path warehouse, Map<String, String> settings)
      throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("port", "0");
    all.put("warehouse", warehouse.toString());
    all.putIfAbsent("rate.read", "0");
    all.putIfAbsent("rate.heavy", "0");
    return new RunningService(Server.start(Config.of(all, Map.of(), Map.of())));
  }

  /** What the service's parts share. */
  public Server server() {
    return server;
  }

  /** A path with its parameters, encoded. */
  public static String query(String path, String... namesAndValues) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parts.add(namesAndValues[i] + "=" + encoded(namesAndValues[i + 1]));
    }
    return path + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** GET with headers as names and values in turn. */
  public HttpResponse<byte[]> get(String pathAndQuery, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.uri() + pathAndQuery)).GET();
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(pathAndQuery + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public HttpResponse<byte[]> post(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The JSON of an answer that must be 200. */
  public JsonNode json(String pathAndQuery) {
    HttpResponse<byte[]> response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new AssertionError(pathAndQuery + ": " + response.statusCode() + " " + text(response));
    }
    return json(response);
  }

  public static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(text(response), e);
    }
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
