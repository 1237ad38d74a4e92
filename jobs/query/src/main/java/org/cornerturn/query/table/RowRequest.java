package org.cornerturn.query.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.types.StructType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.table.Condition;
import org.cornerturn.table.RowCsv;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowFormat;
import org.cornerturn.table.RowJson;
import org.cornerturn.table.RowOrder;
import org.cornerturn.table.RowPosition;
import org.cornerturn.table.RowQuery;
import org.cornerturn.table.RowSource;

/** Questions for rows, as requests put them, and their answers; the same for every list of rows. */
public final class RowRequest {
  public static final Parameter<String> COLUMNS =
      Parameter.text("columns", "Names of columns with commas between; all where left out");
  public static final Parameter<List<String>> FILTER =
      Parameter.texts(
          "filter",
          "A condition COLUMN:OPERATOR:VALUE; repeated: all hold. Operators: eq ne lt le gt ge in"
              + " (values with commas between) contains starts has (an element of a list) null"
              + " notnull. Or with signs: COLUMN >= VALUE, COLUMN is null");
  public static final Parameter<String> ORDER =
      Parameter.text(
          "order", "A column that rows are ordered by; with - before it the largest come first");
  public static final Parameter<Long> LIMIT =
      Parameter.integer("limit", "Most rows", 1, Integer.MAX_VALUE);
  public static final Parameter<String> CURSOR =
      Parameter.text("cursor", "Where the page begins: next of the page before");

  public static final Parameter<RowFormat> FORMAT =
      Parameter.choice(
          "format",
          "How rows are written; without it Accept says so. All but json are downloads of every row",
          RowFormat.class);
  public static final Parameter<Boolean> SPREADSHEET =
      Parameter.flag(
              "spreadsheet",
              "In CSV, put an apostrophe before texts that a spreadsheet would take for a formula")
          .or(false);

  private static final int DEFAULT_ROWS = 100;

  /** Parameters of every list of rows. */
  public static Parameter<?>[] parameters() {
    return new Parameter<?>[] {COLUMNS, FILTER, ORDER, LIMIT, CURSOR, FORMAT, SPREADSHEET};
  }

  /** What rows are answered as. */
  public static String[] mediaTypes() {
    return new String[] {
      "application/json",
      RowFormat.CSV.mediaType(),
      RowFormat.ARROW.mediaType(),
      RowFormat.PARQUET.mediaType()
    };
  }

  private final Exchange exchange;
  private final RowSource source;
  private final String version;
  private final Limits limits;

  /**
   * @param version of the rows: goes into ETags and cursors
   */
  public RowRequest(Exchange exchange, RowSource source, String version, Limits limits) {
    this.exchange = exchange;
    this.source = source;
    this.version = version;
    this.limits = limits;
  }

  /** Rows of one answer in a format for downloads. */
  static Limit exportRows(Limits limits) {
    return limits.declare("export_rows", 10_000_000, "rows", "rows of one download");
  }

  /** Rows of one answer that are ordered. */
  static Limit orderedRows(Limits limits) {
    return limits.declare("ordered_rows", 20_000, "rows", "rows of one download in an order");
  }

  private StructType schema() {
    return source.schema();
  }

  private RowQuery query() {
    List<String> columns =
        exchange
            .optional(COLUMNS)
            .map(t -> Arrays.stream(t.split(",", -1)).map(String::strip).toList())
            .orElse(schema().fieldNames());
    for (String c : columns) {
      if (schema().indexOf(c) < 0) {
        throw Problem.invalid(
            COLUMNS.name(),
            "there is no column '" + c + "' among " + String.join(", ", schema().fieldNames()));
      }
    }
    if (columns.stream().distinct().count() < columns.size()) {
      throw Problem.invalid(COLUMNS.name(), "a column is named twice");
    }
    List<Condition> conditions = new ArrayList<>();
    for (String text : exchange.value(FILTER)) {
      conditions.add(understood(FILTER, () -> Condition.parse(text, schema())));
    }
    Optional<RowOrder> order =
        exchange.optional(ORDER).map(t -> understood(ORDER, () -> RowOrder.parse(t, schema())));
    Optional<RowPosition> after =
        exchange.optional(CURSOR).map(t -> understood(CURSOR, () -> position(t, order)));
    return new RowQuery(columns, conditions, order, after);
  }

  private interface Understanding<T> {
    T read();
  }

