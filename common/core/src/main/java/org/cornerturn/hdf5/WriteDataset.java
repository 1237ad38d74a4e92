package org.cornerturn.hdf5;

import java.io.IOException;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/** An array of a file in the making. */
public abstract sealed class WriteDataset extends WriteObject
    permits WriteContiguous, WriteChunked {
  private static final int DATASPACE = 0x01;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LAYOUT = 0x08;

  final DataType type;
  final Shape shape;

  WriteDataset(Hdf5Writer writer, String path, DataType type, Shape shape) {
    super(writer, path);
    if (!type.isFixedSize()) {
      throw new IllegalArgumentException(path + ": arrays of " + type + " aren't written");
    }
    this.type = type;
    this.shape = shape;
    // Faults of the type show where it is named, not when the file ends.
    WriteType.encode(type);
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
    message(out, DATASPACE, dataspace(shape));
    message(out, DATATYPE, WriteType.encode(type));
    message(out, FILL_VALUE, fillValue());
    message(out, LAYOUT, layout());
  }

  abstract byte[] fillValue();

  abstract byte[] layout();
}
