package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.Condition;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowFormat;
import org.cornerturn.table.RowOrder;
import org.cornerturn.table.RowQuery;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Spark wrote, with what it does to them, read at their versions. */
class TablesOfSparkTest {
  private static SparkSession spark;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = JudgingSession.open();
  }

  private void sql(String text) {
    spark.sql(text.replace("@T", "delta.`" + folder + "`"));
  }

  private TableReader reader() {
    return new TableReader(new LocalStore(folder), TableCache.none(), Optional.empty());
  }

  private List<Object[]> rows(TableSnapshot of, String order, String... conditions)
      throws IOException {
    return new RowQuery(
            of.schema().fieldNames(),
            List.of(conditions).stream().map(c -> Condition.parse(c, of.schema())).toList(),
            Optional.of(RowOrder.parse(order, of.schema())),
            Optional.empty())
        .page(of, 10_000, () -> {})
        .rows();
  }

  private static List<Object> column(List<Object[]> rows, int ordinal) {
    List<Object> values = new ArrayList<>();
    rows.forEach(r -> values.add(r[ordinal]));
    return values;
  }

  @Test
  void deletedRowsAreGoneAndComeBackInOlderVersions() throws IOException {
    sql(
        "CREATE TABLE @T (id BIGINT, word STRING) USING delta"
            + " TBLPROPERTIES (delta.enableDeletionVectors = true)");
    sql("INSERT INTO @T SELECT id, concat('w', id % 5) FROM range(0, 1000, 1, 2)");
    sql("DELETE FROM @T WHERE id % 10 = 3");
    sql("UPDATE @T SET word = 'changed' WHERE id = 44");
    TableSnapshot now = reader().latest().orElseThrow();
    assertThat(new LocalStore(folder).list("").stream().map(s -> s.key()))
        .as("the deletion is a vector")
        .anyMatch(k -> k.endsWith(".bin"));
    assertThat(now.rows()).contains(900L);
    assertThat(column(rows(now, "id"), 0))
        .containsExactlyElementsOf(
            LongStream.range(0, 1000).filter(i -> i % 10 != 3).<Object>mapToObj(i -> i).toList());
    assertThat(rows(now, "id", "id:eq:43")).isEmpty();
    assertThat(rows(now, "id", "id:eq:44"))
        .singleElement()
        .isEqualTo(new Object[] {44L, "changed"});
    TableSnapshot before = reader().at(1).orElseThrow();
    assertThat(rows(before, "id")).hasSize(1000);
    assertThat(rows(before, "id", "id:eq:43")).singleElement().isEqualTo(new Object[] {43L, "w3"});
  }

  @Test
  void columnsThatWereAddedRenamedDroppedAndWidened() throws IOException {
    sql(
        "CREATE TABLE @T (id INT, old STRING, gone DOUBLE) USING delta TBLPROPERTIES"
            + " (delta.columnMapping.mode = 'name', delta.enableTypeWidening = true)");
    sql("INSERT INTO @T VALUES (1, 'a', 0.5), (2, 'b', 1.5)");
    sql("ALTER TABLE @T ADD COLUMN late ARRAY<STRUCT<x: FLOAT, y: DATE>>");
    sql("ALTER TABLE @T RENAME COLUMN old TO new");
    sql("ALTER TABLE @T DROP COLUMN gone");
    sql("ALTER TABLE @T ALTER COLUMN id TYPE BIGINT");
    sql(
        "INSERT INTO @T VALUES (3000000000, 'c',"
            + " array(named_struct('x', CAST(0.1 AS FLOAT), 'y', DATE '2026-11-21')))");
    TableSnapshot now = reader().latest().orElseThrow();
    assertThat(now.schema().fieldNames()).containsExactly("id", "new", "late");
    List<Object[]> rows = rows(now, "id");
    assertThat(column(rows, 0)).containsExactly(1L, 2L, 3_000_000_000L);
    assertThat(column(rows, 1)).containsExactly("a", "b", "c");
    assertThat(rows.get(0)[2]).isNull();
    assertThat((Object[]) ((List<?>) rows.get(2)[2]).get(0))
        .containsExactly(0.1f, LocalDate.of(2026, 11, 21).toEpochDay());
    assertThat(rows(now, "id", "id:gt:2")).hasSize(1);
    assertThat(rows(now, "id", "new:eq:a", "late:null")).hasSize(1);
    TableSnapshot first = reader().at(1).orElseThrow();
    assertThat(first.schema().fieldNames()).containsExactly("id", "old", "gone");
    assertThat(column(rows(first, "-gone"), 2)).containsExactly(1.5, 0.5);
  }

  @Test
  void partitionsAndEveryType() throws IOException {
    sql(
        "CREATE TABLE @T (day DATE, kind STRING, b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT,"
            + " f FLOAT, d DOUBLE, dec DECIMAL(20,3), bin BINARY, at TIMESTAMP, local TIMESTAMP_NTZ,"
            + " m MAP<STRING, INT>) USING delta PARTITIONED BY (day, kind)");
    sql(
        "INSERT INTO @T VALUES (DATE '2026-01-02', 'a b/c%:', true, 1, -2, 3, 0.25, 1e300,"
            + " 12345.678, X'00ff', TIMESTAMP '2026-01-02T03:04:05.678901Z',"
            + " TIMESTAMP_NTZ '2026-01-02T03:04:05.000001', map('k', 7)),"
            + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    TableSnapshot now = reader().latest().orElseThrow();
    assertThat(now.partitionColumns()).containsExactly("day", "kind");
    List<Object[]> rows = rows(now, "day");
    long micros = Instant.parse("2026-01-02T03:04:05Z").getEpochSecond() * 1_000_000;
    assertThat(rows.get(0))
        .isEqualTo(
            new Object[] {
              LocalDate.of(2026, 1, 2).toEpochDay(),
              "a b/c%:",
              true,
              1L,
              -2L,
              3L,
              0.25f,
              1e300,
              new BigDecimal("12345.678"),
              new byte[] {0, -1},
              micros + 678_901,
              micros + 1,
              Map.of("k", 7L)
            });
    assertThat(rows.get(1)).containsOnlyNulls();
    for (String condition :
        List.of(
            "day:eq:2026-01-02",
            "kind:eq:a b/c%:",
            "b:eq:true",
            "i8:le:1",
            "f:eq:0.25",
            "dec:gt:12345.67",
            "at:eq:2026-01-02T03:04:05.678901Z",
            "at:gt:2026-01-02T03:04:05.6789",
            "local:lt:2026-01-02T03:04:06")) {
      assertThat(rows(now, "day", condition)).as(condition).hasSize(1);
    }
    assertThat(rows(now, "day", "day:null")).hasSize(1);
    assertThat(rows(now, "day", "day:gt:2026-01-02")).isEmpty();
  }

  /** A table of all types, with nulls, of two files. */
  private TableSnapshot everything() throws IOException {
    sql(
        "CREATE TABLE @T (id BIGINT, b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, f FLOAT,"
            + " d DOUBLE, dec DECIMAL(30,3), s STRING, bin BINARY, day DATE, at TIMESTAMP,"
            + " local TIMESTAMP_NTZ, a ARRAY<STRUCT<x: INT, y: ARRAY<STRING>>>,"
            + " m MAP<STRING, DOUBLE>) USING delta");
    String row =
        "SELECT id, id % 2 = 0, CAST(-id AS TINYINT), CAST(id * 3 AS SMALLINT), CAST(-id AS INT),"
            + " CAST(id / 8 AS FLOAT), id / 3, CAST(-id * 1000.125 AS DECIMAL(30,3)),"
            + " IF(id % 5 = 0, NULL, concat('t, \"', id, '\u00e9')), encode(CAST(id AS STRING), 'utf-8'),"
            + " date_add(DATE '2026-11-21', CAST(id AS INT)), timestamp_micros(id * 1000003),"
            + " CAST(timestamp_micros(id) AS TIMESTAMP_NTZ),"
            + " IF(id % 7 = 0, NULL, array(named_struct('x', CAST(id AS INT), 'y', array('p', NULL)),"
            + " NULL)), IF(id % 3 = 0, NULL, map('k', id / 2, 'l', NULL))";
    sql("INSERT INTO @T " + row + " FROM range(0, 60, 1, 1)");
    sql("INSERT INTO @T " + row + " FROM range(60, 100, 1, 1)");
    return reader().latest().orElseThrow();
  }

  private byte[] written(RowFormat format, TableSnapshot of, List<Condition> conditions)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowQuery all =
        new RowQuery(of.schema().fieldNames(), conditions, Optional.empty(), Optional.empty());
    try (RowCursor rows = all.open(of, () -> {})) {
      format.write(rows, out);
    }
    return out.toByteArray();
  }

  @Test
  void parquetThatSparkReadsBack(@TempDir Path files) throws IOException {
    TableSnapshot table = everything();
    Path all = files.resolve("all.parquet");
    Files.write(all, written(RowFormat.PARQUET, table, List.of()));
    List<String> expected =
        spark.sql("SELECT * FROM delta.`" + folder + "` ORDER BY id").toJSON().collectAsList();
    assertThat(spark.read().parquet(all.toString()).orderBy("id").toJSON().collectAsList())
        .hasSize(100)
        .isEqualTo(expected);
    Path none = files.resolve("none.parquet");
    Condition never = Condition.parse("id:lt:0", table.schema());
    Files.write(none, written(RowFormat.PARQUET, table, List.of(never)));
    assertThat(spark.read().parquet(none.toString()).schema().fieldNames())
        .containsExactlyElementsOf(table.schema().fieldNames());
    assertThat(spark.read().parquet(none.toString()).count()).isZero();
  }

  @Test
  void arrowThatArrowsOwnReaderReads() throws IOException {
    TableSnapshot table = everything();
    byte[] stream = written(RowFormat.ARROW, table, List.of());
    List<Object[]> rows = rows(table, "id");
    int seen = 0;
    try (RootAllocator memory = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(root.getSchema().getFields().stream().map(Field::getName))
          .containsExactlyElementsOf(table.schema().fieldNames());
      assertThat(root.getSchema().findField("at").getType())
          .isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
      while (reader.loadNextBatch()) {
        for (int i = 0; i < root.getRowCount(); i++) {
          long id = (Long) root.getVector("id").getObject(i);
          Object[] expected = rows.get((int) id);
          seen++;
          for (int c = 0; c < expected.length; c++) {
            assertThat(arrow(root.getVector(c).getObject(i)))
                .as(root.getVector(c).getName() + " of " + id)
                .isEqualTo(arrow(plain(expected[c], root.getVector(c).getName())));
          }
        }
      }
    }
    assertThat(seen).isEqualTo(100);
  }

  /** A plain value as Arrow's reader gives it. */
  private static Object plain(Object value, String column) {
    if (value == null) {
      return null;
    }
    return switch (column) {
      case "i8" -> ((Long) value).byteValue();
      case "i16" -> ((Long) value).shortValue();
      case "i32", "day" -> ((Long) value).intValue();
      case "local" -> LocalDateTime.ofEpochSecond(0, (int) ((Long) value * 1000), ZoneOffset.UTC);
      case "a" ->
          ((List<?>) value)
              .stream()
                  .map(
                      e -> {
                        Object[] struct = (Object[]) e;
                        return e == null ? "null" : "{x=" + struct[0] + ", y=" + struct[1] + "}";
                      })
                  .toList()
                  .toString();
      case "m" -> "{k=" + ((Map<?, ?>) value).get("k") + ", l=null}";
      default -> value;
    };
  }

  /** Comparable whatever the classes of Arrow's reader are. */
  private static String arrow(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return String.valueOf(value)
        .replace("\"", "")
        .replace("[{key:k,value:", "{k=")
        .replaceAll("},\\{key:l(,value:null)?}]", ", l=null}")
        .replace("x:", "x=")
        .replace("y:", "y=")
        .replace(",", ", ")
        .replace(",  ", ", ");
  }

  @Test
  void csvAndJsonThatSparkReads(@TempDir Path files) throws IOException {
    TableSnapshot table = everything();
    Path csv = files.resolve("all.csv");
    Files.write(csv, written(RowFormat.CSV, table, List.of()));
    List<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("escape", "\"")
            .option("timeZone", "UTC")
            .csv(csv.toString())
            .orderBy(org.apache.spark.sql.functions.col("id").cast("bigint"))
            .collectAsList();
    assertThat(rows).hasSize(100);
    assertThat(rows.get(11).getString(8)).isEqualTo("t, \"11\u00e9");
    assertThat(rows.get(10).isNullAt(8)).isTrue();
    assertThat(rows.get(11).getString(7)).isEqualTo("-11001.375");
    assertThat(rows.get(2).getString(11)).isEqualTo("1970-01-01T00:00:02.000006Z");
    assertThat(rows.get(2).getString(13)).isEqualTo("[{\"x\":2,\"y\":[\"p\",null]},null]");
    JsonNode json = new ObjectMapper().readTree(written(RowFormat.JSON, table, List.of()));
    assertThat(json).hasSize(100);
    JsonNode two = null;
    for (JsonNode r : json) {
      two = r.get("id").asLong() == 2 ? r : two;
    }
    assertThat(two.get("day").asText()).isEqualTo("2026-11-23");
    assertThat(two.at("/m/k").asDouble()).isEqualTo(1.0);
    assertThat(two.at("/a/0/y/0").asText()).isEqualTo("p");
    assertThat(two.get("local").asText()).isEqualTo("1970-01-01T00:00:00.000002");
  }
}
