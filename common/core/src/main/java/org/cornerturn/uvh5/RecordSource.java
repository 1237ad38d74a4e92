package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Value;

/** A header's items out of a record and the arrays beside it. */
final class RecordSource implements HeaderSource {
  private final String name;
  private final HeaderRecord.LongItems longItems;
  private final Map<String, HeaderRecord.Item> items = new HashMap<>();

  RecordSource(String name, HeaderRecord record, HeaderRecord.LongItems longItems) {
    this.name = name;
    this.longItems = longItems;
    record.items().forEach(i -> items.put(i.path(), i));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isGroup(String path) {
    HeaderRecord.Item item = items.get(path);
    return item != null && item.isGroup();
  }

  @Override
  public List<String> members(String group) {
    String prefix = group + "/";
    List<String> names = new ArrayList<>();
    for (String path : items.keySet()) {
      if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
        names.add(path.substring(prefix.length()));
      }
    }
    names.sort(null);
    return names;
  }

  @Override
  public Optional<Shape> shape(String path) {
    HeaderRecord.Item item = items.get(path);
    return item == null || item.isGroup()
        ? Optional.empty()
        : Optional.of(item.shape().orElse(Shape.of(0)));
  }

  @Override
  public Optional<Block> read(String path) throws IOException {
    HeaderRecord.Item item = items.get(path);
    if (item == null || item.isGroup() || item.shape().isEmpty()) {
      return Optional.empty();
    }
    if (item.value().isPresent()) {
      return item.value().get().block();
    }
    return Optional.of(read(path, 0, item.shape().get().dim(0)));
  }

  @Override
  public Block read(String path, long first, long count) throws IOException {
    HeaderRecord.Item item = items.get(path);
    if (item.value().isPresent()) {
      return rows(item.value().get().block().orElseThrow(), first, count);
    }
    Block stored = longItems.read(item, first, count);
    if (stored.type().equals(item.type().dataType()) && !item.type().isArray()) {
      return stored;
    }
    Shape s = item.shape().orElseThrow();
    long[] dims = s.dims();
    dims[0] = count;
    Optional<Shape> part = Optional.of(Shape.of(dims));
    return new Hdf5Value(item.type(), part, stored.data()).block().orElseThrow();
  }

  private static Block rows(Block all, long first, long count) {
    long[] dims = all.shape().dims();
    long perRow = all.shape().size() / Math.max(1, dims[0]);
    dims[0] = count;
    Shape shape = Shape.of(dims);
    int from = Math.toIntExact(first * perRow);
    int to = Math.toIntExact((first + count) * perRow);
    if (all.data() instanceof byte[] bytes) {
      int size = all.type().itemSize();
      return new Block(all.type(), shape, Arrays.copyOfRange(bytes, from * size, to * size));
    }
    return new Block(all.type(), shape, Arrays.copyOfRange(all.text(), from, to));
  }
}
