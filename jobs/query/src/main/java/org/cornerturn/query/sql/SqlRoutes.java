package org.cornerturn.query.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cornerturn.query.Service;
import org.cornerturn.query.access.Scope;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.table.RowRequest;
import org.cornerturn.query.table.TableRoutes;
import org.cornerturn.query.table.Tables;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowFormat;
import org.cornerturn.table.RowJson;
import org.cornerturn.table.TableSnapshot;

/**
 * {@code /api/v1/sql}: one SELECT over the warehouse's tables, at their newest or older versions.
 */
public final class SqlRoutes implements Routes, Closeable {
  private static final Parameter<String> QUERY =
      Parameter.text("query", "One SELECT over tables of the warehouse, by their names").required();
  private static final Parameter<List<String>> VERSION =
      Parameter.texts(
          "version", "TABLE:N, for a table at one of its versions; repeated for several tables");
  private static final Parameter<Long> LIMIT =
      Parameter.integer("limit", "Most rows", 1, Integer.MAX_VALUE);
  private static final int DEFAULT_ROWS = 1000;
  private static final long LOOK_MILLIS = 50;
  private static final String JSON = "application/json";

  private final Tables tables;
  private final Limits limits;
  private final Limit mostRows;
  private final Limit mostMemory;
  private final Limit mostText;
  private final Semaphore slots;

  /** Null before the first query: DuckDB's library is large, and not every service is asked SQL. */
  private Connection parser;

