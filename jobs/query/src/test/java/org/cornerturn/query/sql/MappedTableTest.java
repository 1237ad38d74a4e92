package org.cornerturn.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.Config;
import org.cornerturn.query.Server;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table whose log is written by hand after Delta's protocol: columns that are named otherwise in
 * files, one that no file has, partitions, and a deletion vector in the log itself. Rows and SQL
 * give the same.
 */
class MappedTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TableDefinition IN_FILES =
      TableDefinition.named("mapped", "as files have it")
          .text("c-1", "word")
          .count("c-2", null, "n");

  @TempDir private static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    LocalStore store = new LocalStore(folder.resolve("mapped"));
    DataFile first = file(store, 0, 10);
    DataFile second = file(store, 10, 15);
    store.put(
        "_delta_log/00000000000000000000.json",
        lines(
            """
            {"protocol":{"minReaderVersion":3,"minWriterVersion":7,
            "readerFeatures":["deletionVectors","columnMapping"],
            "writerFeatures":["deletionVectors","columnMapping"]}}"""
                .replace("\n", ""),
            metadata(),
            add(first, "2026-01-02", null),
            add(second, null, null)));
    ObjectNode remove = JSON.createObjectNode();
    remove
        .putObject("remove")
        .put("path", first.key())
        .put("dataChange", true)
        .put("deletionTimestamp", 1);
    store.put(
        "_delta_log/00000000000000000001.json",
        lines(remove.toString(), add(first, "2026-01-02", deletions(2, 3, 7))));
    server =
        Server.start(
            Config.of(Map.of("warehouse", folder.toString(), "port", "0"), Map.of(), Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static DataFile file(LocalStore store, int from, int to) throws IOException {
    TableWriter writer = new TableWriter(store, IN_FILES, 1 << 20);
    for (long i = from; i < to; i++) {
      writer.add(new Object[] {"w" + i, i}, 50);
    }
    return writer.finish().get(0);
  }

  private static byte[] lines(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String metadata() {
    ObjectNode schema = JSON.createObjectNode().put("type", "struct");
    String[][] columns = {
      {"word", "string", "c-1"},
      {"number", "long", "c-2"},
      {"late", "double", "c-3"},
      {"day", "date", "c-4"}
    };
    for (int i = 0; i < columns.length; i++) {
      schema
          .withArray("fields")
          .addObject()
          .put("name", columns[i][0])
          .put("type", columns[i][1])
          .put("nullable", true)
          .putObject("metadata")
          .put("delta.columnMapping.id", i + 1)
          .put("delta.columnMapping.physicalName", columns[i][2]);
    }
    ObjectNode line = JSON.createObjectNode();
    ObjectNode metadata =
        line.putObject("metaData").put("id", "11111111-2222-3333-4444-555555555555");
    metadata.putObject("format").put("provider", "parquet").putObject("options");
    metadata.put("schemaString", schema.toString()).put("createdTime", 0);
    metadata.putArray("partitionColumns").add("day");
    metadata
        .putObject("configuration")
        .put("delta.columnMapping.mode", "name")
        .put("delta.columnMapping.maxColumnId", "4")
        .put("delta.enableDeletionVectors", "true");
    return line.toString();
  }

  private static String add(DataFile file, String day, ObjectNode deletions) {
    ObjectNode line = JSON.createObjectNode();
    ObjectNode add = line.putObject("add").put("path", file.key()).put("size", file.bytes());
    add.putObject("partitionValues").put("c-4", day);
    add.put("modificationTime", file.modifiedMillis()).put("dataChange", true);
    add.put("stats", file.statistics());
    if (deletions != null) {
      add.set("deletionVector", deletions);
    }
    return line.toString();
  }

  /** A deletion vector in line: a 64-bit array of one Roaring bitmap of one array container. */
  private static ObjectNode deletions(int... rows) {
    int size = 4 + 8 + 4 + 4 + 4 + 4 + 4 + 2 * rows.length;
    int padded = (size + 3) / 4 * 4;
    ByteBuffer bytes = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1681511377).putLong(1).putInt(0); // Portable format; one bitmap, of high word 0.
    bytes.putInt(12346).putInt(1); // No runs; one container,
    bytes.putShort((short) 0).putShort((short) (rows.length - 1)).putInt(16); // key, size, place.
    for (int row : rows) {
      bytes.putShort((short) row);
    }
    return JSON.createObjectNode()
        .put("storageType", "i")
        .put("pathOrInlineDv", Base85Codec.encodeBytes(bytes.array()))
        .put("sizeInBytes", padded)
        .put("cardinality", rows.length);
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.uri() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static JsonNode sql(String query) throws Exception {
    return get("/api/v1/sql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).get("rows");
  }

  @Test
  void rowsAndSqlGiveTheSame() throws Exception {
    JsonNode rows = get("/api/v1/tables/mapped/rows?order=number").get("rows");
    assertThat(rows).hasSize(12);
    assertThat(rows.get(0).toString())
        .isEqualTo("{\"word\":\"w0\",\"number\":0,\"late\":null,\"day\":\"2026-01-02\"}");
    assertThat(rows.get(11).toString())
        .isEqualTo("{\"word\":\"w14\",\"number\":14,\"late\":null,\"day\":null}");
    assertThat(rows.findValuesAsText("number")).doesNotContain("2", "3", "7").contains("4");
    assertThat(sql("SELECT * FROM mapped ORDER BY number")).isEqualTo(rows);
  }

  @Test
  void filtersMeetPartitionsAndDeletions() throws Exception {
    for (String filter : List.of("number:eq:3", "day:gt:2026-01-02", "late:notnull")) {
      assertThat(get("/api/v1/tables/mapped/rows?filter=" + filter).get("rows"))
          .as(filter)
          .isEmpty();
    }
    assertThat(get("/api/v1/tables/mapped/rows?filter=day:null").get("rows")).hasSize(5);
    assertThat(
            sql("SELECT count(*) AS n, max(word) AS w FROM mapped WHERE day = '2026-01-02'")
                .toString())
        .isEqualTo("[{\"n\":7,\"w\":\"w9\"}]");
  }

  @Test
  void theVersionBeforeHasAllRows() throws Exception {
    assertThat(get("/api/v1/tables/mapped/rows?version=0").get("rows")).hasSize(15);
    assertThat(get("/api/v1/tables/mapped").get("rows").asLong()).isEqualTo(12);
  }
}
