package org.cornerturn.hdf5;

/** Value of elements never written (specification IV.A.2.e and f); null where the file has none. */
final class FillValue {
  private FillValue() {}

  static byte[] parse(ByteCursor c) {
    int version = c.expectVersion("fill value message", 1, 3);
    if (version == 3) {
      int flags = c.u8();
      return (flags & 0x20) != 0 ? value(c) : null;
    }
    c.skip(2);
    int defined = c.u8();
    return version == 1 || defined != 0 ? value(c) : null;
  }

  static byte[] parseOld(ByteCursor c) {
    return value(c);
  }

  private static byte[] value(ByteCursor c) {
    int size = (int) c.u32();
    return size <= 0 ? null : c.bytes(size);
  }
}
