package org.cornerturn.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/** A group of a file in the making. Its links are kept sorted by name. */
public final class WriteGroup extends WriteObject {
  private static final int LINK_INFO = 0x02;
  private static final int LINK = 0x06;
  private static final int GROUP_INFO = 0x0a;

  private final Map<String, WriteObject> children = new TreeMap<>();

  WriteGroup(Hdf5Writer writer, String path) {
    super(writer, path);
  }

  /** A new group in this one. */
  public WriteGroup group(String name) {
    return add(name, new WriteGroup(writer, childPath(name)));
  }

  /** A new array stored in one piece, its elements in C order. */
  public WriteContiguous contiguous(String name, DataType type, Shape shape) {
    return contiguous(name, Hdf5Type.of(type), shape);
  }

  /** A new array stored in one piece, of a type given exactly; its bytes are written as stored. */
  public WriteContiguous contiguous(String name, Hdf5Type type, Shape shape) {
    if (type.isText()) {
      throw new IllegalArgumentException(childPath(name) + ": give texts of any length as a value");
    }
    return add(name, new WriteContiguous(writer, childPath(name), type, Optional.of(shape)));
  }

  /** A new array stored in chunks. */
  public WriteChunked chunked(
      String name, DataType type, Shape shape, Shape chunk, List<WriteFilter> filters) {
    return chunked(name, Hdf5Type.of(type), shape, chunk, filters);
  }

  /** A new array stored in chunks, of a type given exactly; its bytes are written as stored. */
  public WriteChunked chunked(
      String name, Hdf5Type type, Shape shape, Shape chunk, List<WriteFilter> filters) {
    return add(name, new WriteChunked(writer, childPath(name), type, shape, chunk, filters));
  }

  /** A new array whose elements are written at once; rank 0 makes a single value. */
  public WriteDataset dataset(String name, Block value) {
    return dataset(name, Hdf5Value.of(value));
  }

  /** A new array exactly as given, its elements written at once. */
  public WriteDataset dataset(String name, Hdf5Value value) {
    String child = childPath(name);
    if (value.type().isText() && !value.isEmpty()) {
      return add(name, new WriteTexts(writer, child, value));
    }
    WriteContiguous d = add(name, new WriteContiguous(writer, child, value.type(), value.shape()));
    d.hold(value.isEmpty() ? new byte[0] : value.bytes());
    return d;
  }

  private String childPath(String name) {
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  private <T extends WriteObject> T add(String name, T child) {
    writer.checkDefining();
    if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a name of an HDF5 object: '" + name + "'");
    }
    if (children.putIfAbsent(name, child) != null) {
      throw new IllegalArgumentException(child.path() + " exists already");
    }
    writer.added(child);
    return child;
  }

  @Override
  long placeBefore(long base) {
    long at = base;
    for (WriteObject c : children.values()) {
      at = c.place(at);
    }
    return at;
  }

  @Override
  void writeBefore(WriteSink sink) throws IOException {
    for (WriteObject c : children.values()) {
      c.write(sink);
    }
  }

  @Override
  void messages(WriteBuffer out) {
    WriteBuffer info = new WriteBuffer().u8(0).u8(0);
    message(out, LINK_INFO, info.u64(WriteBuffer.UNDEFINED).u64(WriteBuffer.UNDEFINED).toBytes());
    message(out, GROUP_INFO, new byte[2]);
    children.forEach(
        (name, child) -> {
          byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
          // A hard link; its name is UTF-8, with a length of two bytes.
          WriteBuffer link = new WriteBuffer().u8(1).u8(0x10 | 1).u8(1).u16(utf8.length);
          message(out, LINK, link.bytes(utf8).u64(child.address()).toBytes());
        });
  }
}
