package org.cornerturn.uvh5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.Hdf5Value;

/**
 * Everything that a UVH5 file holds besides its visibilities, flags and sample counts, exactly as
 * it stands there, so that the file can be built again: groups, datasets and attributes with types
 * (byte order, string padding, character set, enumerations), shapes and null dataspaces. Values of
 * small items travel in the record; those of {@linkplain Item#isLong long} ones are kept beside it
 * as arrays of {@link Item#arrayType} and {@link Item#arrayShape}, named by {@link Item#path}. The
 * three datasets of {@code /Data} are listed without values.
 *
 * @param items groups before their members, otherwise in the order of their paths; the first is the
 *     root group {@code /}
 * @param left what can't be kept, each with its path and the reason
 */
public record HeaderRecord(List<Item> items, List<String> left) {
  /** Stored bytes up to which an array travels in the record; single values always do. */
  public static final int INLINE_BYTES = 4096;

  public HeaderRecord {
    items = List.copyOf(items);
    left = List.copyOf(left);
  }

  /** An attribute. */
  public record Attribute(String name, Hdf5Value value) {}

  /**
   * A group or dataset.
   *
   * @param attributes in h5py's order, by name
   * @param type null of a group
   * @param shape empty of a group, and of a null dataspace
   * @param value empty of a group, of a long item, and of the visibilities, flags and samples
   */
  public record Item(
      String path,
      List<Attribute> attributes,
      Hdf5Type type,
      Optional<Shape> shape,
      Optional<Hdf5Value> value) {
    public Item {
      attributes = List.copyOf(attributes);
    }

    public static Item group(String path, List<Attribute> attributes) {
      return new Item(path, attributes, null, Optional.empty(), Optional.empty());
    }

    /** A dataset whose value travels in the record. */
    public static Item of(String path, Hdf5Value value) {
      return new Item(path, List.of(), value.type(), value.shape(), Optional.of(value));
    }

    public boolean isGroup() {
      return type == null;
    }

    /** Whether this is one of {@code /Data}'s visdata, flags and nsamples. */
    public boolean isData() {
      return !isGroup() && Uvh5File.DATA_PATHS.contains(path);
    }

    /** Whether the value is kept as an array of its own. */
    public boolean isLong() {
      return !isGroup() && !isData() && value.isEmpty();
    }

    /**
     * Type of the array in which a long item is kept: its own where the stored bytes are plain
     * little-endian numbers, text where it is text of any length, else bytes.
     */
    public DataType arrayType() {
      if (type.isText()) {
        return new DataType.Text();
      }
      return isPlain() ? type.dataType() : Primitive.UINT8;
    }

    /** Shape of that array: the item's own; bytes have one more axis, of an element's size. */
    public Shape arrayShape() {
      Shape s = shape.orElseThrow();
      return type.isText() || isPlain() ? s : s.append(type.size());
    }

    private boolean isPlain() {
      return type.isPacked() && type.dataType() instanceof Primitive;
    }
  }

  /** Where the values of long items are. */
  @FunctionalInterface
  public interface LongItems {
    /**
     * Some rows of a long item.
     *
     * @param first of the rows along the first axis
     * @return elements of the item's {@link Item#arrayType}, of its {@link Item#arrayShape} but for
     *     the first axis, which is {@code count}
     */
    Block read(Item item, long first, long count) throws IOException;
  }

  public Optional<Item> find(String path) {
    return items.stream().filter(i -> i.path().equals(path)).findFirst();
  }

  /**
   * The smaller of the complex types that holds every visibility as the file has it, as {@link
   * Uvh5Source#exactType} says of the file itself.
   */
  public Primitive exactType() {
    return VisibilityType.of(find(Uvh5File.VISDATA).orElseThrow().type().dataType()).exact();
  }

  /** The items that are kept as arrays. */
  public List<Item> longItems() {
    return items.stream().filter(Item::isLong).toList();
  }

  /** The record as JSON; stored bytes are in Base64. */
  public ObjectNode toJson() {
    return HeaderJson.write(this);
  }

  /**
   * @throws IllegalArgumentException where it isn't what {@link #toJson} wrote
   */
  public static HeaderRecord ofJson(JsonNode json) {
    return HeaderJson.read(json);
  }

  /** The header's items as the record and the arrays beside it have them. */
  public HeaderSource source(String name, LongItems longItems) {
    return new RecordSource(name, this, longItems);
  }
}
