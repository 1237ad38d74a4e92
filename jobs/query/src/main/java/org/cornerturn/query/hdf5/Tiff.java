package org.cornerturn.query.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;

/**
 * Images as uncompressed TIFF 6.0, little-endian, one strip a page. The last two axes are rows and
 * columns, those before them pages.
 */
public final class Tiff {
  private static final int ENTRIES = 10;
  private static final int DIRECTORY = 2 + 12 * ENTRIES + 4;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private Tiff() {}

  /**
   * @param image numbers of one axis or more, not empty
   * @throws IllegalArgumentException for images beyond what the format holds
   */
  public static byte[] encode(Block image) {
    Primitive type = (Primitive) image.type();
    int rank = image.shape().rank();
    long columns = image.shape().dim(rank - 1);
    long rows = rank == 1 ? 1 : image.shape().dim(rank - 2);
    long plane = Math.multiplyExact(rows * columns, (long) type.itemSize());
    long pages = plane == 0 ? 0 : image.bytes().length / plane;
    long size = 8 + pages * (DIRECTORY + plane + 1);
    if (pages == 0 || size > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("an image of shape " + image.shape());
    }
    ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    for (int p = 0; p < pages; p++) {
      int data = out.position() + DIRECTORY;
      int next = data + (int) (plane + (plane & 1)); // Directories begin at even offsets.
      out.putShort((short) ENTRIES);
      entry(out, 256, LONG, (int) columns);
      entry(out, 257, LONG, (int) rows);
      entry(out, 258, SHORT, 8 * type.itemSize());
      entry(out, 259, SHORT, 1);
      entry(out, 262, SHORT, 1);
      entry(out, 273, LONG, data);
      entry(out, 277, SHORT, 1);
      entry(out, 278, LONG, (int) rows);
      entry(out, 279, LONG, (int) plane);
      entry(out, 339, SHORT, sampleFormat(type));
      out.putInt(p + 1 < pages ? next : 0);
      out.put(image.bytes(), (int) (p * plane), (int) plane);
      out.position(next);
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static void entry(ByteBuffer out, int tag, int type, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }

  /** Unsigned 1, signed 2, IEEE 3, complex IEEE 6. */
  private static int sampleFormat(Primitive type) {
    if (type.isComplex()) {
      return 6;
    } else if (type.isFloat()) {
      return 3;
    }
    return type.isUnsigned() || type == Primitive.BOOL ? 1 : 2;
  }
}