  private SqlGate gate;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          r -> {
            Thread t = new Thread(r, "sql-deadlines");
            t.setDaemon(true);
            return t;
          });

  public SqlRoutes(Service service, Tables tables) {
    this.tables = tables;
    this.limits = service.limits();
    this.mostRows = limits.declare("sql_rows", 100_000, "rows", "rows of one SQL query");
    this.mostMemory =
        limits.declare("sql_memory_bytes", 256L << 20, "bytes", "memory of one SQL query");
    this.mostText = limits.declare("sql_characters", 8000, "characters", "text of one SQL query");
    Limit atOnce = limits.declare("sql_queries", 2, "queries", "SQL queries that run at once");
    this.slots = new Semaphore(atOnce.intValue(), true);
  }

  private synchronized SqlGate gate() {
    if (gate == null) {
      try {
        parser = SqlEngine.parser();
      } catch (SQLException e) {
        throw Problem.unavailable("DuckDB does not start: " + SqlEngine.message(e), e);
      }
      gate = new SqlGate(parser);
    }
    return gate;
  }

  @Override
  public void register(Router router) {
    Operation answers =
        Operation.at("/api/v1/sql", "sql", "sql", "A SELECT over tables")
            .described(
                "One SELECT in DuckDB's dialect over the warehouse's tables, each at its newest"
                    + " version where version does not say another; the header X-Table-Version"
                    + " tells which. Functions that read files, settings or catalogues, or make large values,"
                    + " are refused; rows, time and memory are limited.")
            .needs(Scope.READ)
            .costs(Cost.HEAVY)
            .answers(200, "Rows", RowRequest.mediaTypes());
    router.get(
        answers.with(QUERY, VERSION, LIMIT, RowRequest.FORMAT), e -> answer(e, e.value(QUERY)));
  }

  private void answer(Exchange exchange, String sql) throws Exception {
    tables.check(exchange.principal());
    mostText.check(sql.length());
    RowFormat format = RowRequest.format(exchange);
    long limit = mostRows.check(exchange.optional(LIMIT).orElse((long) DEFAULT_ROWS));
    gate().tables(sql);
    String limited = limited(sql, limit);
    TreeMap<String, TableSnapshot> named = named(gate().tables(limited), exchange.value(VERSION));
    exchange.header(
        TableRoutes.VERSION_HEADER,
        named.entrySet().stream()
            .map(t -> t.getKey() + ":" + t.getValue().version())
            .collect(Collectors.joining(", ")));
    Deadline deadline = exchange.deadline();
    while (!slots.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      deadline.check();
    }
    try (SqlEngine engine = SqlEngine.open(named, tables, mostMemory.most(), 1);
        Statement statement = engine.connection().createStatement();
        Cancelling cancelling = new Cancelling(statement, deadline)) {
      try (RowCursor rows = new SqlRows(statement.executeQuery(limited))) {
        write(exchange, rows, format, limit);
      } catch (SQLException e) {
        throw cancelling.problem(e);
      } catch (SqlRows.SqlFailure e) {
        throw cancelling.problem(e.sql());
      }
    } finally {
      slots.release();
    }
  }

  /**
   * The tables that a query names.
   *
   * @param versions TABLE:N each
   * @throws Problem 400 when a table or version is not there or not asked for
   */
  private TreeMap<String, TableSnapshot> named(Collection<String> names, List<String> versions) {
    Map<String, Long> wanted = new HashMap<>();
    for (String v : versions) {
      int colon = v.lastIndexOf(':');
      if (colon < 1 || !v.substring(colon + 1).matches("\\d{1,18}")) {
        throw Problem.invalid(VERSION.name(), "'" + v + "' is not TABLE:N");
      }
      String name = v.substring(0, colon);
      if (!names.contains(name)) {
        throw Problem.invalid(VERSION.name(), "the query names no table " + name);
      }
      if (wanted.put(name, Long.valueOf(v.substring(colon + 1))) != null) {
        throw Problem.invalid(VERSION.name(), "two versions of " + name + " are asked for");
      }
    }
    TreeMap<String, TableSnapshot> named = new TreeMap<>();
    for (String name : names) {
      TableSnapshot latest =
          tables
              .latest(name)
              .orElseThrow(
                  () -> SqlGate.refused("there is no table " + name + " in the warehouse"));
      Long version = wanted.get(name);
      named.put(name, version == null ? latest : tables.snapshot(name, Optional.of(version)));
    }
    return named;
  }

  /**
   * The query with one row more than the limit at most. Its results are held in the memory that is
   * counted; without this they would be all.
   *
   * @param sql one SELECT
   */
  private static String limited(String sql, long limit) {
    // The line's end closes a comment.
    return "FROM (" + sql.strip().replaceFirst("[;\\s]+$", "") + "\n) LIMIT " + (limit + 1);
  }

  /** Rows are read before the answer begins, so that a query that fails is told as a problem. */
  private void write(Exchange exchange, RowCursor rows, RowFormat format, long limit)
      throws IOException {
    List<Object[]> all = new ArrayList<>();
    while (all.size() < limit && rows.advance()) {
      all.add(rows.values());
    }
    boolean more = all.size() == limit && rows.advance();
    exchange.header("X-Truncated", Boolean.toString(more));
    if (format != RowFormat.JSON) {
      RowCursor found = RowCursor.of(rows.schema(), all);
      exchange.stream(format.mediaType(), -1, out -> format.write(found, out));
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(body)) {
      json.writeStartObject();
      json.writeFieldName("columns");
      json.writeTree((JsonNode) TableRoutes.columns(rows.schema()));
      json.writeArrayFieldStart("rows");
      for (Object[] row : all) {
        RowJson.row(row, rows.schema(), json);
      }
      json.writeEndArray();
      json.writeBooleanField("truncated", more);
      json.writeEndObject();
    }
    exchange.bytes(JSON, body.toByteArray());
  }

  /** Ends a query when its request's time is over or nobody waits any more. */
  private final class Cancelling implements AutoCloseable {
    private final Statement statement;
    private final Deadline deadline;
    private final ScheduledFuture<?> looks;
    private volatile RuntimeException why;

    Cancelling(Statement statement, Deadline deadline) {
      this.statement = statement;
      this.deadline = deadline;
      this.looks =
          watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
      try {
        deadline.check();
      } catch (RuntimeException e) {
        why = e;
        try {
          statement.cancel();
        } catch (SQLException closed) {
          e.addSuppressed(closed); // It has ended meanwhile.
        }
      }
    }

    RuntimeException problem(SQLException e) {
      return Optional.ofNullable(why)
          .orElseGet(
              () -> {
                String message = SqlEngine.message(e);
                return message.contains("Out of Memory")
                    ? Problem.tooLarge("sql_memory_bytes", mostMemory.most(), mostMemory.most() + 1)
                    : SqlGate.refused(message);
              });
    }

    @Override
    public void close() {
      looks.cancel(false);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    watch.shutdownNow();
    try {
      if (parser != null) {
        parser.close();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
