package org.cornerturn.uvh5;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.Hdf5Value;

/**
 * Puts a new file's record together. Items are named relative to {@code /Header}, with a slash
 * where they lie in a group of it: {@code extra_keywords/observer}. Types are pyuvdata's: counts
 * int64, numbers float64, text NUL-padded ASCII, truth an enumeration.
 */
public final class HeaderBuilder {
  private final Map<String, HeaderRecord.Item> items = new TreeMap<>();

  public HeaderBuilder() {
    group("/", "/Data", Items.HEADER);
  }

  private void group(String... paths) {
    for (String path : paths) {
      items.put(path, HeaderRecord.Item.group(path, List.of()));
    }
  }

  private HeaderBuilder put(HeaderRecord.Item item) {
    String path = item.path();
    for (int at = path.indexOf('/', 1); at >= 0; at = path.indexOf('/', at + 1)) {
      String parent = path.substring(0, at);
      items.computeIfAbsent(parent, p -> HeaderRecord.Item.group(p, List.of()));
    }
    items.put(path, item);
    return this;
  }

  /** An item exactly as given. */
  public HeaderBuilder value(String item, Hdf5Value value) {
    return put(HeaderRecord.Item.of(Items.path(item), value));
  }

  /** An item of a block's elements. */
  public HeaderBuilder block(String item, Block block) {
    return value(item, Hdf5Value.of(block));
  }

  /** A single float64. */
  public HeaderBuilder number(String item, double value) {
    return block(
        item, new Block(Primitive.FLOAT64, Shape.of(), Block.toBytes(new double[] {value})));
  }

  /** A single int64. */
  public HeaderBuilder count(String item, long value) {
    return block(item, new Block(Primitive.INT64, Shape.of(), Block.toBytes(new long[] {value})));
  }

  /** A single truth value. */
  public HeaderBuilder truth(String item, boolean value) {
    byte[] bytes = {(byte) (value ? 1 : 0)};
    return block(item, new Block(Primitive.BOOL, Shape.of(), bytes));
  }

  /** A single text. */
  public HeaderBuilder text(String item, String value) {
    return value(item, Hdf5Value.ascii(value));
  }

  /** Several texts, as long as the longest. */
  public HeaderBuilder texts(String item, List<String> values, long... dims) {
    List<byte[]> bytes = new ArrayList<>();
    int width = 1;
    for (String v : values) {
      byte[] b = v.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      bytes.add(b);
      width = Math.max(width, b.length);
    }
    byte[] all = new byte[Math.multiplyExact(width, values.size())];
    for (int i = 0; i < bytes.size(); i++) {
      System.arraycopy(bytes.get(i), 0, all, i * width, bytes.get(i).length);
    }
    Shape shape = dims.length == 0 ? Shape.of(values.size()) : Shape.of(dims);
    return value(item, new Hdf5Value(Hdf5Type.ascii(width), Optional.of(shape), all));
  }

  /** Float64 numbers. */
  public HeaderBuilder numbers(String item, double[] values, long... dims) {
    Shape shape = dims.length == 0 ? Shape.of(values.length) : Shape.of(dims);
    return block(item, new Block(Primitive.FLOAT64, shape, Block.toBytes(values)));
  }

  /** Int64 numbers. */
  public HeaderBuilder counts(String item, long... values) {
    return block(item, new Block(Primitive.INT64, Shape.of(values.length), Block.toBytes(values)));
  }

  /** A null dataspace, which is how pyuvdata writes None. */
  public HeaderBuilder none(String item) {
    return value(item, Hdf5Value.empty(Primitive.FLOAT32));
  }

  /** A group, which may stay empty. */
  public HeaderBuilder group(String item) {
    return put(HeaderRecord.Item.group(Items.path(item), List.of()));
  }

  /** An item of each row, whose value comes when it is written. */
  public HeaderBuilder rows(String item, DataType type, long... dims) {
    return put(
        new HeaderRecord.Item(
            Items.path(item),
            List.of(),
            Hdf5Type.of(type),
            Optional.of(Shape.of(dims)),
            Optional.empty()));
  }

  /** Takes an item away, so that a variant of a header lacks it. */
  public HeaderBuilder without(String item) {
    String path = Items.path(item);
    items.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
    return this;
  }

  /** The three datasets. */
  public HeaderBuilder data(Uvh5Storage storage) {
    data(Uvh5File.VISDATA, storage.visibilities());
    data(Uvh5File.FLAGS, storage.flags());
    data(Uvh5File.NSAMPLES, storage.samples());
    return this;
  }

  private void data(String path, Uvh5Storage.Stored stored) {
    put(
        new HeaderRecord.Item(
            path, List.of(), stored.type(), Optional.of(stored.shape()), Optional.empty()));
  }

  public HeaderRecord build() {
    return new HeaderRecord(List.copyOf(items.values()), List.of());
  }
}
