package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.SourceSession.Answer;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZarrSourceTest {
  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void session() {
    spark = SourceSession.spark();
  }

  private static Dataset<Row> read(Path store, String... options) {
    var reader = spark.read().format("zarr");
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return reader.load(store.toString());
  }

  @ParameterizedTest
  @CsvSource({"V2, false", "V3, false", "V3, true"})
  void everyElementIsARow(ZarrFormat format, boolean sharded) throws IOException {
    Path root = folder.resolve(format + (sharded ? "-sharded" : "") + ".zarr");
    Shape shape = Shape.of(7, 40);
    ArrayMetadata.Builder b = ArrayMetadata.builder(format, shape, Primitive.FLOAT64).chunk(2, 10);
    ArrayMetadata m = (sharded ? b.shard(4, 20) : b).build();
    double[] values = new double[280];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 40 == 0 ? Double.NaN : i / 8.0;
    }
    try (ObjectStore store = new LocalStore(root)) {
      new ArrayWriter(store, "", m, EmptyChunks.OMIT).put(Box.all(shape), Block.toBytes(values));
      new ZarrHierarchy(format).array("", m).publish(store, "");
    }
    List<Row> rows = read(root).collectAsList();
    assertThat(rows).hasSize(280);
    for (Row r : rows) {
      int i = (int) (40 * r.getLong(0) + r.getLong(1));
      assertThat(r.getDouble(2)).isEqualTo(Double.valueOf(values[i]));
    }
    Answer cut = SourceSession.run(read(root).where("i0 = 3 and i1 >= 35"));
    assertThat(cut.rows()).hasSize(5);
    assertThat(cut.metric("chunksRead")).isEqualTo(1);
    assertThat(cut.metric("chunksPruned")).isEqualTo(15);
    assertThat(cut.metric("requests")).as("a small shard comes in one piece").isEqualTo(1);
    assertThat(read(root, "rows", "chunk").selectExpr("sum(size(value))").first().getLong(0))
        .isEqualTo(280);
  }

  private static Path measurementSet() throws IOException {
    Path root = folder.resolve("day.ps.zarr");
    if (!Files.exists(root)) {
      MeasurementSetFixture.write(root);
    }
    return root;
  }

  @Test
  void aGroupsArraysStandSideBySide() throws IOException {
    Dataset<Row> t = read(measurementSet(), "group", "ms");
    assertThat(t.columns())
        .containsExactly(
            "i0",
            "i1",
            "i2",
            "i3",
            "time",
            "frequency",
            "polarization",
            "antenna1",
            "UVW",
            "VISIBILITY",
            "WEIGHT");
    List<Row> rows = t.collectAsList();
    assertThat(rows).hasSize(4 * 3 * 6 * 2);
    for (Row r : rows) {
      long i = ((r.getLong(0) * 3 + r.getLong(1)) * 6 + r.getLong(2)) * 2 + r.getLong(3);
      double uvw = 3 * (r.getLong(0) * 3 + r.getLong(1));
      assertThat(r.getDouble(4)).isEqualTo(1.7e9 + 10 * r.getLong(0));
      assertThat(r.getDouble(5)).isEqualTo(1.4e9 + 1e6 * r.getLong(2));
      assertThat(r.getString(7)).isEqualTo("a" + r.getLong(1));
      assertThat(r.<Double>getList(8)).containsExactly(uvw, uvw + 1, uvw + 2);
      assertThat(r.getStruct(9).getFloat(1)).isEqualTo(2 * i + 1);
      assertThat(r.getFloat(10)).isEqualTo(-i);
    }
  }

  @Test
  void sqlOnAMeasurementSetReadsWhatItAsksFor() throws IOException {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW ms USING zarr OPTIONS (path '"
            + measurementSet()
            + "', group 'ms')");
    Answer a =
        SourceSession.run(
            spark.sql(
                "SELECT VISIBILITY.real, UVW[2] FROM ms WHERE time >= 1700000020"
                    + " AND frequency < 1.402e9 AND antenna1 = 'a2' AND polarization = 'YY'"));
    assertThat(a.rows()).hasSize(2 * 2);
    // One chunk of VISIBILITY and one of UVW; WEIGHT isn't read.
    assertThat(a.metric("chunksRead")).isEqualTo(2);
    assertThat(a.metric("chunksPruned")).isEqualTo(3 + 1);
    Dataset<Row> one = read(measurementSet(), "array", "ms/WEIGHT");
    assertThat(one.columns())
        .containsExactly("i0", "i1", "i2", "i3", "time", "frequency", "polarization", "value");
    assertThat(one.selectExpr("sum(value)").first().getDouble(0)).isEqualTo(-143 * 72);
    Dataset<Row> chosen = read(measurementSet(), "group", "ms", "variables", "UVW");
    assertThat(chosen.columns()).containsExactly("i0", "i1", "i2", "time", "uvw_label", "UVW");
  }

  @Test
  void aDamagedChunkIsNamedOrLeftOut() throws IOException {
    Path root = folder.resolve("damaged.zarr");
    ZarrHierarchy tree = new ZarrHierarchy(ZarrFormat.V3);
    try (ObjectStore store = new LocalStore(root)) {
      MeasurementSetFixture.put(
          store, tree, "a", Primitive.FLOAT64, new long[] {10}, new long[] {5}, "x", i -> i);
      tree.publish(store, "");
    }
    Files.write(root.resolve("a/c/1"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> read(root, "array", "a").collectAsList())
        .hasMessageContaining(root + "/a/c/1");
    Answer a = SourceSession.run(read(root, "array", "a", "mode", "permissive"));
    assertThat(a.rows().stream().map(r -> r.getDouble(1))).containsExactly(0d, 1d, 2d, 3d, 4d);
    assertThat(a.metric("leftOut")).isEqualTo(1);
    assertThatThrownBy(() -> read(folder.resolve("nothing.zarr")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no Zarr array or group is here");
  }

  static Stream<Path> corpus() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    List<Path> arrays = new ArrayList<>();
    if (corpus != null && Files.isDirectory(Path.of(corpus, "zarr"))) {
      try (Stream<Path> all = Files.walk(Path.of(corpus, "zarr"))) {
        all.filter(f -> f.endsWith(".zarray") || f.endsWith("zarr.json") && isArray(f))
            .map(Path::getParent)
            .sorted()
            .forEach(arrays::add);
      }
    }
    return arrays.isEmpty() ? Stream.of(Path.of("none")) : arrays.stream();
  }

  private static boolean isArray(Path json) {
    try {
      return Files.readString(json).contains("\"array\"");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Rows of real arrays are what the plain reader gives, or neither reads them. */
  @ParameterizedTest
  @MethodSource("corpus")
  void realArraysReadAsThePlainReaderReadsThem(Path path) throws IOException {
    assumeTrue(Files.exists(path), "CORNERTURN_CORPUS names no folder with zarr arrays");
    ZarrArray array;
    Block block;
    try (ObjectStore store = new LocalStore(path)) {
      array = ZarrArray.open(store, "");
      block = array.read(Box.all(array.metadata().shape()));
    } catch (IOException e) {
      assertThatThrownBy(() -> read(path).count()).hasMessageContaining(e.getMessage());
      return;
    }
    List<Row> rows = read(path).collectAsList();
    Shape shape = array.metadata().shape();
    assertThat(rows).hasSize((int) shape.size());
    boolean numbers = block.type() instanceof Primitive p && !p.isComplex();
    double[] doubles = numbers ? block.toDoubles() : null;
    for (Row r : rows) {
      long i = 0;
      for (int axis = 0; axis < shape.rank(); axis++) {
        i = i * shape.dim(axis) + r.getLong(axis);
      }
      Object value = r.get(shape.rank());
      if (numbers) {
        double v = value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
        assertThat(v).isEqualTo(Double.valueOf(doubles[(int) i]));
      } else if (block.data() instanceof String[] texts) {
        assertThat(value).isEqualTo(texts[(int) i]);
      }
    }
  }
}
