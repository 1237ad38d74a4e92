package org.cornerturn.jobs.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrGroup;
import org.cornerturn.zarr.ZarrHierarchy;

/** A Zarr store that a test fills. */
final class TestStore {
  final ObjectStore store;
  private final ZarrFormat format;
  private final ZarrHierarchy hierarchy;

  TestStore(Path root, ZarrFormat format) {
    this(new LocalStore(root), format);
  }

  TestStore(ObjectStore store, ZarrFormat format) {
    this.store = store;
    this.format = format;
    this.hierarchy = new ZarrHierarchy(format).group("", json().put("title", "\u00e9toile"));
  }

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  String uri(String path) {
    return store.uri() + "/" + path;
  }

  TestStore group(String path, ObjectNode attributes) {
    hierarchy.group(path, attributes);
    return this;
  }

  /** An array of made-up values. */
  TestStore array(String path, Primitive type, Shape shape, Shape chunk, String... dimensions)
      throws IOException {
    byte[] bytes = values(type, Math.toIntExact(shape.size()));
    return array(path, type, shape, chunk, bytes, dimensions);
  }

  TestStore array(
      String path, Primitive type, Shape shape, Shape chunk, byte[] bytes, String... dimensions)
      throws IOException {
    ArrayMetadata.Builder builder =
        ArrayMetadata.builder(format, shape, type).chunk(chunk.dims()).attributes(json());
    if (dimensions.length > 0) {
      builder.dimensionNames(dimensions);
    }
    return array(path, builder.build(), bytes);
  }

  TestStore array(String path, ArrayMetadata metadata, byte[] bytes) throws IOException {
    new ArrayWriter(store, path, metadata, EmptyChunks.OMIT).put(Box.all(metadata.shape()), bytes);
    hierarchy.array(path, metadata);
    return this;
  }

  /** An array of which nothing is stored. */
  TestStore array(String path, ArrayMetadata metadata) {
    hierarchy.array(path, metadata);
    return this;
  }

  TestStore publish() throws IOException {
    hierarchy.publish(store, "");
    return this;
  }

  ZarrGroup open() throws IOException {
    return ZarrGroup.open(store, "");
  }

  double[] read(String path) throws IOException {
    return block(path).toDoubles();
  }

  Block block(String path) throws IOException {
    ZarrArray array = open().array(path);
    return array.read(Box.all(array.metadata().shape()));
  }

  /** Every object that isn't state of the engine, by key. */
  Map<String, byte[]> objects() throws IOException {
    Map<String, byte[]> objects = new TreeMap<>();
    for (ObjectStatus s : store.list("")) {
      if (!s.key().contains("_cornerturn/")) {
        objects.put(s.key(), store.get(s.key()));
      }
    }
    return objects;
  }

  static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((key, bytes) -> assertThat(bytes).as(key).isEqualTo(expected.get(key)));
  }

  /** Runs in a plain loop. */
  static RunReport loop(PyramidParameters parameters, Existing existing) throws IOException {
    return loop(parameters, existing, new PyramidKernel());
  }

  static RunReport loop(PyramidParameters parameters, Existing existing, Kernel<PyramidTask> kernel)
      throws IOException {
    PyramidPlanner.Planned planned = new PyramidPlanner(parameters, Map.of()).plan();
    return ChunkJob.inLoop(Map.of())
        .run(
            PyramidJob.request(parameters, planned, planned.folder(), existing, null),
            kernel,
            Progress.NONE);
  }

  /** Reproducible values; of floats every 17th and a long stretch are NaN. */
  static byte[] values(Primitive type, int n) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long hash = (i + 1) * 0x9E3779B97F4A7C15L;
      double v = (hash >>> 40) % 200 + (type.isUnsigned() ? 0 : -100) + (i / 1000) % 27;
      boolean nan = type.isFloat() && (i % 17 == 3 || i % 5000 < 70);
      values.add(nan ? Double.NaN : v);
    }
    ByteBuffer b = ByteBuffer.allocate(n * type.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : values) {
      switch (type) {
        case INT8, UINT8 -> b.put((byte) (v / 2));
        case INT16, UINT16 -> b.putShort((short) v);
        case INT32, UINT32 -> b.putInt((int) v);
        case INT64, UINT64 -> b.putLong((long) v);
        case FLOAT32 -> b.putFloat((float) v);
        case FLOAT64 -> b.putDouble(v);
        default -> throw new IllegalArgumentException(type.toString());
      }
    }
    return b.array();
  }
}
