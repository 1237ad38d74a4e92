package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.array.Shape;

/** An array of a file in the making. */
public abstract sealed class WriteDataset extends WriteObject
    permits WriteContiguous, WriteChunked, WriteTexts {
  private static final int DATASPACE = 0x01;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LAYOUT = 0x08;

  final Hdf5Type type;
  final Shape shape;
  private final boolean empty;

  /**
   * @param shape empty for a null dataspace
   */
  WriteDataset(Hdf5Writer writer, String path, Hdf5Type type, Optional<Shape> shape) {
    super(writer, path);
    if (!type.isFixed() && !type.isText()) {
      throw new IllegalArgumentException(
          path + ": arrays of " + type.describe() + " aren't written");
    }
    this.type = type;
    this.shape = shape.orElse(Shape.of(0));
    this.empty = shape.isEmpty();
  }

  /** Bytes that all of this array's elements take in the file, as far as they are known ahead. */
  abstract long expectedBytes();

  /** Called before the first data of any array is written. */
  abstract void beginData() throws IOException;

  /**
   * @throws IllegalStateException when data are missing
   */
  abstract void checkComplete();

  @Override
  void messages(WriteBuffer out) {
    message(out, DATASPACE, empty ? NULL_SPACE : dataspace(shape));
    message(out, DATATYPE, type.message());
    message(out, FILL_VALUE, fillValue());
    message(out, LAYOUT, layout());
  }

  abstract byte[] fillValue();

  abstract byte[] layout();
}
