package org.cornerturn.query.hdf5;

import java.nio.charset.StandardCharsets;
import org.cornerturn.array.Shape;

/** NumPy's file format, version 1.0, of an array in C order. */
public final class Npy {
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * What stands before the elements.
   *
   * @param descr NumPy's name of the type, byte order included
   */
  public static byte[] header(String descr, Shape shape) {
    StringBuilder dims = new StringBuilder("(");
    for (int i = 0; i < shape.rank(); i++) {
      dims.append(shape.dim(i)).append(i + 1 < shape.rank() ? ", " : "");
    }
    dims.append(shape.rank() == 1 ? ",)" : ")");
    String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + dims + ", }";
    int bare = 10 + text.length() + 1;
    int length = (bare + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(length - bare) + "\n";
    byte[] header = new byte[length];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    System.arraycopy(magic, 0, header, 0, magic.length);
    header[8] = (byte) padded.length();
    header[9] = (byte) (padded.length() >> 8);
    byte[] ascii = padded.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, header, 10, ascii.length);
    return header;
  }
}
