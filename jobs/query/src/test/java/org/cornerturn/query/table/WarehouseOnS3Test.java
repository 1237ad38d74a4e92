package org.cornerturn.query.table;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseOnS3Test {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TableDefinition THINGS =
      TableDefinition.named("things", "things").text("name", "a name").count("number", null, "n");
  private static final String TABLE = "s3a://lake/warehouse/things";

  @TempDir private static Path folder;
  private static EmbeddedS3 bucket;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    bucket = EmbeddedS3.start(folder);
    bucket.createBucket("lake");
    append(0);
    Map<String, String> flags = new HashMap<>(bucket.settings());
    flags.put("warehouse", "s3a://lake/warehouse");
    flags.put("port", "0");
    server = Server.start(Config.of(flags, Map.of(), Map.of()));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    bucket.close();
  }

  private static void append(long commit) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (long i = 100 * commit; i < 100 * commit + 100; i++) {
      rows.add(new Object[] {"n" + i, i});
    }
    try (ObjectStore store = Stores.open(TABLE, bucket.settings())) {
      new DeltaTable(store, THINGS).append(rows, "t", commit);
    }
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.uri() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void readsTablesOfABucket() throws Exception {
    assertThat(json("/api/v1/tables").at("/items/0/name").asText()).isEqualTo("things");
    assertThat(json("/api/v1/tables/things/rows?filter=number:eq:42").at("/rows/0/name").asText())
        .isEqualTo("n42");
    String sum = "/api/v1/sql?query=SELECT+sum(number)+AS+s+FROM+things+WHERE+number%3C100";
    assertThat(json(sum).at("/rows/0/s").asLong()).isEqualTo(4950);
    append(1);
    assertThat(json("/api/v1/tables/things/rows?filter=number:eq:142").get("rows")).hasSize(1);
    assertThat(json("/api/v1/tables/things").get("version").asLong()).isEqualTo(2);
    // What was read stays readable: data files never change, and there are copies of them here.
    try (ObjectStore store = Stores.open(TABLE, bucket.settings())) {
      for (ObjectStatus s : store.list("")) {
        if (s.key().endsWith(".parquet")) {
          store.delete(s.key());
        }
      }
    }
    assertThat(json("/api/v1/tables/things/rows?filter=number:eq:42").get("rows")).hasSize(1);
    assertThat(json(sum).at("/rows/0/s").asLong()).isEqualTo(4950);
  }
}
