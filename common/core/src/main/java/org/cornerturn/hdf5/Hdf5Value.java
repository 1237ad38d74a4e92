package org.cornerturn.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * The elements of an attribute or small dataset as they stand in a file, with their exact type.
 *
 * @param shape empty for a null dataspace, which has a type but no elements; rank 0 for a single
 *     value
 * @param data the stored bytes ({@code byte[]}, C order) of a fixed-size type; {@code String[]} of
 *     text of any length; null for a null dataspace
 */
public record Hdf5Value(Hdf5Type type, Optional<Shape> shape, Object data) {
  public Hdf5Value {
    boolean fits;
    if (shape.isEmpty()) {
      fits = data == null;
    } else if (type.isText()) {
      fits = data instanceof String[] s && s.length == shape.get().size();
    } else {
      fits = data instanceof byte[] b && b.length == shape.get().size() * type.size();
    }
    if (!fits) {
      throw new IllegalArgumentException("data do not fit " + type + " " + shape);
    }
  }

  /** Elements in the types of h5py: numbers little-endian, booleans an enumeration. */
  public static Hdf5Value of(Block block) {
    return new Hdf5Value(Hdf5Type.of(block.type()), Optional.of(block.shape()), block.data());
  }

  /** A single text of a fixed number of bytes, NUL-padded. */
  public static Hdf5Value ascii(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Hdf5Type type = Hdf5Type.ascii(utf8.length);
    byte[] padded = java.util.Arrays.copyOf(utf8, type.size());
    return new Hdf5Value(type, Optional.of(Shape.of()), padded);
  }

  /** A type without elements. */
  public static Hdf5Value empty(DataType type) {
    return new Hdf5Value(Hdf5Type.of(type), Optional.empty(), null);
  }

  public boolean isEmpty() {
    return shape.isEmpty();
  }

  public byte[] bytes() {
    return (byte[]) data;
  }

  public String[] texts() {
    return (String[]) data;
  }

  /**
   * The elements as {@link DatasetReader} would give them; empty for a null dataspace.
   *
   * @throws IllegalArgumentException where the type can't be given
   */
  public Optional<Block> block() {
    if (isEmpty()) {
      return Optional.empty();
    }
    ElementForm form = type.form();
    Shape full = shape.get().append(form.trailing().dims());
    if (type.isText()) {
      return Optional.of(new Block(form.dataType(), full, data));
    }
    int n = Math.toIntExact(full.size());
    byte[] out = new byte[n * form.fixed().itemSize()];
    form.fixed().convert(bytes(), 0, out, 0, n);
    return Optional.of(new Block(form.dataType(), full, out));
  }
}
