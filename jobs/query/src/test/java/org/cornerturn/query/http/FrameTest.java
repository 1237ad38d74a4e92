package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.query.RawHttp;
import org.cornerturn.query.access.Gate;
import org.cornerturn.query.root.RootSetting;
import org.cornerturn.query.root.Roots;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frame with a few operations that do what handlers do, well and badly. */
class FrameTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Parameter<String> KEY = Parameter.text("key", "a key").inPath();
  private static final Parameter<Long> N = Parameter.integer("n", "a number", 0, 10).or(3L);

  @TempDir private static Path folder;
  private static HttpServer server;
  private static URI uri;

  @BeforeAll
  static void start() throws IOException {
    Router router = new Router();
    router.get(at("/n").with(N), x -> x.json(Map.of("n", x.value(N), "nan", Double.NaN)));
    router.get(at("/grove").with(N).failsAs(ErrorDialect.H5GROVE), x -> x.json(x.value(N)));
    router.get(at("/viewer").with(N).failsAs(ErrorDialect.VIEWER), x -> x.json(x.value(N)));
    router.get(at("/keys/<key>/end").with(KEY), x -> x.json(x.locate(x.value(KEY)).key()));
    router.get(
        at("/tagged"),
        x -> {
          if (!x.isAnsweredBy(Conditional.etag("v1", "tagged"))) {
            x.bytes("application/octet-stream", new byte[100]);
          }
        });
    router.get(
        at("/fault"),
        x -> {
          throw new IllegalStateException("secret inner matter");
        });
    router.get(at("/deep"), x -> x.json(deep(1)));
    router.get(
        at("/mistake"),
        x -> {
          throw new UserError("The file", "is odd", "Mend it");
        });
    router.get(
        at("/store"),
        x -> {
          throw new IOException("bucket gone");
        });
    Roots roots = Roots.open(List.of(new RootSetting("r", folder.toString())), Map.of());
    HttpSettings settings =
        new HttpSettings("127.0.0.1", 0, 16, List.of("https://friend.example"), true, Map.of());
    server =
        new HttpServer(
            settings,
            router,
            roots,
            new Limits(Map.of()),
            new Gate(List.of()),
            new SimpleMeterRegistry());
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Operation at(String path) {
    return Operation.at(path, path.replaceAll("[/<>]", "_"), "test", "an operation");
  }

  private static int deep(int n) {
    return n < 0 ? 0 : deep(n + 1) + deep(n + 2);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  @Test
  void parametersAreReadAsTheyAreDescribed() throws Exception {
    assertThat(json(get("/n")).path("n").asInt()).isEqualTo(3);
    assertThat(json(get("/n")).path("nan").isNull()).isTrue();
    assertThat(json(get("/n?n=7")).path("n").asInt()).isEqualTo(7);
    assertThat(json(get("/n?%6e=7")).path("n").asInt()).isEqualTo(7);
    assertThat(json(get("/n?m=7")).path("n").asInt()).isEqualTo(3);
    for (String wrong : List.of("11", "-1", "x", "", "1&n=2", "9223372036854775808")) {
      HttpResponse<byte[]> refused = get("/n?n=" + wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
      assertThat(json(refused).path("code").asText()).isEqualTo("VALIDATION_ERROR");
      assertThat(json(refused).path("errors").path(0).path("parameter").asText()).isEqualTo("n");
    }
  }

  @Test
  void errorsHaveTheMembersThatEachFamilyOfClientsReads() throws Exception {
    HttpResponse<byte[]> plain = get("/n?n=x");
    assertThat(plain.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(plain).has("message")).isFalse();
    assertThat(json(plain).path("instance").asText()).isEqualTo("/n");
    assertThat(json(plain).path("trace_id").asText())
        .isEqualTo(plain.headers().firstValue("X-Request-Id").orElseThrow());
    HttpResponse<byte[]> grove = get("/grove?n=x");
    assertThat(grove.statusCode()).isEqualTo(422);
    assertThat(json(grove).path("message").asText()).contains("'x' is no whole number");
    HttpResponse<byte[]> viewer = get("/viewer?n=x");
    assertThat(viewer.statusCode()).isEqualTo(400);
    assertThat(json(viewer).path("success").asBoolean(true)).isFalse();
    assertThat(json(viewer).path("error").asText()).contains("no whole number");
  }

  @Test
  void whatFailsInsideIsNotTold() throws Exception {
    HttpResponse<byte[]> fault = get("/fault");
    assertThat(fault.statusCode()).isEqualTo(500);
    assertThat(new String(fault.body(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("secret")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(get("/deep").statusCode()).isEqualTo(500);
    assertThat(get("/n").statusCode()).isEqualTo(200);
    assertThat(get("/mistake").statusCode()).isEqualTo(422);
    HttpResponse<byte[]> store = get("/store");
    assertThat(store.statusCode()).isEqualTo(502);
    assertThat(json(store).path("code").asText()).isEqualTo("STORE_ERROR");
  }

  @Test
  void nothingAndOtherMethods() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(json(get("/nowhere")).path("code").asText()).isEqualTo("NOT_FOUND");
    HttpResponse<byte[]> other = send(HttpRequest.newBuilder(uri.resolve("/n")).DELETE());
    assertThat(other.statusCode()).isEqualTo(405);
    assertThat(json(other).path("status").asInt()).isEqualTo(405);
  }

  @Test
  void keysAreDecodedOnce() throws Exception {
    assertThat(json(get("/keys/r/a/b%20c/end")).asText()).isEqualTo("a/b c");
    assertThat(json(get("/keys/r%2Fa%2Fb/end")).asText()).isEqualTo("a/b");
    assertThat(json(get("/keys/r/a%252Fb/end")).asText()).isEqualTo("a%2Fb");
    assertThat(json(get("/keys/r/a+b/end")).asText()).isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/keys/r/../../etc/passwd/end",
        "/keys/r%2F..%2F..%2Fetc/end",
        "/keys/r/..%2f..%2fetc/end",
        "/keys/%2e%2e/%2e%2e/etc/end",
        "/keys/r/%2e%2e%2fx/end",
        "/keys/r/a//b/end",
        "/keys/r/a%5c..%5cb/end",
        "/keys/r/a%00b/end",
        "/keys/r/%c0%ae%c0%ae/x/end",
        "/keys/r/%zz/end",
        "/keys/r/..;/x/end",
        "/keys//etc/passwd/end",
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd"
      })
  void noAddressLeavesTheRoot(String path) throws IOException {
    String answer = RawHttp.get(uri, path);
    int status = Integer.parseInt(answer.substring(9, 12));
    // A name that is only odd is a name; whatever could leave the root is refused or not there.
    if (status == 200) {
      assertThat(answer).matches("(?s).*\r\n\r\n\"(\\.\\.;/x|etc/passwd)\"");
    } else {
      assertThat(status).isBetween(400, 404);
      assertThat(answer).contains("application/problem+json").doesNotContain("root:");
    }
  }

  @Test
  void headTellsTheLengthAlone() throws Exception {
    HttpResponse<byte[]> head =
        send(
            HttpRequest.newBuilder(uri.resolve("/tagged"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("100");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    String etag = get("/tagged").headers().firstValue("ETag").orElseThrow();
    assertThat(etag).matches("\"[0-9a-f]{32}\"");
    for (String known : List.of(etag, "\"x\", W/" + etag, "*")) {
      HttpResponse<byte[]> same = get("/tagged", "If-None-Match", known);
      assertThat(same.statusCode()).as(known).isEqualTo(304);
      assertThat(same.body()).isEmpty();
    }
    assertThat(get("/tagged", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(Conditional.etag("v1", "a", "b")).isNotEqualTo(Conditional.etag("v1", "ab", ""));
  }

  @Test
  void browsersAreToldWhatTheyMay() throws Exception {
    HttpResponse<byte[]> answer = get("/n");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("sandbox");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    for (String path : List.of("/n", "/nowhere", "/n?n=x", "/fault")) {
      assertThat(get(path).headers().allValues("X-Frame-Options")).containsExactly("DENY");
      assertThat(get(path).headers().allValues("X-Request-Id")).hasSize(1);
    }
  }

  @Test
  void pagesOfOtherOriginsReadOnlyWhereTheyMay() throws Exception {
    HttpResponse<byte[]> friend = get("/n", "Origin", "https://friend.example");
    assertThat(friend.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://friend.example");
    assertThat(friend.headers().firstValue("Vary")).contains("Origin");
    HttpResponse<byte[]> foe = get("/n", "Origin", "https://foe.example");
    assertThat(foe.statusCode()).isEqualTo(200);
    assertThat(foe.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpRequest.Builder preflight =
        HttpRequest.newBuilder(uri.resolve("/n"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", "https://friend.example")
            .header("Access-Control-Request-Headers", "Range");
    HttpResponse<byte[]> allowed = send(preflight);
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Range")
        .contains("If-None-Match");
    HttpResponse<byte[]> change =
        send(
            HttpRequest.newBuilder(uri.resolve("/n"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://foe.example"));
    assertThat(change.statusCode()).isEqualTo(403);
  }

  @Test
  void anotherNameOfThisMachineIsRefused() throws IOException {
    assertThat(RawHttp.get(uri, "/n", "Host: evil.example:8420")).startsWith("HTTP/1.1 403");
    assertThat(RawHttp.get(uri, "/n", "Host: 8420:8420")).startsWith("HTTP/1.1 403");
    assertThat(RawHttp.get(uri, "/n", "Host: LocalHost:8420")).startsWith("HTTP/1.1 200");
    assertThat(RawHttp.get(uri, "/n", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200");
    assertThat(RawHttp.get(uri, "/n", "Host: [::1]:8420")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aTraceGoesOn() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<byte[]> answer = get("/n", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
    assertThat(answer.headers().firstValue("X-Request-Id")).contains(trace);
    assertThat(answer.headers().firstValue("traceresponse").orElseThrow())
        .startsWith("00-" + trace + "-")
        .endsWith("-01")
        .doesNotContain("00f067aa0ba902b7");
    for (String wrong :
        List.of("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "ff-" + trace + "-1-01", "x")) {
      assertThat(get("/n", "traceparent", wrong).headers().firstValue("X-Request-Id").orElseThrow())
          .isNotEqualTo(trace)
          .matches("[0-9a-f]{32}");
    }
  }
}
