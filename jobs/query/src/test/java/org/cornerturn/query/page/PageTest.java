package org.cornerturn.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;
import org.cornerturn.query.calibration.CalibrationData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The page, as Chromium has it from a running service on data made here. */
class PageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PICTURES = Path.of("target/page-failures");

  @TempDir static Path folder;
  private static Server server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void serve() throws IOException {
    Path lake = Files.createDirectories(folder.resolve("lake"));
    Path other = Files.createDirectories(folder.resolve("other"));
    Path warehouse = Files.createDirectories(folder.resolve("warehouse"));
    PageData.files(lake);
    PageData.warehouse(warehouse, lake);
    CalibrationData.write(warehouse);
    server =
        Server.start(
            Config.of(
                Map.of(
                    "port", "0",
                    "warehouse", warehouse.toString(),
                    "root.lake", lake.toString(),
                    "root.other", other.toString()),
                Map.of(),
                Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @TestFactory
  List<DynamicTest> walksThroughThePage() throws Exception {
    OutsideProgram.run("chromium", "--version");
    Files.createDirectories(PICTURES);
    String lines =
        OutsideProgram.run(
            "node",
            "web/e2e/page.mjs",
            server.uri().toString(),
            "chromium",
            PICTURES.toAbsolutePath().toString());
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines.strip().split("\n")) {
      JsonNode outcome = JSON.readTree(line);
      tests.add(
          dynamicTest(
              outcome.get("name").asText(),
              () -> {
                if (!outcome.get("ok").asBoolean()) {
                  fail(outcome.get("fault").asText());
                }
              }));
    }
    assertThat(tests).hasSize(10);
    return tests;
  }

  @Test
  void provesItsPureParts() throws Exception {
    OutsideProgram.run("node", "web/node_modules/vitest/vitest.mjs", "run", "--root", "web");
  }

  @Test
  void comesWithAStrictPolicyAndOnlyFromHere() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).matches("text/html; ?charset=utf-8"));
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'self'")
                    .contains("require-trusted-types-for 'script'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline"));
    String html = new String(page.body(), StandardCharsets.UTF_8);
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(html);
    int found = 0;
    while (links.find()) {
      String link = links.group(1);
      assertThat(link).startsWith("./assets/");
      HttpResponse<byte[]> asset = get(URI.create("/").resolve(link).toString());
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control"))
          .get()
          .asString()
          .contains("immutable");
      found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
  }

  @Test
  void isNotSentTwice() throws Exception {
    String html = new String(get("/").body(), StandardCharsets.UTF_8);
    Matcher script = Pattern.compile("src=\"\\.(/assets/[^\"]*\\.js)\"").matcher(html);
    assertThat(script.find()).isTrue();
    HttpResponse<byte[]> first = get(script.group(1), "Accept-Encoding", "gzip");
    assertThat(first.headers().firstValue("Content-Encoding")).hasValue("gzip");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> second =
        get(script.group(1), "Accept-Encoding", "gzip", "If-None-Match", etag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get(script.group(1), "If-None-Match", etag).statusCode()).isEqualTo(200);
  }

  @Test
  void hasNoOtherFiles() throws Exception {
    for (String path :
        List.of(
            "/assets/none.js",
            "/assets/..%2findex.html",
            "/assets/%2e%2e%2f%2e%2e%2forg%2fcornerturn%2fquery%2fServer.class",
            "/assets/Server.class")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void tellsTheLicencesOfWhatItIsMadeOf() throws Exception {
    HttpResponse<byte[]> licences = get("/licenses.md");
    assertThat(licences.statusCode()).isEqualTo(200);
    assertThat(new String(licences.body(), StandardCharsets.UTF_8))
        .contains("@h5web/app", "uplot", "react");
  }
}