  private static <T> T understood(Parameter<?> parameter, Understanding<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(parameter.name(), e.getMessage());
    }
  }

  /** What has to stay the same from page to page. */
  private String question() {
    return Conditional.etag(version, exchange.value(FILTER), exchange.optional(ORDER));
  }

  private String cursor(RowPosition at) {
    ObjectNode json =
        Json.object()
            .put("q", question())
            .put("p", at.part())
            .put("r", at.row())
            .put("k", RowOrder.keyText(at));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
  }

  private RowPosition position(String cursor, Optional<RowOrder> order) {
    JsonNode json;
    try {
      json = Json.mapper().readTree(Base64.getUrlDecoder().decode(cursor));
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no cursor of this service", e);
    }
    boolean whole = json.path("p").isInt() && json.path("r").isIntegralNumber();
    if (!whole || json.get("p").intValue() < 0 || json.get("r").longValue() < 0) {
      throw new IllegalArgumentException("it is no cursor of this service");
    }
    if (!json.path("q").asText().equals(question())) {
      throw new IllegalArgumentException(
          "it belongs to another question or another version of the rows: begin anew");
    }
    String key = json.path("k").textValue();
    int part = json.get("p").intValue();
    long row = json.get("r").longValue();
    return order
        .map(o -> o.position(key, part, row, schema()))
        .orElseGet(() -> new RowPosition(null, part, row));
  }

  /** What {@code format} or else {@code Accept} asks for; JSON where neither says. */
  public static RowFormat format(Exchange exchange) {
    Optional<RowFormat> asked = exchange.optional(FORMAT);
    if (asked.isPresent()) {
      return asked.get();
    }
    String accept = exchange.header("Accept").orElse("*/*");
    for (String one : accept.split(",")) {
      String type = one.split(";")[0].strip();
      if (type.equals("*/*") || type.equals("application/*")) {
        return RowFormat.JSON;
      }
      for (RowFormat f : RowFormat.values()) {
        if (f.mediaType().split(";")[0].equals(type)) {
          return f;
        }
      }
    }
    throw Problem.notAcceptable(
        "There are "
            + Arrays.stream(RowFormat.values()).map(RowFormat::mediaType).toList()
            + ", not "
            + accept);
  }

  /**
   * Answers with rows: a page as JSON, or a download.
   *
   * @param name of the download without ending
   * @param member of the JSON object that holds the rows
   */
  public void answer(String name, String member) throws IOException {
    RowQuery query = query();
    RowFormat format = format(exchange);
    exchange.header("Vary", "Accept");
    if (format == RowFormat.JSON) {
      page(query, member);
    } else {
      download(query, format, name);
    }
  }

  private String etag(Object... more) {
    return Conditional.etag(version, exchange.path(), exchange.query(), Arrays.asList(more));
  }

  private void page(RowQuery query, String member) throws IOException {
    if (exchange.isAnsweredBy(etag("page", member))) {
      return;
    }
    long limit = limits.pageRows().check(exchange.optional(LIMIT).orElse((long) DEFAULT_ROWS));
    RowQuery.Page page;
    try {
      page = query.page(source, (int) limit, exchange.deadline()::check);
    } catch (IOException e) {
      throw Tables.failed(e);
    }
    Optional<String> next = page.next().map(this::cursor);
    next.ifPresent(this::link);
    if (query.conditions().isEmpty()) {
      source.rows().ifPresent(n -> exchange.header("X-Total-Count", n.toString()));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    StructType columns = query.schemaOf(schema());
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart(member);
      for (Object[] row : page.rows()) {
        RowJson.row(row, columns, json);
      }
      json.writeEndArray();
      json.writeStringField("next", next.orElse(null));
      json.writeEndObject();
    }
    exchange.bytes("application/json", body.toByteArray());
  }

  private void link(String cursor) {
    StringBuilder target = new StringBuilder(exchange.path()).append('?');
    for (String part : exchange.query().split("&")) {
      if (!part.isEmpty() && !part.startsWith("cursor=")) {
        target.append(part).append('&');
      }
    }
    target.append("cursor=").append(URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    exchange.header("Link", "<" + target + ">; rel=\"next\"");
  }

  private void download(RowQuery query, RowFormat format, String name) throws IOException {
    Limit most = query.order().isPresent() ? orderedRows(limits) : exportRows(limits);
    long limit = most.check(exchange.optional(LIMIT).orElse(most.most()));
    if (exchange.isAnsweredBy(etag(format))) {
      return;
    }
    exchange.header(
        "Content-Disposition", "attachment; filename=\"" + name + "." + format.ending() + "\"");
    try (RowCursor rows = rows(query, limit)) {
      exchange.stream(
          format.mediaType(),
          -1,
          out -> {
            if (format == RowFormat.CSV && exchange.value(SPREADSHEET)) {
              new RowCsv(true).write(rows, out);
            } else {
              format.write(rows, out);
            }
          });
    }
  }

  private RowCursor rows(RowQuery query, long limit) throws IOException {
    if (query.order().isEmpty()) {
      return query.open(source, exchange.deadline()::check).first(limit);
    }
    try {
      List<Object[]> rows =
          query.page(source, Math.toIntExact(limit), exchange.deadline()::check).rows();
      return RowCursor.of(query.schemaOf(schema()), rows);
    } catch (IOException e) {
      throw Tables.failed(e);
    }
  }
}
