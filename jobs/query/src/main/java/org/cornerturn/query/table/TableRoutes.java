package org.cornerturn.query.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.table.PlainText;
import org.cornerturn.table.TableCommit;
import org.cornerturn.table.TableSnapshot;

/** {@code /api/v1/tables}: the warehouse's tables, their versions and their rows. */
public final class TableRoutes implements Routes {
  /** Header that tells which version of a table an answer is about. */
  public static final String VERSION_HEADER = "X-Table-Version";

  static final String TAG = "tables";

  private static final Parameter<String> TABLE =
      Parameter.text("table", "Name of a table").inPath();
  private static final Parameter<Long> VERSION =
      Parameter.integer("version", "A version of the table; the newest where left out");
  private static final Parameter<Long> HISTORY_LIMIT =
      Parameter.integer("limit", "Most versions", 1, 1000).or(100L);
  private static final String JSON = "application/json";

  private final Tables tables;
  private final Limits limits;

  public TableRoutes(Tables tables, Limits limits) {
    this.tables = tables;
    this.limits = limits;
    RowRequest.exportRows(limits);
    RowRequest.orderedRows(limits);
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/tables", "tables", TAG, "Tables of the warehouse")
            .answers(200, "Their names, versions and sizes", JSON),
        this::list);
    router.get(
        Operation.at("/api/v1/tables/{table}", "table", TAG, "A table")
            .with(TABLE, VERSION)
            .answers(200, "Version, size, columns with units, properties", JSON),
        this::detail);
    router.get(
        Operation.at("/api/v1/tables/{table}/schema", "tableSchema", TAG, "Columns of a table")
            .with(TABLE, VERSION)
            .answers(200, "Columns, and the schema as Delta has it", JSON),
        this::schema);
    router.get(
        Operation.at("/api/v1/tables/{table}/history", "tableHistory", TAG, "Versions of a table")
            .with(TABLE, VERSION, HISTORY_LIMIT)
            .answers(200, "Commits, the newest first", JSON),
        this::history);
    router.get(
        Operation.at("/api/v1/tables/{table}/rows", "tableRows", TAG, "Rows of a table")
            .described(
                "A page as JSON, or all rows as CSV, Arrow or Parquet. Pages stay with the version"
                    + " that the first one was of only if version is given; a cursor of another"
                    + " version is refused.")
            .with(TABLE, VERSION)
            .with(RowRequest.parameters())
            .costs(Cost.READ)
            .answers(200, "Rows", RowRequest.mediaTypes()),
        this::rows);
  }

  private void list(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    ArrayNode items = Json.mapper().createArrayNode();
    for (String name : tables.names()) {
      Optional<TableSnapshot> table = tables.latest(name);
      if (table.isPresent()) {
        items.add(summary(name, table.get()));
      }
    }
    ObjectNode body = Json.object();
    body.set("items", items);
    exchange.json(body);
  }

  private static ObjectNode summary(String name, TableSnapshot table) throws IOException {
    ObjectNode json = Json.object().put("name", name).put("version", table.version());
    json.put("description", table.description().orElse(null));
    json.put("rows", table.rows().orElse(null));
    json.put("bytes", table.dataBytes());
    json.put("files", table.parts());
    json.put("timestamp", Instant.ofEpochMilli(table.committedMillis()).toString());
    return json;
  }

  private Optional<TableSnapshot> asked(Exchange exchange) {
    tables.check(exchange.principal());
    TableSnapshot table = tables.snapshot(exchange.value(TABLE), exchange.optional(VERSION));
    exchange.header(VERSION_HEADER, Long.toString(table.version()));
    String etag = Conditional.etag(versionOf(table), exchange.path(), exchange.query());
    return exchange.isAnsweredBy(etag) ? Optional.empty() : Optional.of(table);
  }

  private static String versionOf(TableSnapshot table) {
    return table.id() + "@" + table.version();
  }

  private void detail(Exchange exchange) throws IOException {
    Optional<TableSnapshot> table = asked(exchange);
    if (table.isEmpty()) {
      return;
    }
    ObjectNode json = summary(exchange.value(TABLE), table.get());
    json.put("id", table.get().id());
    json.put(
        "created",
        table.get().createdMillis().map(m -> Instant.ofEpochMilli(m).toString()).orElse(null));
    json.set("columns", columns(table.get().schema()));
    json.set("partition_columns", Json.node(table.get().partitionColumns()));
    json.set("properties", Json.node(table.get().properties()));
    exchange.json(json);
  }

  private void schema(Exchange exchange) throws IOException {
    Optional<TableSnapshot> table = asked(exchange);
    if (table.isPresent()) {
      ObjectNode json = Json.object().put("version", table.get().version());
      json.set("columns", columns(table.get().schema()));
      json.set("delta", Json.mapper().readTree(table.get().schemaJson()));
      exchange.json(json);
    }
  }

  /** Names, types, units and descriptions. */
  public static ArrayNode columns(StructType schema) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (StructField f : schema.fields()) {
      ObjectNode json = all.addObject().put("name", f.getName());
      json.put("type", PlainText.type(f.getDataType())).put("nullable", f.isNullable());
      json.put("unit", text(f.getMetadata(), "unit"));
      json.put("description", text(f.getMetadata(), "comment"));
    }
    return all;
  }

  private static String text(FieldMetadata metadata, String key) {
    return metadata.get(key) instanceof String text ? text : null;
  }

  private void history(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    String name = exchange.value(TABLE);
    TableSnapshot newest = tables.snapshot(name, exchange.optional(VERSION));
    int limit = (int) Math.min(exchange.value(HISTORY_LIMIT), limits.pageRows().most());
    exchange.header(VERSION_HEADER, Long.toString(newest.version()));
    List<TableCommit> commits = tables.history(name, newest.version(), limit);
    ArrayNode items = Json.mapper().createArrayNode();
    for (TableCommit c : commits) {
      ObjectNode json = items.addObject().put("version", c.version());
      json.put("timestamp", Instant.ofEpochMilli(c.committedMillis()).toString());
      json.put("operation", c.operation());
      json.set("parameters", c.parameters());
      json.set("metrics", c.metrics());
      json.put("engine", c.engine());
    }
    ObjectNode body = Json.object();
    body.set("items", items);
    exchange.json(body);
  }

  private void rows(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    String name = exchange.value(TABLE);
    TableSnapshot table = tables.snapshot(name, exchange.optional(VERSION));
    exchange.header(VERSION_HEADER, Long.toString(table.version()));
    new RowRequest(exchange, table, versionOf(table), limits).answer(name, "rows");
  }
}
