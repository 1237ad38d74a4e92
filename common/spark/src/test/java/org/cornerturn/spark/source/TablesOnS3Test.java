package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.spark.source.SourceSession.Answer;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesOnS3Test {
  @TempDir private Path folder;

  @Test
  void tablesAreReadByRangeAndWrittenInABucket() throws IOException {
    SparkSession spark = SourceSession.spark();
    try (EmbeddedS3 server = EmbeddedS3.start(folder)) {
      server.createBucket("tables");
      Map<String, String> settings = server.settings();
      double[] values = new double[400_000];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      try (ObjectStore store = Stores.open("s3a://tables/lake", settings);
          PendingObject out = store.create("a.h5");
          Hdf5Writer w = Hdf5Writer.sequential(out)) {
        w.root()
            .dataset("x", new Block(Primitive.FLOAT64, Shape.of(400, 1000), Block.toBytes(values)));
        w.finish();
        out.publish();
      }
      Dataset<Row> x = spark.read().format("hdf5").options(settings).load("s3a://tables/lake/*.h5");
      Answer a = SourceSession.run(x.where("i0 = 399 and i1 >= 998"));
      assertThat(a.rows().stream().map(r -> r.getDouble(2))).containsExactly(399_998d, 399_999d);
      assertThat(a.metric("bytesRead")).isLessThan(100_000);
      assertThat(a.metric("requests")).isEqualTo(1);
      x.selectExpr("i0", "i1", "value AS y")
          .write()
          .format("zarr")
          .options(settings)
          .option("shape", "400,1000")
          .option("chunks", "100,500")
          .save("s3a://tables/y.zarr");
      Dataset<Row> y =
          spark
              .read()
              .format("zarr")
              .options(settings)
              .option("array", "y")
              .load("s3a://tables/y.zarr");
      assertThat(y.where("value <> 1000 * i0 + i1").count()).isZero();
      assertThat(y.count()).isEqualTo(400_000);
      assertThatThrownBy(
              () -> spark.read().format("zarr").options(settings).load("s3a://nowhere/y.zarr"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("s3a://nowhere/y.zarr");
    }
  }
}
