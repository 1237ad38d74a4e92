package org.cornerturn.spark.source;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.FillValue;
import org.cornerturn.zarr.Layout;
import org.cornerturn.zarr.NodeName;
import org.cornerturn.zarr.ZarrFormat;

/**
 * What a table becomes: an array for each value column, all of one shape and one grid of stored
 * objects.
 *
 * @param uri of the store
 * @param dimensions names of the index columns, slowest axis first
 * @param variables the arrays
 * @param fillMissing whether elements without a row get the fill value; else they are a mistake
 */
record ZarrTarget(
    String uri, List<String> dimensions, List<Variable> variables, boolean fillMissing)
    implements Serializable {
  /** Names of the options of writing. */
  static final List<String> OPTIONS =
      List.of(
          "array",
          "dims",
          "dimensionNames",
          "shape",
          "chunks",
          "shards",
          "dtype",
          "fill",
          "missing",
          "zarrFormat");

  /** Bytes that a task takes to gather one stored object of every array. */
  private static final long MOST_OBJECT_BYTES = 1L << 29;

  /**
   * An array that is written.
   *
   * @param column name of the value column
   * @param path of the array in the store
   */
  record Variable(String column, String path, ArrayMetadata metadata) implements Serializable {}

  /**
   * @throws UserError where options and schema don't agree
   */
  static ZarrTarget of(SourceOptions options, StructType schema) {
    if (options.paths().size() != 1) {
      throw mistake("path", "a table is written to one store", "Give one path");
    }
    List<String> dimensions = dimensions(options, schema);
    Shape shape = Shape.of(extents(options, "shape", dimensions.size()));
    ZarrFormat format =
        options.choice("zarrFormat", "3", "2").equals("3") ? ZarrFormat.V3 : ZarrFormat.V2;
    List<StructField> columns = new ArrayList<>();
    for (StructField f : schema.fields()) {
      if (!dimensions.contains(f.name())) {
        columns.add(f);
      }
    }
    if (columns.isEmpty()) {
      throw mistake("dims", "all columns are positions", "Add a column of values");
    }
    Map<String, String> types = types(options, columns);
    int itemSize = 1;
    List<DataType> elements = new ArrayList<>();
    for (StructField f : columns) {
      DataType type = type(f, types.get(f.name()));
      elements.add(type);
      itemSize = Math.max(itemSize, type.isFixedSize() ? type.itemSize() : 32);
    }
    Layout layout = layout(options, shape, itemSize, format);
    List<String> names = options.list("dimensionNames");
    if (!names.isEmpty() && names.size() != dimensions.size()) {
      throw mistake("dimensionNames", "there are " + dimensions.size() + " axes", "Name each");
    }
    boolean own = !dimensions.equals(indexNames(dimensions.size()));
    List<String> shown = !names.isEmpty() ? names : own ? dimensions : null;
    List<Variable> variables = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).name();
      ArrayMetadata m =
          ArrayMetadata.builder(format, shape, elements.get(i))
              .layout(layout)
              .fill(fill(options, elements.get(i)))
              .dimensionNames(shown)
              .build();
      variables.add(new Variable(column, path(options, column, columns.size()), m));
      bytes += Math.multiplyExact(m.objectShape().size(), (long) itemSize);
    }
    if (bytes > MOST_OBJECT_BYTES) {
      throw mistake(
          "chunks",
          "one stored object of every array takes " + (bytes >> 20) + " MiB",
          "Choose smaller chunks or shards, below " + (MOST_OBJECT_BYTES >> 20) + " MiB together");
    }
    boolean fill = options.choice("missing", "error", "fill").equals("fill");
    return new ZarrTarget(
        options.paths().get(0).replaceAll("/+$", ""), dimensions, variables, fill);
  }

  ArrayMetadata first() {
    return variables.get(0).metadata();
  }

  ZarrFormat format() {
    return first().format();
  }

  private static UserError mistake(String option, String reason, String remedy) {
    return new UserError("option " + option + " of format zarr", reason, remedy);
  }

  private static List<String> indexNames(int n) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add("i" + i);
    }
    return names;
  }

  /** The columns named, or {@code i0}, {@code i1} and so on as far as there are such. */
  private static List<String> dimensions(SourceOptions options, StructType schema) {
    List<String> there = List.of(schema.fieldNames());
    List<String> dimensions = options.list("dims");
    if (dimensions.isEmpty()) {
      int n = 0;
      while (there.contains("i" + n)) {
        n++;
      }
      dimensions = indexNames(n);
    }
    if (dimensions.isEmpty() || !there.containsAll(dimensions)) {
      throw mistake(
          "dims",
          dimensions.isEmpty()
              ? "the table has no column i0"
              : "the table has only the columns " + there,
          "Name the columns of positions, slowest axis first");
    }
    for (String d : dimensions) {
      if (!(schema.apply(d).dataType() instanceof IntegralType)) {
        throw mistake("dims", d + " is no column of integers", "Cast it to bigint");
      }
    }
    return List.copyOf(dimensions);
  }

  private static long[] extents(SourceOptions options, String option, int rank) {
    List<String> items = options.list(option);
    if (items.size() != rank) {
      throw mistake(option, "there are " + rank + " axes, it has " + items, "Give one extent each");
    }
    long[] extents = new long[rank];
    for (int i = 0; i < rank; i++) {
      try {
        extents[i] = Long.parseLong(items.get(i));
      } catch (NumberFormatException e) {
        throw mistake(option, items.get(i) + " is no whole number", "Give extents such as 100,20");
      }
      if (extents[i] < 1) {
        throw mistake(option, "an extent is " + extents[i], "Give extents of at least 1");
      }
    }
    return extents;
  }

  private static Layout layout(
      SourceOptions options, Shape shape, int itemSize, ZarrFormat format) {
    boolean sharded = format == ZarrFormat.V3;
    if (options.list("chunks").isEmpty()) {
      return Layout.choose(
          shape, itemSize, null, sharded ? Layout.Targets.STANDARD : Layout.Targets.UNSHARDED);
    }
    Shape chunk = Shape.of(extents(options, "chunks", shape.rank()));
    if (options.list("shards").isEmpty()) {
      return new Layout(chunk, null);
    }
    Shape shard = Shape.of(extents(options, "shards", shape.rank()));
    for (int i = 0; i < shape.rank(); i++) {
      if (!sharded || shard.dim(i) % chunk.dim(i) != 0) {
        throw mistake(
            "shards",
            sharded ? shard + " is no multiple of the chunks " + chunk : "Zarr 2 has no shards",
            "Give a multiple of chunks on each axis, in Zarr 3");
      }
    }
    return new Layout(chunk, shard);
  }

  /** Items {@code column=type}, or a single type for the only column. */
  private static Map<String, String> types(SourceOptions options, List<StructField> columns) {
    Map<String, String> types = new TreeMap<>();
    for (String item : options.list("dtype")) {
      int at = item.indexOf('=');
      String column = at < 0 ? columns.get(0).name() : item.substring(0, at).strip();
      boolean known = columns.stream().anyMatch(c -> c.name().equals(column));
      if (!known || at < 0 && columns.size() > 1) {
        throw mistake("dtype", item + " names no column of values", "Write column=type");
      }
      types.put(column, item.substring(at + 1).strip().toUpperCase(Locale.ROOT));
    }
    return types;
  }

  private static DataType type(StructField f, String wanted) {
    DataType own = type(f);
    if (wanted == null) {
      return own;
    }
    for (Primitive p : Primitive.values()) {
      if (p.name().equals(wanted)
          && own instanceof Primitive o
          && (o.isInteger() && p.isInteger()
              || o.isFloat() && p.isFloat() && p != Primitive.FLOAT16
              || o == p)) {
        return p;
      }
    }
    throw mistake(
        "dtype",
        "column " + f.name() + " of " + f.dataType().simpleString() + " can't be " + wanted,
        "Name a Zarr type such as uint16 or float32, or cast the column");
  }

  private static DataType type(StructField f) {
    org.apache.spark.sql.types.DataType t = f.dataType();
    for (Primitive p :
        List.of(
            Primitive.BOOL,
            Primitive.INT8,
            Primitive.INT16,
            Primitive.INT32,
            Primitive.INT64,
            Primitive.UINT64,
            Primitive.FLOAT32,
            Primitive.FLOAT64)) {
      if (SparkTypes.of(p).equals(t)) {
        return p;
      }
    }
    if (t.equals(DataTypes.StringType)) {
      return new Text();
    }
    if (t instanceof StructType s && s.length() == 2) {
      org.apache.spark.sql.types.DataType part = s.fields()[0].dataType();
      if (List.of(s.fieldNames()).equals(List.of("real", "imag"))
          && s.fields()[1].dataType().equals(part)
          && (part.equals(DataTypes.FloatType) || part.equals(DataTypes.DoubleType))) {
        return part.equals(DataTypes.FloatType) ? Primitive.COMPLEX64 : Primitive.COMPLEX128;
      }
    }
    throw new UserError(
        "column " + f.name(),
        "an array can't hold " + t.simpleString(),
        "Cast it to a number, boolean, string or struct<real,imag>, or leave it out");
  }

  private static FillValue fill(SourceOptions options, DataType type) {
    String text = options.text("fill").orElse("0");
    if (type instanceof Text) {
      byte[] bytes = options.text("fill").orElse("").getBytes(StandardCharsets.UTF_8);
      return FillValue.of(type, bytes);
    }
    Primitive p = (Primitive) type;
    try {
      ByteBuffer b = ByteBuffer.allocate(p.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
      while (b.hasRemaining()) {
        switch (p) {
          case FLOAT32, COMPLEX64 -> b.putFloat(Float.parseFloat(text));
          case FLOAT64, COMPLEX128 -> b.putDouble(Double.parseDouble(text));
          case BOOL -> b.put((byte) (Long.parseLong(text) != 0 ? 1 : 0));
          default -> ElementWriter.putInteger(b, p, Long.parseLong(text));
        }
      }
      return FillValue.of(type, b.array());
    } catch (IllegalArgumentException e) {
      throw mistake("fill", text + " is no " + p.name().toLowerCase(Locale.ROOT), "Give a number");
    }
  }

  private static String path(SourceOptions options, String column, int columns) {
    if (options.text("array").isEmpty()) {
      return NodeName.escape(column);
    }
    if (columns > 1) {
      throw mistake(
          "array",
          "there are " + columns + " columns of values, each of which becomes an array",
          "Leave the option out, or select one column");
    }
    String path = NodeName.escapePath(options.text("array").get());
    if (path.isEmpty()) {
      throw mistake("array", "it is empty", "Name the array");
    }
    return path;
  }

  /** Bytes of all arrays, decoded. */
  double bytes() {
    double n = 0;
    for (Variable v : variables) {
      int size = v.metadata().type().isFixedSize() ? v.metadata().type().itemSize() : 32;
      n +=
          Arrays.stream(v.metadata().shape().dims()).asDoubleStream().reduce(size, (a, b) -> a * b);
    }
    return n;
  }
}
