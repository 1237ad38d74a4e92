package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.array.Shape;

/**
 * An array stored in one piece. Its bytes are written in order, without data of other arrays in
 * between.
 */
public final class WriteContiguous extends WriteDataset {
  /** Fill value message: space allocated late, nothing written but data, the default value. */
  static final byte[] NO_FILL = {3, 2 | 1 << 2};

  private final long bytes;
  private long written;
  private long data = WriteBuffer.UNDEFINED;
  private byte[] held;

  /**
   * @param shape empty for a null dataspace
   */
  WriteContiguous(Hdf5Writer writer, String path, Hdf5Type type, Optional<Shape> shape) {
    super(writer, path, type, shape);
    bytes = Math.multiplyExact(this.shape.size(), (long) type.size());
  }

  /** The whole value, written as soon as data may be. */
  void hold(byte[] value) {
    held = value;
  }

  /**
   * The next elements, little-endian, C order.
   *
   * @param length bytes; need not be whole elements
   */
  public void write(byte[] src, int offset, int length) throws IOException {
    if (held != null) {
      throw new IllegalStateException(path + " has its value already");
    }
    put(src, offset, length);
  }

  private void put(byte[] src, int offset, int length) throws IOException {
    if (length > bytes - written) {
      throw new IllegalStateException(
          path + " takes " + bytes + " bytes, was given " + (written + length));
    }
    WriteSink sink = writer.data(this);
    if (written == 0 && bytes > 0) {
      data = sink.position();
    }
    sink.append(src, offset, length);
    written += length;
  }

  boolean isOpen() {
    return written > 0 && written < bytes;
  }

  @Override
  long expectedBytes() {
    return bytes;
  }

  @Override
  void beginData() throws IOException {
    if (held != null) {
      byte[] value = held;
      held = null;
      put(value, 0, value.length);
    }
  }

  @Override
  void checkComplete() {
    if (written != bytes) {
      throw new IllegalStateException(path + " has " + written + " of " + bytes + " bytes");
    }
  }

  @Override
  long placeBefore(long base) {
    return base;
  }

  @Override
  void writeBefore(WriteSink sink) {}

  @Override
  byte[] fillValue() {
    return NO_FILL.clone();
  }

  @Override
  byte[] layout() {
    return new WriteBuffer().u8(3).u8(1).u64(data).u64(bytes).toBytes();
  }
}
