package org.cornerturn.query.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductRoutesTest {
  private static final TableDefinition RUNS =
      TableDefinition.named("runs", "what was run")
          .text("run", "id")
          .text("state", "how it is")
          .moment("started", "start")
          .moment("ended", "end")
          .texts("products", "ids");
  private static final TableDefinition PRODUCTS =
      TableDefinition.named("products", "every making")
          .text("product", "id")
          .text("root", "where it lies")
          .text("run", "id of the run")
          .count("bytes", "B", "size")
          .moment("published", "when");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  @TempDir private static Path empty;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    DeltaTable runs = new DeltaTable(new LocalStore(folder.resolve("runs")), RUNS);
    long second = 1_000_000;
    List<Object[]> starts = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      starts.add(new Object[] {"run" + i, "running", i * second, null, List.of("p" + i)});
    }
    runs.append(starts, "a", 0);
    List<Object[]> ends = new ArrayList<>();
    for (long i = 0; i < 39; i++) {
      ends.add(
          new Object[] {"run" + i, "complete", i * second, (i + 1) * second, List.of("p" + i)});
    }
    runs.append(ends, "a", 1);
    DeltaTable products = new DeltaTable(new LocalStore(folder.resolve("products")), PRODUCTS);
    List<Object[]> makings = new ArrayList<>();
    makings.add(new Object[] {"p1-aaa", "/data/p1.zarr", "run1", 10L, 5 * second});
    makings.add(new Object[] {"p2-bbb", "/data/p2.zarr", "run2", 20L, 6 * second});
    makings.add(new Object[] {"p1-ccc", "/data/p1.zarr", "run3", 30L, 7 * second});
    makings.add(new Object[] {"p2-bbb", "/data/p2.zarr", "run4", 40L, 8 * second});
    products.append(makings, "a", 0);
    server = server(folder);
  }

  private static Server server(Path warehouse) throws IOException {
    return Server.start(
        Config.of(Map.of("warehouse", warehouse.toString(), "port", "0"), Map.of(), Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HttpResponse<byte[]> get(Server of, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(of.uri() + path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = get(server, path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> texts(JsonNode items, String member) {
    List<String> all = new ArrayList<>();
    items.forEach(i -> all.add(i.get(member).asText()));
    return all;
  }

  @Test
  void aRunIsOneItemTheNewestFirst() throws Exception {
    JsonNode first = json("/api/v1/runs?limit=30");
    assertThat(first.get("items")).hasSize(30);
    assertThat(first.at("/items/0/run").asText()).isEqualTo("run39");
    assertThat(first.at("/items/0/state").asText()).isEqualTo("running");
    assertThat(first.at("/items/0/ended").isNull()).isTrue();
    assertThat(first.at("/items/1/state").asText()).isEqualTo("complete");
    JsonNode second = json("/api/v1/runs?limit=30&cursor=" + first.get("next").asText());
    assertThat(texts(second.get("items"), "run")).hasSize(10).endsWith("run0");
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(get(server, "/api/v1/runs").headers().firstValue("X-Total-Count")).contains("40");
    assertThat(texts(json("/api/v1/runs?filter=state:eq:running").get("items"), "run"))
        .containsExactly("run39");
    assertThat(texts(json("/api/v1/runs?filter=products:has:p7").get("items"), "run"))
        .containsExactly("run7");
    assertThat(json("/api/v1/runs/run5").get("state").asText()).isEqualTo("complete");
    assertThat(get(server, "/api/v1/runs/none").statusCode()).isEqualTo(404);
  }

  @Test
  void ofEachRootTheNewestProductIsInPlace() throws Exception {
    JsonNode items = json("/api/v1/products").get("items");
    assertThat(texts(items, "product")).containsExactly("p2-bbb", "p1-ccc");
    assertThat(texts(items, "run")).containsExactly("run4", "run3");
    JsonNode one = json("/api/v1/products/p2-bbb");
    assertThat(one.get("bytes").asLong()).isEqualTo(40);
    assertThat(texts(one.get("makings"), "run")).containsExactly("run4", "run2");
    assertThat(json("/api/v1/products/p1-aaa").get("root").asText()).isEqualTo("/data/p1.zarr");
    assertThat(get(server, "/api/v1/products/none").statusCode()).isEqualTo(404);
    String csv =
        new String(
            get(server, "/api/v1/products?format=csv").body(),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(csv).startsWith("product,root,run,bytes,published\r\np2-bbb,/data/p2.zarr,run4,40,");
  }

  @Test
  void anEmptyWarehouseHasEmptyLists() throws Exception {
    try (Server none = server(empty.resolve("not there yet"))) {
      for (String list : List.of("products", "runs", "tables")) {
        HttpResponse<byte[]> answer = get(none, "/api/v1/" + list);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).get("items")).isEmpty();
      }
      assertThat(get(none, "/api/v1/runs/x").statusCode()).isEqualTo(404);
      assertThat(get(none, "/api/v1/products/x").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void newRunsAreSeenAtOnce() throws Exception {
    Path other = empty.resolve("growing");
    try (Server growing = server(other)) {
      assertThat(JSON.readTree(get(growing, "/api/v1/runs").body()).get("items")).isEmpty();
      DeltaTable runs = new DeltaTable(new LocalStore(other.resolve("runs")), RUNS);
      runs.append(List.<Object[]>of(new Object[] {"r", "running", 0L, null, List.of()}), "a", 0);
      assertThat(JSON.readTree(get(growing, "/api/v1/runs").body()).at("/items/0/state").asText())
          .isEqualTo("running");
      runs.append(List.<Object[]>of(new Object[] {"r", "failed", 0L, 5L, List.of()}), "a", 1);
      assertThat(JSON.readTree(get(growing, "/api/v1/runs/r").body()).get("state").asText())
          .isEqualTo("failed");
    }
  }
}
