package org.cornerturn.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;

/** A group or dataset of a file in the making, and its attributes. */
public abstract sealed class WriteObject permits WriteGroup, WriteDataset {
  private static final int ATTRIBUTE = 0x0c;
  // A header message's size has 16 bits.
  private static final int LARGEST_MESSAGE = 65_535;

  final Hdf5Writer writer;
  final String path;
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private long address;

  /** Null dataspace of version 2: a type without elements. */
  static final byte[] NULL_SPACE = {2, 0, 0, 2};

  private record Attribute(
      String name, byte[] type, byte[] space, byte[] data, List<WriteHeap.Ticket> texts) {}

  WriteObject(Hdf5Writer writer, String path) {
    this.writer = writer;
    this.path = path;
  }

  /** Path from the root, which is {@code /}. */
  public String path() {
    return path;
  }

  /**
   * Adds an attribute; rank 0 makes a single value. {@link DataType.Text} becomes text of variable
   * length, {@link DataType.FixedText} of fixed length.
   *
   * @throws IllegalArgumentException when there is one of this name, its type can't be written, or
   *     it takes more than 64 KiB
   */
  public void attribute(String name, Block value) {
    attribute(name, Hdf5Value.of(value));
  }

  /**
   * Adds an attribute exactly as given.
   *
   * @throws IllegalArgumentException when there is one of this name, or it takes more than 64 KiB
   */
  public void attribute(String name, Hdf5Value value) {
    writer.checkDefining();
    List<WriteHeap.Ticket> texts = null;
    byte[] data = new byte[0];
    int size = 0;
    if (value.isEmpty()) {
      texts = List.of();
    } else if (value.type().isText()) {
      texts = new ArrayList<>();
      for (String s : value.texts()) {
        texts.add(writer.heap.add(s));
      }
      size = Math.multiplyExact(texts.size(), WriteType.TEXT_REFERENCE);
    } else {
      data = value.bytes();
      size = data.length;
    }
    byte[] space = value.shape().map(WriteObject::dataspace).orElse(NULL_SPACE);
    Attribute a = new Attribute(name, value.type().message(), space, data, texts);
    if (size > LARGEST_MESSAGE || message(a).length > LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "attribute "
              + name
              + " of "
              + path
              + " takes "
              + size
              + " bytes; HDF5 headers hold 64 KiB: make it a dataset");
    }
    if (name.isEmpty() || attributes.putIfAbsent(name, a) != null) {
      throw new IllegalArgumentException(path + " can't have a further attribute '" + name + "'");
    }
  }

  public void attribute(String name, String value) {
    attribute(name, new Block(new DataType.Text(), Shape.of(), new String[] {value}));
  }

  public void attribute(String name, double value) {
    attribute(name, new Block(Primitive.FLOAT64, Shape.of(), Block.toBytes(new double[] {value})));
  }

  public void attribute(String name, long value) {
    attribute(name, new Block(Primitive.INT64, Shape.of(), Block.toBytes(new long[] {value})));
  }

  private byte[] message(Attribute a) {
    byte[] name = (a.name + "\0").getBytes(StandardCharsets.UTF_8);
    WriteBuffer out = new WriteBuffer();
    out.u8(3).u8(0).u16(name.length).u16(a.type.length).u16(a.space.length).u8(1);
    out.bytes(name).bytes(a.type).bytes(a.space);
    if (a.texts == null) {
      out.bytes(a.data);
    } else {
      a.texts.forEach(t -> writer.heap.reference(out, t));
    }
    return out.toBytes();
  }

  /** Dataspace message of version 2: a scalar, or fixed extents. */
  static byte[] dataspace(Shape shape) {
    WriteBuffer out = new WriteBuffer();
    out.u8(2).u8(shape.rank()).u8(0).u8(shape.rank() == 0 ? 0 : 1);
    for (long d : shape.dims()) {
      out.u64(d);
    }
    return out.toBytes();
  }

  long address() {
    return address;
  }

  /** Places the index and the header of this object, after those below it; returns the end. */
  long place(long base) {
    address = placeBefore(base);
    return address + header().length;
  }

  /** Places what comes before this object's header. */
  abstract long placeBefore(long base);

  abstract void writeBefore(WriteSink sink) throws IOException;

  void write(WriteSink sink) throws IOException {
    writeBefore(sink);
    if (sink.position() != address) {
      throw new IllegalStateException(path + " was to be at " + address);
    }
    sink.append(header());
  }

  /** Messages of this kind of object, before its attributes. */
  abstract void messages(WriteBuffer out);

  static void message(WriteBuffer out, int type, byte[] body) {
    out.u8(type).u16(body.length).u8(0).bytes(body);
  }

  /** Object header of version 2, in one chunk, without times. */
  private byte[] header() {
    WriteBuffer body = new WriteBuffer();
    messages(body);
    attributes.values().forEach(a -> message(body, ATTRIBUTE, message(a)));
    int widthCode = body.size() < 1 << 8 ? 0 : body.size() < 1 << 16 ? 1 : 2;
    WriteBuffer out = new WriteBuffer();
    out.ascii("OHDR").u8(2).u8(widthCode).number(body.size(), 1 << widthCode);
    return out.bytes(body.toBytes()).checksum().toBytes();
  }
}
