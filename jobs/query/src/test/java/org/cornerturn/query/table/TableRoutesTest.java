package org.cornerturn.query.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRoutesTest {
  private static final TableDefinition THINGS =
      TableDefinition.named("things", "things to ask for")
          .text("name", "a name")
          .count("number", "m", "a length")
          .real("share", "1", "a fraction")
          .moment("at", "a moment")
          .texts("tags", "words");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static Server server;

  private static Object[] row(long n) {
    String name = n == 3 ? "=1+1" : n % 7 == 0 ? null : "name, " + n % 10;
    return new Object[] {
      name, n, n == 5 ? Double.NaN : n / 4.0, n * 1_000_000, List.of("t" + n % 2)
    };
  }

  @BeforeAll
  static void start() throws IOException {
    DeltaTable things = new DeltaTable(new LocalStore(folder.resolve("things")), THINGS);
    for (int c = 0; c < 3; c++) {
      things.append(
          IntStream.range(50 * c, 50 * c + 50).mapToObj(TableRoutesTest::row).toList(), "t", c);
    }
    Files.createDirectories(folder.resolve("no table/inside"));
    server =
        Server.start(
            Config.of(Map.of("warehouse", folder.toString(), "port", "0"), Map.of(), Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Long> numbers(JsonNode page) {
    List<Long> all = new ArrayList<>();
    page.get("rows").forEach(r -> all.add(r.get("number").asLong()));
    return all;
  }

  @Test
  void listsTablesAndNothingElse() throws Exception {
    JsonNode items = json("/api/v1/tables").get("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("name").asText()).isEqualTo("things");
    assertThat(items.get(0).get("rows").asLong()).isEqualTo(150);
    assertThat(items.get(0).get("version").asLong()).isEqualTo(3);
    assertThat(items.get(0).get("bytes").asLong()).isPositive();
  }

  @Test
  void tellsColumnsWithUnits() throws Exception {
    JsonNode columns = json("/api/v1/tables/things").get("columns");
    assertThat(columns.get(1).get("unit").asText()).isEqualTo("m");
    assertThat(columns.get(1).get("description").asText()).isEqualTo("a length");
    assertThat(columns.get(4).get("type").asText()).isEqualTo("array<string>");
    assertThat(json("/api/v1/tables/things/schema?version=0").at("/delta/fields")).hasSize(5);
    assertThat(json("/api/v1/tables/things?version=1").get("rows").asLong()).isEqualTo(50);
  }

  @Test
  void tellsVersionsTheNewestFirst() throws Exception {
    JsonNode items = json("/api/v1/tables/things/history").get("items");
    assertThat(items).hasSize(4);
    assertThat(items.get(0).get("version").asLong()).isEqualTo(3);
    assertThat(items.get(0).get("operation").asText()).isEqualTo("WRITE");
    assertThat(items.get(0).get("timestamp").asText()).startsWith("20");
    assertThat(
            json("/api/v1/tables/things/history?limit=1&version=2").at("/items/0/version").asLong())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "order=-number",
        "order=name",
        "filter=tags:has:t1",
        "filter=number%20%3E%3D%2010&order=share"
      })
  void pagesGiveEveryRowOnce(String question) throws Exception {
    String path = "/api/v1/tables/things/rows?limit=17&" + question;
    Set<Long> seen = new HashSet<>();
    int pages = 0;
    JsonNode page;
    String cursor = "";
    do {
      page = json(path + cursor);
      pages++;
      for (long n : numbers(page)) {
        assertThat(seen.add(n)).isTrue();
      }
      cursor = "&cursor=" + page.get("next").asText();
    } while (!page.get("next").isNull());
    long expected = question.contains("has") ? 75 : question.contains("filter") ? 140 : 150;
    assertThat(seen).hasSize((int) expected);
    assertThat(pages).isEqualTo((int) Math.ceil(expected / 17.0));
  }

  @Test
  void linksToTheNextPage() throws Exception {
    HttpResponse<byte[]> first =
        get("/api/v1/tables/things/rows?limit=100&order=number&columns=number");
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).endsWith(">; rel=\"next\"");
    JsonNode second = json(link.substring(1, link.indexOf('>')));
    assertThat(numbers(second)).hasSize(50).startsWith(100L);
    assertThat(first.headers().firstValue("X-Total-Count")).contains("150");
    assertThat(first.headers().firstValue("X-Table-Version")).contains("3");
  }

  @Test
  void givesValuesAsTheyAre() throws Exception {
    JsonNode row = json("/api/v1/tables/things/rows?filter=number:eq:5").at("/rows/0");
    assertThat(row.toString())
        .isEqualTo(
            "{\"name\":\"name, 5\",\"number\":5,\"share\":null,\"at\":\"1970-01-01T00:00:05Z\","
                + "\"tags\":[\"t1\"]}");
    JsonNode some = json("/api/v1/tables/things/rows?filter=number:eq:7&columns=share,name");
    assertThat(some.at("/rows/0").toString()).isEqualTo("{\"share\":1.75,\"name\":null}");
  }

  @Test
  void givesOlderVersions() throws Exception {
    assertThat(json("/api/v1/tables/things/rows?version=1&limit=1000").get("rows")).hasSize(50);
    assertThat(json("/api/v1/tables/things/rows?version=0").get("rows")).isEmpty();
    assertThat(get("/api/v1/tables/things/rows?version=4").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/tables/things/rows?version=-1").statusCode()).isEqualTo(404);
  }

  @Test
  void givesCsv() throws Exception {
    HttpResponse<byte[]> answer =
        get("/api/v1/tables/things/rows?format=csv&columns=number,name,share&filter=number:le:7");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .startsWith("number,name,share\r\n")
        .contains(
            "1,\"name, 1\",0.25\r\n", "3,=1+1,0.75\r\n", "5,\"name, 5\",NaN\r\n", "7,,1.75\r\n");
    HttpResponse<byte[]> safe =
        get(
            "/api/v1/tables/things/rows?spreadsheet=true&filter=number:eq:3&columns=name",
            "Accept",
            "text/csv");
    assertThat(new String(safe.body(), StandardCharsets.UTF_8)).isEqualTo("name\r\n'=1+1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrow", "parquet", "csv"})
  void downloadsAreWhole(String format) throws Exception {
    HttpResponse<byte[]> answer = get("/api/v1/tables/things/rows?order=-number&format=" + format);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"things.");
    assertThat(answer.body().length).isGreaterThan(500);
    if (format.equals("parquet")) {
      assertThat(new String(answer.body(), answer.body().length - 4, 4, StandardCharsets.US_ASCII))
          .isEqualTo("PAR1");
    }
  }

  @Test
  void sendsNothingTwice() throws Exception {
    for (String path :
        List.of("things", "things/schema", "things/rows", "things/rows?format=csv")) {
      HttpResponse<byte[]> first = get("/api/v1/tables/" + path);
      String etag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<byte[]> again = get("/api/v1/tables/" + path, "If-None-Match", etag);
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter=number:eq:x",
        "filter=none:eq:1",
        "filter=number",
        "order=none",
        "order=tags",
        "columns=none",
        "columns=name,name",
        "cursor=none",
        "cursor=e30",
        "limit=0",
        "limit=x",
        "version=x",
        "format=xml",
        "cursor=eyJxIjoiIiwicCI6MCwiciI6MH0"
      })
  void refusesWhatItDoesNotUnderstand(String question) throws Exception {
    HttpResponse<byte[]> answer = get("/api/v1/tables/things/rows?" + question);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("code").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo(question.split("=")[0]);
  }

  @Test
  void tellsItsLimits() throws Exception {
    HttpResponse<byte[]> answer = get("/api/v1/tables/things/rows?limit=1001");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(JSON.readTree(answer.body()).get("limit").asText()).isEqualTo("page_rows");
  }

  @Test
  void aCursorOfAnotherQuestionIsRefused() throws Exception {
    String next = json("/api/v1/tables/things/rows?order=number&limit=5").get("next").asText();
    HttpResponse<byte[]> answer =
        get("/api/v1/tables/things/rows?order=-number&limit=5&cursor=" + encoded(next));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "..", "%2e%2e", "no%20table", "things%2F..", "..%2Fwarehouse", "."})
  void knowsNoOtherTables(String name) throws Exception {
    assertThat(get("/api/v1/tables/" + name + "/rows").statusCode()).isIn(400, 403, 404);
  }
}
