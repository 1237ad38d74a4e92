package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.RunningServer;

/** A service on a free port, and its client. */
public final class RunningService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningServer server;

  private RunningService(RunningServer server) {
    this.server = server;
  }

  /**
   * @param settings {@code root.NAME} and whatever else
   */
  public static RunningService start(Path warehouse, Map<String, String> settings)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("warehouse", warehouse.toString());
    all.putIfAbsent("rate.read", "0");
    all.putIfAbsent("rate.heavy", "0");
    return new RunningService(RunningServer.start(all));
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
      return server.get(pathAndQuery, headers);
    } catch (IOException e) {
      throw new AssertionError(pathAndQuery + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public URI uri() {
    return server.uri("/");
  }

  public HttpResponse<byte[]> post(String path) throws IOException, InterruptedException {
    return server.send("POST", path);
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
  public void close() {
    server.close();
  }
}
