package org.cornerturn.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts real services on free ports for tests, and asks them. */
public final class Services {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Services() {}

  /**
   * @param settings by name and value, over port 0, the folder as the root "files" and a warehouse
   *     in it
   */
  public static Server start(Path folder, String... settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("port", "0");
    all.put("warehouse", folder.resolve("warehouse").toString());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    if (all.keySet().stream().noneMatch(k -> k.startsWith("root"))) {
      all.put("root.files", folder.toString());
    }
    return Server.start(Config.of(all, Map.of(), Map.of()));
  }

  public static HttpResponse<String> get(Server server, String path, String... headers)
      throws IOException, InterruptedException {
    return get(server.uri(), path, headers);
  }

  public static HttpResponse<String> get(URI server, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
