package org.cornerturn.codec;

import java.util.zip.CRC32;

/** The header of a gzip member (RFC 1952, 2.3). */
final class GzipHeader {
  static final int SIZE = 10;

  private static final int DEFLATED = 8;
  private static final int FLAGS = 3;
  private static final int HEADER_SUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 7 << 5;

  private GzipHeader() {}

  /**
   * Where the deflated data of a member begin.
   *
   * @param offset where the member does
   * @param end of the data
   * @return -1 when there is no such header here, or not all of it
   */
  static int end(byte[] src, int offset, int end) {
    if (end - offset < SIZE
        || src[offset] != 0x1f
        || src[offset + 1] != (byte) 0x8b
        || src[offset + 2] != DEFLATED
        || (src[offset + FLAGS] & RESERVED) != 0) {
      return -1;
    }
    int flags = src[offset + FLAGS];
    int at = offset + SIZE;
    if ((flags & EXTRA) != 0) {
      at = end - at < 2 ? -1 : at + 2 + (src[at] & 0xff | (src[at + 1] & 0xff) << 8);
    }
    if ((flags & NAME) != 0) {
      at = afterText(src, at, end);
    }
    if ((flags & COMMENT) != 0) {
      at = afterText(src, at, end);
    }
    if ((flags & HEADER_SUM) != 0) {
      at = afterSum(src, offset, at, end);
    }
    return at > end ? -1 : at;
  }

  /** Behind a text and the zero that ends it. */
  private static int afterText(byte[] src, int offset, int end) {
    if (offset < 0) {
      return -1;
    }
    for (int i = offset; i < end; i++) {
      if (src[i] == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int afterSum(byte[] src, int start, int offset, int end) {
    if (offset < 0 || end - offset < 2) {
      return -1;
    }
    CRC32 sum = new CRC32();
    sum.update(src, start, offset - start);
    int stored = src[offset] & 0xff | (src[offset + 1] & 0xff) << 8;
    return stored == (sum.getValue() & 0xffff) ? offset + 2 : -1;
  }
}
