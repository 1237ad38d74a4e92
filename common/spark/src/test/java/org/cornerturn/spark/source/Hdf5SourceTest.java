package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.OutsideProgram;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.spark.source.SourceSession.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5SourceTest {
  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Path cube;

  /** Elements of the cube: 1000 i0 + 100 i1 + i2, of shape (6, 10, 30) in chunks of (2, 5, 10). */
  private static int element(long i0, long i1, long i2) {
    return (int) (1000 * i0 + 100 * i1 + i2);
  }

  @BeforeAll
  static void files() throws IOException {
    spark = SourceSession.spark();
    cube = folder.resolve("cube.h5");
    try (Hdf5Writer w = Hdf5Writer.create(cube)) {
      WriteChunked d =
          w.root()
              .chunked(
                  "cube",
                  Primitive.INT32,
                  Shape.of(6, 10, 30),
                  Shape.of(2, 5, 10),
                  List.of(WriteFilter.SHUFFLE, WriteFilter.deflate(1)));
      for (long c = 0; c < d.grid().count(); c++) {
        long[] at = d.grid().coordinates(c);
        int[] values = new int[100];
        for (int i = 0; i < values.length; i++) {
          values[i] = element(2 * at[0] + i / 50, 5 * at[1] + i / 10 % 5, 10 * at[2] + i % 10);
        }
        d.chunk(Block.toBytes(values), at);
      }
      w.finish();
    }
  }

  private static Dataset<Row> cube() {
    return spark.read().format("hdf5").load(cube.toString());
  }

  @Test
  void everyElementIsARow() {
    Answer all = SourceSession.run(cube());
    assertThat(cube().schema().simpleString())
        .isEqualTo("struct<i0:bigint,i1:bigint,i2:bigint,value:int>");
    assertThat(all.rows()).hasSize(1800);
    for (Row r : all.rows()) {
      assertThat(r.getInt(3)).isEqualTo(element(r.getLong(0), r.getLong(1), r.getLong(2)));
    }
    assertThat(all.rows().stream().map(Row::toString).distinct()).hasSize(1800);
    assertThat(all.metric("chunksRead")).isEqualTo(18);
    assertThat(all.metric("chunksPruned")).isZero();
  }

  @Test
  void conditionsOnPositionsSpareChunks() {
    Answer a = SourceSession.run(cube().where("i0 = 3 and i2 between 8 and 11 and i1 >= 5"));
    assertThat(a.rows()).hasSize(5 * 4);
    assertThat(a.metric("chunksRead")).isEqualTo(2);
    assertThat(a.metric("chunksPruned")).isEqualTo(16);
    assertThat(a.metric("requests")).isPositive();
    Answer none = SourceSession.run(cube().where("i0 > 100"));
    assertThat(none.rows()).isEmpty();
    assertThat(none.metric("chunksRead")).isZero();
    assertThat(none.metric("bytesRead")).isZero();
    assertThat(none.metric("chunksPruned")).isEqualTo(18);
  }

  @Test
  void aValueThatIsNotAskedForIsNotRead() {
    Answer a = SourceSession.run(cube().select("i2", "i0").where("i1 = 4"));
    assertThat(a.rows()).hasSize(180);
    assertThat(a.metric("chunksRead")).isZero();
    assertThat(a.metric("requests")).isZero();
    assertThat(cube().count()).isEqualTo(1800);
  }

  @Test
  void chunksAreRowsOnDemand() {
    Dataset<Row> chunks = spark.read().format("hdf5").option("rows", "chunk").load(cube.toString());
    assertThat(chunks.schema().simpleString())
        .isEqualTo("struct<start:array<bigint>,shape:array<bigint>,value:array<int>>");
    List<Row> rows = chunks.collectAsList();
    assertThat(rows).hasSize(18);
    for (Row r : rows) {
      List<Long> start = r.getList(0);
      assertThat(r.<Long>getList(1)).containsExactly(2L, 5L, 10L);
      List<Integer> values = r.getList(2);
      assertThat(values).hasSize(100);
      for (int i = 0; i < 100; i++) {
        assertThat(values.get(i))
            .isEqualTo(
                element(start.get(0) + i / 50, start.get(1) + i / 10 % 5, start.get(2) + i % 10));
      }
    }
    assertThat(chunks.selectExpr("sum(aggregate(value, 0L, (a, x) -> a + x))").first().getLong(0))
        .isEqualTo(cube().selectExpr("sum(value)").first().getLong(0));
  }

  @Test
  void sqlReadsAFileThroughAView() {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW cube USING hdf5 OPTIONS (path '"
            + cube
            + "', dataset '/cube', hidden 'show')");
    assertThat(spark.sql("SELECT max(value) FROM cube WHERE i0 < 2 AND i1 = 9").first().getInt(0))
        .isEqualTo(element(1, 9, 29));
    assertThat(spark.sql("SELECT DISTINCT _file FROM cube").first().getString(0))
        .isEqualTo(cube.toString());
  }

  @Test
  void typesAreThoseOfSql() throws Exception {
    OutsideProgram.python("h5py", "make_source_files.py", folder.toString());
    assertThat(column("big")).isEqualTo(list(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6));
    assertThat(column("bigfloat")).isEqualTo(list(0.0, .25, .5, .75, 1.0, 1.25));
    assertThat(column("half"))
        .isEqualTo(list(.5f, -2f, Float.POSITIVE_INFINITY, (float) (1 / Math.pow(2, 24))));
    assertThat(column("u1")).isEqualTo(list((short) 0, (short) 127, (short) 255));
    assertThat(column("u2")).isEqualTo(list(0, 65535));
    assertThat(column("u4")).isEqualTo(list(0L, 4294967295L));
    assertThat(column("u8"))
        .isEqualTo(list(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("18446744073709551615")));
    assertThat(column("i8")).isEqualTo(list(Long.MIN_VALUE, Long.MAX_VALUE));
    assertThat(column("flags")).isEqualTo(list(true, false, false, true));
    assertThat(types("complex").selectExpr("value.real", "value.imag").collectAsList().toString())
        .isEqualTo("[[1.0,2.0], [-0.0,-3.5]]");
    assertThat(types("complexbig").selectExpr("sum(value.imag)").first().getDouble(0))
        .isEqualTo(-1.5);
    assertThat(column("fixed")).isEqualTo(list("ab", "", "xyz"));
    assertThat(column("texts")).isEqualTo(list("red", "gr\u00fcn", ""));
    assertThat(column("colours")).isEqualTo(list("BLUE", "RED", "GREEN", "7"));
    assertThat(column("scalar")).isEqualTo(list(2.5f));
    assertThat(column("nothing")).isEmpty();
    assertThat(types("ragged").selectExpr("to_json(collect_list(value))").first().getString(0))
        .isEqualTo("[[1,2,3],[],[-7]]");
  }

  @Test
  void aTableOfRecordsHasAColumnForEachField() throws Exception {
    OutsideProgram.python("h5py", "make_source_files.py", folder.toString());
    Dataset<Row> table = types("table");
    assertThat(table.schema().simpleString())
        .isEqualTo(
            "struct<id:int,name:string,at:array<double>,z:struct<real:float,imag:float>,ok:boolean>");
    assertThat(
            table
                .where("ok")
                .selectExpr("to_json(struct(*))")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactly(
            "{\"id\":1,\"name\":\"a\",\"at\":[0.0,0.125],\"z\":{\"real\":0.0,\"imag\":1.0},\"ok\":true}",
            "{\"id\":3,\"name\":\"ccc\",\"at\":[0.5,0.625],\"z\":{\"real\":3.0,\"imag\":0.0},\"ok\":true}",
            "{\"id\":65535,\"name\":\"\",\"at\":[1.0,1.125],\"z\":{\"real\":5.0,\"imag\":-1.0},\"ok\":true}");
    Answer third = SourceSession.run(table.where("i0 = 2").select("name", "i0"));
    assertThat(third.rows().toString()).isEqualTo("[[ccc,2]]");
    assertThat(third.metric("chunksRead")).isEqualTo(1);
    assertThat(third.metric("chunksPruned")).isEqualTo(2);
  }

  @Test
  void scalesBecomeCoordinates() throws Exception {
    OutsideProgram.python("h5py", "make_source_files.py", folder.toString());
    Dataset<Row> t =
        spark
            .read()
            .format("hdf5")
            .option("dataset", "temperature")
            .load(folder.resolve("scales.h5").toString());
    assertThat(t.columns()).containsExactly("i0", "i1", "i2", "site", "lat", "lon", "value");
    Answer a = SourceSession.run(t.where("site = 'b' and lat > 40 and lon in (10, 40)"));
    assertThat(a.rows().stream().map(r -> r.getFloat(6))).containsExactly(20f, 23f);
    assertThat(a.metric("chunksRead")).isEqualTo(2);
    assertThat(a.metric("chunksPruned")).isEqualTo(6);
  }

  @Test
  void aFolderIsOneTableAndBadFilesAreNamed() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    for (String name : List.of("a.h5", "b.h5", "c.h5")) {
      Files.copy(cube, lake.resolve(name));
    }
    Dataset<Row> all = spark.read().format("hdf5").option("dataset", "/cube").load(lake + "/*.h5");
    assertThat(all.count()).isEqualTo(3 * 1800);
    Answer one = SourceSession.run(all.where("_file like '%b.h5' and i0 = 0 and i1 = 0"));
    assertThat(one.rows()).hasSize(30);
    byte[] bytes = Files.readAllBytes(cube);
    Files.write(lake.resolve("b.h5"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Dataset<Row> broken = spark.read().format("hdf5").load(lake.toString());
    assertThatThrownBy(broken::count)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(lake.resolve("b.h5").toString());
    Dataset<Row> rest =
        spark.read().format("hdf5").option("mode", "permissive").load(lake.toString());
    Answer a = SourceSession.run(rest);
    assertThat(a.rows()).hasSize(2 * 1800);
    assertThat(a.metric("leftOut")).isEqualTo(1);
  }

  @Test
  void manyFilesArePlannedByTheirTasks() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 40; i++) {
      Files.copy(cube, lake.resolve("f" + i + ".h5"));
    }
    Dataset<Row> all = spark.read().format("hdf5").load(lake.toString());
    Answer a = SourceSession.run(all.where("i0 = 5 and i1 = 0 and i2 = 0"));
    assertThat(a.rows()).hasSize(40);
    assertThat(a.metric("chunksRead")).isEqualTo(40);
    assertThat(a.metric("chunksPruned")).isEqualTo(40 * 17);
    assertThat(SourceSession.run(all.where("_file = '" + lake.resolve("f7.h5") + "'")).rows())
        .hasSize(1800);
  }

  @Test
  void mistakesAreToldInOneLine() {
    assertThatThrownBy(() -> spark.read().format("hdf5").option("datset", "/x").load("x.h5"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "option datset: format hdf5 has no such option."
                + " Its options are path, dataset, enums, hidden, mode, rows");
    assertThatThrownBy(
            () -> spark.read().format("hdf5").option("dataset", "/no").load(cube.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(cube + ": /no: there is no such object");
    assertThatThrownBy(() -> spark.read().format("hdf5").load(folder.resolve("no.h5").toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
  }

  private static Dataset<Row> types(String dataset) {
    return spark
        .read()
        .format("hdf5")
        .option("dataset", dataset)
        .load(folder.resolve("types.h5").toString());
  }

  private static List<Object> column(String dataset) {
    List<Object> values = new ArrayList<>();
    types(dataset).select("value").collectAsList().forEach(r -> values.add(r.get(0)));
    return values;
  }

  private static List<Object> list(Object... values) {
    return List.of(values);
  }
}
