package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.query.http.Json;

/**
 * Every operation that the service describes is asked with parameters that are right, odd and
 * absurd: whatever comes, it is no fault of the service.
 */
class FuzzTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Streams without end. */
  private static final List<String> ENDLESS = List.of("/api/v1/events");

  private static Path folder;
  private static Server server;
  private static List<Asked> operations;

  /** What is asked: an operation and the names of its parameters. */
  private record Asked(String method, String path, List<String> inPath, List<String> inQuery) {}

  @BeforeContainer
  static void start() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("cornerturn-fuzz-");
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("a.h5"))) {
      byte[] data = new byte[20 * 30 * 2];
      writer
          .root()
          .contiguous("data", Primitive.INT16, Shape.of(20, 30))
          .write(data, 0, data.length);
      writer.finish();
    }
    Files.writeString(folder.resolve("not.h5"), "no HDF5");
    Files.createDirectories(folder.resolve("store.zarr"));
    server = Services.start(folder, "limit.request_seconds", "5");
    operations = new ArrayList<>();
    JsonNode paths =
        Json.mapper().readTree(Services.get(server, "/openapi.json").body()).path("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        m -> {
                          if (!ENDLESS.contains(path.getKey())) {
                            operations.add(asked(m.getKey(), path.getKey(), m.getValue()));
                          }
                        }));
  }

  private static Asked asked(String method, String path, JsonNode operation) {
    List<String> inPath = new ArrayList<>();
    List<String> inQuery = new ArrayList<>();
    for (JsonNode p : operation.path("parameters")) {
      String in = p.path("in").asText();
      (in.equals("path") ? inPath : inQuery).add(p.path("name").asText());
    }
    return new Asked(method.toUpperCase(Locale.ROOT), path, inPath, inQuery);
  }

  @AfterContainer
  static void stop() throws IOException {
    server.close();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
    }
  }

  @Provide
  Arbitrary<String> words() {
    Arbitrary<String> likely =
        Arbitraries.of(
            "a.h5",
            "files/a.h5",
            "not.h5",
            "files",
            "/data",
            "/",
            "data",
            "store.zarr",
            "json",
            "bin",
            "npy",
            "csv",
            "tiff",
            "safe",
            "origin",
            "line",
            "heatmap",
            "matrix",
            "auto",
            "full",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "10",
            "0:5",
            "::2",
            "0:5,0:5",
            "min",
            "max",
            "mean",
            "1e3",
            "runs",
            "products",
            "row",
            "col",
            "0,1",
            "0=3",
            "all");
    Arbitrary<String> odd =
        Arbitraries.of(
            "",
            " ",
            "..",
            "../..",
            "/..",
            "%",
            "%00",
            "%2e%2e",
            "\u0000",
            "\n",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e999",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "2147483648",
            "-0",
            "0x10",
            "::",
            ":::",
            "1:2:0",
            "0:-1",
            ",,,,",
            "[0]",
            "{}",
            "null",
            "undefined",
            "'; drop table runs; --",
            "\u202e",
            "\ud83d\ude00",
            "a".repeat(5_000),
            "1,".repeat(500),
            "((((((((((",
            "<script>",
            "${jndi:ldap://x}");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(5, likely),
        net.jqwik.api.Tuple.of(3, odd),
        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(20)),
        net.jqwik.api.Tuple.of(1, Arbitraries.longs().map(String::valueOf)),
        net.jqwik.api.Tuple.of(1, Arbitraries.doubles().map(String::valueOf)));
  }

  /** Numbers to choose an operation and its parameters by, and words to fill them with. */
  @Provide
  Arbitrary<Map.Entry<List<Integer>, List<String>>> questions() {
    return Combinators.combine(
            Arbitraries.integers().between(0, Integer.MAX_VALUE).list().ofSize(16),
            words().list().ofSize(16))
        .as(Map::entry);
  }

  @Property(tries = 1_200)
  void noQuestionIsAFault(@ForAll("questions") Map.Entry<List<Integer>, List<String>> question)
      throws Exception {
    List<Integer> choices = question.getKey();
    List<String> words = question.getValue();
    Asked asked = operations.get(choices.get(0) % operations.size());
    int n = 1;
    String path = asked.path();
    for (String name : asked.inPath()) {
      String word = encoded(words.get(n % 16));
      path = path.replace("{" + name + "}", word.isEmpty() ? "-" : word);
      n++;
    }
    StringBuilder query = new StringBuilder();
    for (String name : asked.inQuery()) {
      // What comes first is most often required.
      if (choices.get(n % 16) % 3 != 0) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
        query.append(encoded(words.get(n % 16)));
      }
      n++;
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path + query))
            .method(asked.method(), HttpRequest.BodyPublishers.ofString(words.get(15)))
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s %s%s: %s", asked.method(), path, query, shortened(answer.body()))
        .satisfiesAnyOf(
            s -> assertThat(s).isLessThan(500),
            s -> assertThat(answer.body()).contains("DEADLINE_EXCEEDED"));
    if (answer.statusCode() >= 400) {
      assertThat(Json.mapper().readTree(answer.body()).path("code").asText())
          .as("%s %s%s: %s", asked.method(), path, query, shortened(answer.body()))
          .isNotBlank();
    }
  }

  private static String shortened(String body) {
    return body.substring(0, Math.min(500, body.length()));
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
