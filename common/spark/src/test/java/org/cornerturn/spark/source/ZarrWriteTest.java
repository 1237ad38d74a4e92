package org.cornerturn.spark.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZarrWriteTest {
  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void session() {
    spark = SourceSession.spark();
  }

  /** 30 x 40 positions in no order: a = 100 i0 + i1, and others made of it. */
  private static Dataset<Row> table() {
    return spark
        .range(1200)
        .selectExpr("(id * 77) % 1200 AS id")
        .selectExpr(
            "int(id div 40) AS i0",
            "id % 40 AS i1",
            "int(100 * (id div 40) + id % 40) AS a",
            "float(id / 8.0D) AS f",
            "id % 3 = 0 AS odd",
            "concat('t', id) AS name",
            "named_struct('real', double(id), 'imag', double(-id)) AS z")
        .repartition(7);
  }

  private static DataFrameWriter<Row> write(Dataset<Row> rows) {
    return rows.write().format("zarr").option("shape", "30,40").option("chunks", "8,16");
  }

  @ParameterizedTest
  @CsvSource({"3, ''", "3, '16,32'", "2, ''"})
  void whatIsWrittenReadsTheSame(String format, String shards) throws IOException {
    Path root = folder.resolve("table" + format + shards.length() + ".zarr");
    write(table()).option("zarrFormat", format).option("shards", shards).save(root.toString());
    try (ObjectStore store = new LocalStore(root)) {
      ZarrGroup group = ZarrGroup.open(store, "");
      assertThat(group.isConsolidated()).isTrue();
      assertThat(group.arrayNames()).containsExactly("a", "f", "name", "odd", "z");
      ZarrArray a = group.array("a");
      int[] values = a.read(Box.all(a.metadata().shape())).ints();
      assertThat(a.metadata().chunk()).isEqualTo(Shape.of(8, 16));
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(100 * (i / 40) + i % 40);
      }
    }
    // Arrays without dimension names are read one by one.
    Dataset<Row> back = spark.read().format("zarr").option("array", "name").load(root.toString());
    assertThat(back.where("value = concat('t', 40 * i0 + i1)").count()).isEqualTo(1200);
    Row z =
        spark
            .read()
            .format("zarr")
            .option("array", "z")
            .load(root.toString())
            .where("i0 = 29 and i1 = 39")
            .selectExpr("value.real", "value.imag")
            .first();
    assertThat(z.getDouble(0)).isEqualTo(1199);
    assertThat(z.getDouble(1)).isEqualTo(-1199);
    assertThat(root.resolve("_cornerturn")).isEmptyDirectory();
  }

  @Test
  void equalTablesGiveEqualBytesHoweverTheyAreCutIntoTasks() throws IOException {
    Dataset<Row> named =
        table().select(col("i0").as("time"), col("i1").as("channel"), col("f"), col("a"));
    for (int tasks : List.of(1, 5)) {
      write(named.repartition(tasks))
          .option("dims", "time,channel")
          .option("dtype", "a=uint16")
          .save(folder.resolve("cut" + tasks).toString());
    }
    assertThat(content(folder.resolve("cut1"))).isEqualTo(content(folder.resolve("cut5")));
    Dataset<Row> back = spark.read().format("zarr").load(folder.resolve("cut1").toString());
    assertThat(back.schema().simpleString()).isEqualTo("struct<i0:bigint,i1:bigint,a:int,f:float>");
    assertThat(back.where("a = 100 * i0 + i1 and f = (40 * i0 + i1) / 8").count()).isEqualTo(1200);
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path f : files.filter(Files::isRegularFile).toList()) {
        content.put(
            root.relativize(f).toString(),
            java.util.HexFormat.of().formatHex(Files.readAllBytes(f)));
      }
    }
    return content;
  }

  @Test
  void doubledAndMissingPositionsAreMistakes() throws IOException {
    Dataset<Row> one = table().select("i0", "i1", "a");
    String root = folder.resolve("wrong.zarr").toString();
    assertThatThrownBy(() -> write(one.union(one.where("a = 7"))).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("two rows have the position [0, 7]");
    assertThatThrownBy(() -> write(one.where("a <> 512")).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no row has the position [5, 12]");
    // A whole object is missing.
    assertThatThrownBy(() -> write(one.where("i0 >= 8 or i1 >= 16")).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("128 of 1200 positions have no row");
    assertThatThrownBy(() -> write(one.withColumn("i1", expr("i1 + 1"))).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its position 40 is outside the extent 40");
    assertThatThrownBy(() -> write(one).option("dtype", "uint8").save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("doesn't fit into uint8");
    assertThatThrownBy(() -> write(one.selectExpr("i0", "i1", "nullif(a, 7) a")).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("it is null at the position [0, 7]");
    // Nothing is left behind, and no store is seen.
    assertThat(Path.of(root, "zarr.json")).doesNotExist();
    assertThat(content(Path.of(root))).isEmpty();
    write(one.where("i0 = 3")).option("missing", "fill").option("fill", "-1").save(root);
    Dataset<Row> back = spark.read().format("zarr").option("array", "a").load(root);
    assertThat(back.where("value = -1").count()).isEqualTo(1160);
    assertThat(back.where("value = 100 * i0 + i1").count()).isEqualTo(40);
  }

  @Test
  void modesSayWhatHappensToAStoreThatIsThere() throws IOException {
    Dataset<Row> one = table().select("i0", "i1", "a");
    Path root = folder.resolve("modes.zarr");
    write(one).save(root.toString());
    assertThatThrownBy(() -> write(one).save(root.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a Zarr store is there");
    write(one.withColumn("a", expr("a + 1"))).mode("ignore").save(root.toString());
    assertThat(sum(root, "a")).isEqualTo(1200 * 1450 + 1200 * 19.5);
    write(one.withColumnRenamed("a", "b")).mode("append").save(root.toString());
    assertThat(sum(root, "b")).isEqualTo(sum(root, "a"));
    assertThatThrownBy(() -> write(one).mode("append").save(root.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mode append adds arrays but doesn't extend them");
    write(one.selectExpr("i0", "i1", "2 * a AS c")).mode("overwrite").save(root.toString());
    assertThat(sum(root, "c")).isEqualTo(2 * (1200 * 1450 + 1200 * 19.5));
    assertThat(root.resolve("a"))
        .satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(content(p)).isEmpty());
    Dataset<Row> self = spark.read().format("zarr").option("array", "c").load(root.toString());
    assertThatThrownBy(
            () ->
                write(self.withColumnRenamed("value", "c")).mode("overwrite").save(root.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the table is read from it");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> write(one).mode("overwrite").save(other.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("other things than a Zarr store");
    assertThat(other.resolve("letter.txt")).exists();
    Path busy = folder.resolve("busy.zarr");
    Files.createDirectories(busy.resolve("_cornerturn"));
    Files.writeString(busy.resolve(ZarrWriting.MARK), "{}");
    assertThatThrownBy(() -> write(one).save(busy.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("another write is going on");
    write(one).mode("overwrite").save(busy.toString());
    assertThat(sum(busy, "a")).isEqualTo(sum(root, "c") / 2);
  }

  private static double sum(Path root, String array) {
    return spark
        .read()
        .format("zarr")
        .option("array", array)
        .load(root.toString())
        .selectExpr("double(sum(value))")
        .first()
        .getDouble(0);
  }

  @Test
  void optionsThatDontAgreeAreMistakes() {
    String root = folder.resolve("never.zarr").toString();
    Dataset<Row> one = table().select("i0", "i1", "a");
    assertThatThrownBy(() -> one.write().format("zarr").save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("option shape of format zarr: there are 2 axes");
    assertThatThrownBy(() -> write(one.drop("i0")).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the table has no column i0");
    assertThatThrownBy(() -> write(one.withColumn("d", expr("current_date()"))).save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("column d: an array can't hold date");
    assertThatThrownBy(() -> write(one).option("shards", "10,16").save(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is no multiple of the chunks");
  }
}
