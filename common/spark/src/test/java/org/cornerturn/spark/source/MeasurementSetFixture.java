package org.cornerturn.spark.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ObjectEncoder;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/** A small Zarr store with named dimensions. */
final class MeasurementSetFixture {
  private MeasurementSetFixture() {}

  /** A group as XRADIO has it: VISIBILITY(time, baseline, frequency, polarization) and others. */
  static void write(Path root) throws IOException {
    ZarrHierarchy tree = new ZarrHierarchy(ZarrFormat.V3);
    try (ObjectStore store = new LocalStore(root)) {
      put(
          store,
          tree,
          "ms/time",
          Primitive.FLOAT64,
          new long[] {4},
          new long[] {4},
          "time",
          i -> 1.7e9 + 10 * i);
      put(
          store,
          tree,
          "ms/frequency",
          Primitive.FLOAT64,
          new long[] {6},
          new long[] {6},
          "frequency",
          i -> 1.4e9 + 1e6 * i);
      put(
          store,
          tree,
          "ms/polarization",
          new DataType.Text(),
          new long[] {2},
          new long[] {2},
          "polarization",
          i -> i == 0 ? "XX" : "YY");
      put(
          store,
          tree,
          "ms/antenna1",
          new DataType.Text(),
          new long[] {3},
          new long[] {3},
          "baseline_id",
          i -> "a" + i);
      put(
          store,
          tree,
          "ms/uvw_label",
          new DataType.Text(),
          new long[] {3},
          new long[] {3},
          "uvw_label",
          i -> "uvw".substring((int) i, (int) i + 1));
      put(
          store,
          tree,
          "ms/VISIBILITY",
          Primitive.COMPLEX64,
          new long[] {4, 3, 6, 2},
          new long[] {2, 3, 3, 2},
          "time,baseline_id,frequency,polarization",
          i -> i);
      put(
          store,
          tree,
          "ms/WEIGHT",
          Primitive.FLOAT32,
          new long[] {4, 3, 6, 2},
          new long[] {2, 3, 3, 2},
          "time,baseline_id,frequency,polarization",
          i -> -i);
      put(
          store,
          tree,
          "ms/UVW",
          Primitive.FLOAT64,
          new long[] {4, 3, 3},
          new long[] {2, 3, 3},
          "time,baseline_id,uvw_label",
          i -> i);
      tree.group("", JsonNodeFactory.instance.objectNode());
      tree.publish(store, "");
    }
  }

  /** Writes an array; complex numbers take two values each. */
  static void put(
      ObjectStore store,
      ZarrHierarchy tree,
      String path,
      DataType type,
      long[] shape,
      long[] chunk,
      String dimensions,
      LongFunction<Object> value)
      throws IOException {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(shape), type)
            .chunk(chunk)
            .dimensionNames(dimensions.split(","))
            .build();
    tree.array(path, m);
    Shape all = Shape.of(shape);
    int n = (int) all.size();
    if (type instanceof DataType.Text) {
      String[] texts = new String[n];
      for (int i = 0; i < n; i++) {
        texts[i] = (String) value.apply(i);
      }
      byte[] bytes =
          new ObjectEncoder(m, EmptyChunks.WRITE)
              .encode(new long[1], new Block(type, all, texts))
              .orElseThrow()
              .bytes();
      store.put(path + "/" + m.objectKey(0), bytes);
      return;
    }
    int parts = type.itemSize() / type.componentSize();
    double[] doubles = new double[n * parts];
    float[] floats = new float[n * parts];
    for (int i = 0; i < n * parts; i++) {
      double v = ((Number) value.apply(i)).doubleValue();
      doubles[i] = v;
      floats[i] = (float) v;
    }
    new ArrayWriter(store, path, m, EmptyChunks.OMIT)
        .put(
            Box.all(all),
            type.componentSize() == 8 ? Block.toBytes(doubles) : Block.toBytes(floats));
  }
}
