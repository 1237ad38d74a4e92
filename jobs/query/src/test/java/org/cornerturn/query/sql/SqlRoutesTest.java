package org.cornerturn.query.sql;

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

class SqlRoutesTest {
  private static final TableDefinition THINGS =
      TableDefinition.named("things", "things to ask for")
          .text("name", "a name")
          .count("number", "m", "a length")
          .real("share", "1", "a fraction")
          .moment("at", "a moment")
          .texts("tags", "words")
          .textsByName("about", "texts by name");
  private static final String SECRET = "not for your eyes";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path csv;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    DeltaTable things = new DeltaTable(new LocalStore(folder.resolve("things")), THINGS);
    for (int c = 0; c < 3; c++) {
      things.append(
          IntStream.range(50 * c, 50 * c + 50)
              .mapToObj(
                  n ->
                      new Object[] {
                        "n" + n % 10,
                        (long) n,
                        n / 4.0,
                        n * 1_000_000L,
                        List.of("a", "b"),
                        Map.of("k", "v" + n)
                      })
              .toList(),
          "t",
          c);
    }
    things.replace("name", Set.of("n3"), List.of(), "t", 3);
    new DeltaTable(new LocalStore(folder.resolve("other")), THINGS)
        .append(List.<Object[]>of(new Object[] {"n1", 1L, null, null, null, null}), "t", 0);
    csv = Files.writeString(folder.resolve("secret.csv"), SECRET + "\n");
    server = start(60);
  }

  private static Server start(int requestSeconds) throws IOException {
    return Server.start(
        Config.of(
            Map.of(
                "warehouse",
                folder.toString(),
                "port",
                "0",
                "limit.request_seconds",
                Integer.toString(requestSeconds),
                "limit.sql_rows",
                "1000"),
            Map.of(),
            Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HttpResponse<String> ask(String sql, String more) throws Exception {
    return ask(server, sql, more);
  }

  private static HttpResponse<String> ask(Server server, String sql, String more) throws Exception {
    String query = URLEncoder.encode(sql, StandardCharsets.UTF_8);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.uri() + "/api/v1/sql?query=" + query + more))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode rows(String sql) throws Exception {
    HttpResponse<String> answer = ask(sql, "");
    assertThat(answer.statusCode()).as(sql + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).get("rows");
  }

  @Test
  void computesOverTables() throws Exception {
    assertThat(rows("SELECT count(*) AS n, sum(number) AS s FROM things").toString())
        .isEqualTo(
            "[{\"n\":135,\"s\":" + IntStream.range(0, 150).filter(i -> i % 10 != 3).sum() + "}]");
    assertThat(
            rows("SELECT name, avg(share) AS a FROM things GROUP BY name ORDER BY name LIMIT 2")
                .toString())
        .isEqualTo("[{\"name\":\"n0\",\"a\":17.5},{\"name\":\"n1\",\"a\":17.75}]");
    assertThat(rows("SELECT t.number FROM things t JOIN other o USING (number, name)").toString())
        .isEqualTo("[{\"number\":1}]");
    assertThat(
            rows("WITH big AS (SELECT * FROM things WHERE number > 140), low AS (FROM big)"
                    + " SELECT count(*) AS n FROM low WHERE share > 36")
                .toString())
        .isEqualTo("[{\"n\":5}]");
    assertThat(
            rows("SELECT \"at\", tags, about, number::HUGEINT AS h FROM things WHERE number = 7")
                .get(0)
                .toString())
        .isEqualTo(
            "{\"at\":\"1970-01-01T00:00:07Z\",\"tags\":\"[a, b]\",\"about\":\"{k=v7}\",\"h\":7}");
    assertThat(
            rows("SELECT number, row_number() OVER (ORDER BY number DESC) AS r FROM things"
                    + " QUALIFY r = 1")
                .toString())
        .isEqualTo("[{\"number\":149,\"r\":1}]");
    assertThat(rows("SELECT 1 AS a, 2 AS a -- both").get(0)).hasSize(2);
    assertThat(rows("SELECT number FROM things ORDER BY number DESC; ").get(0).toString())
        .isEqualTo("{\"number\":149}");
    assertThat(rows("SELECT date_trunc('day', \"at\")::DATE AS d FROM things LIMIT 1").toString())
        .isEqualTo("[{\"d\":\"1970-01-01\"}]");
  }

  @Test
  void givesEveryFormatAndSaysWhatIsCut() throws Exception {
    HttpResponse<String> cut = ask("SELECT number FROM things ORDER BY 1", "&limit=2");
    assertThat(JSON.readTree(cut.body()).get("truncated").asBoolean()).isTrue();
    assertThat(cut.headers().firstValue("X-Truncated")).contains("true");
    HttpResponse<String> text = ask("SELECT number FROM things ORDER BY 1 LIMIT 2", "&format=csv");
    assertThat(text.body()).isEqualTo("number\r\n0\r\n1\r\n");
    assertThat(text.headers().firstValue("X-Truncated")).contains("false");
    assertThat(ask("SELECT 1", "&format=parquet").body()).startsWith("PAR1");
    assertThat(ask("SELECT 1", "&format=arrow").statusCode()).isEqualTo(200);
    assertThat(ask("SELECT 1", "&limit=1001").statusCode()).isEqualTo(413);
  }

  @Test
  void asksForTablesAtEarlierVersions() throws Exception {
    String count = "SELECT count(*) AS n FROM things";
    HttpResponse<String> newest = ask(count, "");
    assertThat(newest.headers().firstValue("X-Table-Version")).contains("things:4");
    HttpResponse<String> first = ask(count, "&version=things:1");
    assertThat(first.headers().firstValue("X-Table-Version")).contains("things:1");
    assertThat(JSON.readTree(first.body()).at("/rows/0/n").asInt()).isEqualTo(50);
    HttpResponse<String> both =
        ask("SELECT number FROM things JOIN other USING (number)", "&version=things:2");
    assertThat(both.headers().firstValue("X-Table-Version")).contains("other:1, things:2");
    assertThat(ask(count, "&version=things:5").statusCode()).isEqualTo(404);
    for (String wrong :
        List.of("0", "things", "things:x", "other:0", "things:0&version=things:1")) {
      HttpResponse<String> refused = ask(count, "&version=" + wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
      assertThat(refused.body()).contains("\"parameter\":\"version\"");
    }
  }

  /** Each of these reads, writes, loads, tells or breaks something in a DuckDB without our gate. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('@CSV')",
        "SELECT * FROM read_csv_auto('@CSV')",
        "SELECT * FROM read_text('@CSV')",
        "SELECT * FROM read_blob('@CSV')",
        "SELECT * FROM '@CSV'",
        "SELECT * FROM \"@CSV\"",
        "FROM '@CSV'",
        "SELECT * FROM read_parquet('@FOLDER/other/*.parquet')",
        "SELECT * FROM parquet_scan('@FOLDER/other/*.parquet')",
        "SELECT * FROM parquet_metadata('@FOLDER/other/*.parquet')",
        "SELECT * FROM '@FOLDER/other/*.parquet'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM sniff_csv('@CSV')",
        "SELECT * FROM read_json('@CSV')",
        "SELECT * FROM delta_scan('@FOLDER/other')",
        "SELECT * FROM 's3://bucket/key.parquet'",
        "SELECT * FROM 'https://example.org/x.csv'",
        "SELECT (SELECT content FROM read_text('@CSV')) FROM things",
        "SELECT * FROM things WHERE name IN (SELECT content FROM read_text('@CSV'))",
        "WITH t AS (SELECT * FROM read_text('@CSV')) SELECT * FROM t",
        "WITH things AS (SELECT * FROM read_text('@CSV')) SELECT * FROM things",
        "SELECT * FROM things UNION ALL SELECT content, 1, 1, NULL, NULL, NULL FROM"
            + " read_text('@CSV')",
        "SELECT * FROM things, LATERAL (SELECT * FROM read_text('@CSV')) x",
        "SELECT CASE WHEN true THEN (FROM read_text('@CSV') SELECT content) END",
        "SELECT number FROM things ORDER BY (SELECT size FROM read_text('@CSV'))",
        "SELECT number FROM things LIMIT (SELECT size FROM read_text('@CSV'))",
        "SELECT sum(number) FILTER (WHERE (SELECT true FROM read_text('@CSV'))) FROM things",
        "SELECT sum(number) OVER (PARTITION BY (SELECT content FROM read_text('@CSV'))) FROM things",
        "PIVOT things ON name USING sum(number)",
        "SUMMARIZE things",
        "DESCRIBE things",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "SELECT * FROM (SHOW TABLES)",
        "SELECT * FROM (DESCRIBE things)",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE SELECT * FROM things",
        "COPY things TO '@FOLDER/out.csv'",
        "COPY (SELECT 1) TO '@FOLDER/out.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '@FOLDER/out'",
        "ATTACH '@FOLDER/out.db' AS x",
        "DETACH memory",
        "USE memory",
        "CREATE TABLE t AS SELECT 1",
        "CREATE MACRO m(x) AS x",
        "CREATE SECRET s (TYPE s3)",
        "INSERT INTO things VALUES (1)",
        "UPDATE things SET number = 1",
        "DELETE FROM things",
        "DROP VIEW things",
        "TRUNCATE things",
        "ALTER VIEW things RENAME TO x",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '@FOLDER/x.duckdb_extension'",
        "SET memory_limit = '100GB'",
        "SET GLOBAL enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CHECKPOINT",
        "VACUUM",
        "BEGIN TRANSACTION",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO '@FOLDER/out.csv'",
        "",
        ";",
        "SELECT getenv('HOME')",
        "SELECT getvariable('x')",
        "SELECT current_setting('memory_limit')",
        "SELECT current_query()",
        "SELECT version()",
        "SELECT current_database(), current_schemas(true)",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_functions()",
        "SELECT * FROM pragma_database_list()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_class",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM duckdb_tables",
        "SELECT * FROM main.things",
        "SELECT * FROM memory.main.things",
        "SELECT * FROM system.main.duckdb_settings",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('things')",
        "SELECT json_execute_serialized_sql('{}')",
        "SELECT * FROM json_execute_serialized_sql('{}')",
        "SELECT json_serialize_sql('SELECT 1')",
        "SELECT nextval('s')",
        "SELECT txid_current()",
        "SELECT write_log('x')",
        "SELECT repeat('x', 1000000000)",
        "SELECT lpad('x', 1000000000, 'y')",
        "SELECT format('{:1000000000d}', 1)",
        "SELECT printf('%1000000000d', 1)",
        "SELECT bar(1, 0, 1, 1000000000)",
        "SELECT range(1000000000)",
        "SELECT * FROM range(1000000000000)",
        "SELECT * FROM generate_series(1, 1000000000000)",
        "SELECT list_resize([1], 1000000000)",
        "SELECT string_agg(name, ',') FROM things",
        "SELECT list(name) FROM things",
        "SELECT array(SELECT name FROM things)",
        "SELECT replace('aaaa', 'a', 'bbbb')",
        "SELECT hex(name) FROM things",
        "SELECT max(number, 1000000) FROM things",
        "SELECT s || s || s || s FROM (SELECT name || name || name || name AS s FROM things)",
        "SELECT [s, s, s, s, s, s] FROM (SELECT [name, name, name, name, name] AS s FROM things)",
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT * FROM r",
        "SELECT * FROM none",
        "SELECT none FROM things",
        "SELECT NULL::INTEGER[100000]",
        "SELECT '[1]'::INTEGER[]",
        "SELECT $1",
        "SELECT ?",
        "SELECT things.none.none FROM things",
        "SELECT 'x'::INTEGER",
        "SELECT * FROM things AT (VERSION => 1)",
        "SELECT * FROM things POSITIONAL JOIN read_text('@CSV')",
        "SELEC 1",
        "SELECT '",
        "/* SELECT 1",
      })
  void refuses(String attack) throws Exception {
    String sql = attack.replace("@CSV", csv.toString()).replace("@FOLDER", folder.toString());
    HttpResponse<String> answer = ask(sql, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("query");
    assertThat(answer.body()).doesNotContain(SECRET);
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(folder.resolve("out.parquet")).doesNotExist();
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve("out.db")).doesNotExist();
  }

  /** The second wall: the instance itself, asked without the gate. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_text('@CSV')",
        "SELECT * FROM read_csv('@CSV')",
        "SELECT * FROM read_parquet('@FOLDER/other/*.parquet')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '@FOLDER/out.csv'",
        "ATTACH '@FOLDER/out.db' AS x",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['@CSV']",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')",
        "EXPORT DATABASE '@FOLDER/out'",
      })
  void theInstanceItselfRefuses(String attack) throws Exception {
    String sql = attack.replace("@CSV", csv.toString()).replace("@FOLDER", folder.toString());
    try (var connection = SqlEngine.parser();
        var statement = connection.createStatement()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> {
                try (var r = statement.executeQuery(sql)) {
                  r.next();
                }
              })
          .isInstanceOf(java.sql.SQLException.class);
    }
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(folder.resolve("out.db")).doesNotExist();
  }

  @Test
  void endsWhatTakesTooLong() throws Exception {
    String five = "things a, things b, things c, things d, things e";
    try (Server hasty = start(2)) {
      HttpResponse<String> answer =
          ask(
              hasty,
              "SELECT count(*) FROM "
                  + five
                  + " WHERE (a.number * 7 + b.number * 13 + c.number * 17 + d.number * 19 + e.number)"
                  + " % 1000003 = 1000002",
              "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo("DEADLINE_EXCEEDED");
      answer = ask(hasty, "SELECT count(*) AS n FROM other", "");
      assertThat(JSON.readTree(answer.body()).toString()).contains("{\"n\":1}");
    }
  }

  @Test
  void endsWhatTakesTooMuchMemory() throws Exception {
    HttpResponse<String> answer =
        ask(
            "SELECT number, n2, n3, n4, count(*) AS n FROM (SELECT a.number, b.number AS n2,"
                + " c.number AS n3, d.number AS n4 FROM things a, things b, things c, things d)"
                + " GROUP BY ALL ORDER BY n LIMIT 5",
            "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(rows("SELECT 1 AS one").toString()).isEqualTo("[{\"one\":1}]");
  }

  @Test
  void aLongTextIsRefused() throws Exception {
    assertThat(ask("SELECT 1" + " ".repeat(8000), "").statusCode()).isEqualTo(413);
  }
}
