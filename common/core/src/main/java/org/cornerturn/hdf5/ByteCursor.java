package org.cornerturn.hdf5;

import java.util.Arrays;

/** Reads little-endian fields from a piece of a file, never past its end. */
final class ByteCursor {
  /** An address that isn't set. */
  static final long UNDEFINED = -1;

  private final byte[] data;
  private final int start;
  private final int end;
  private final int offsetSize;
  private final int lengthSize;
  private int at;

  ByteCursor(byte[] data, int start, int end, int offsetSize, int lengthSize) {
    this.data = data;
    this.start = start;
    this.end = end;
    this.at = start;
    this.offsetSize = offsetSize;
    this.lengthSize = lengthSize;
  }

  private int take(long n) {
    if (n < 0 || n > end - at) {
      throw FormatFault.broken(
          "a structure ends after " + (end - start) + " bytes, where more are announced");
    }
    int p = at;
    at += (int) n;
    return p;
  }

  int u8() {
    return data[take(1)] & 0xff;
  }

  int u16() {
    return (int) unsigned(2);
  }

  /** An unsigned 32-bit field that counts or measures something held in memory. */
  int size32() {
    long v = unsigned(4);
    if (v > Integer.MAX_VALUE) {
      throw FormatFault.broken("a size of " + v + " bytes or items");
    }
    return (int) v;
  }

  long u32() {
    return unsigned(4);
  }

  /** Little-endian field of 1 to 8 bytes; 8 bytes beyond 2^63 come out negative. */
  long unsigned(int bytes) {
    if (bytes < 0 || bytes > 8) {
      throw FormatFault.broken("a number of " + bytes + " bytes");
    }
    int p = take(bytes);
    long v = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      v = v << 8 | data[p + i] & 0xff;
    }
    return v;
  }

  /** An address relative to the file's base, or {@link #UNDEFINED}. */
  long address() {
    long v = unsigned(offsetSize);
    long undefined = offsetSize == 8 ? -1L : (1L << 8 * offsetSize) - 1;
    if (v == undefined) {
      return UNDEFINED;
    }
    if (v < 0) {
      throw FormatFault.broken("an address beyond 2^63");
    }
    return v;
  }

  /** A length in the file's own width. */
  long length() {
    return count(lengthSize);
  }

  /** A number of 1 to 8 bytes that counts or measures something. */
  long count(int bytes) {
    long v = unsigned(bytes);
    if (v < 0) {
      throw FormatFault.broken("a length beyond 2^63");
    }
    return v;
  }

  /** A dimension in the file's width of lengths, -1 for unlimited. */
  long dimension() {
    long v = unsigned(lengthSize);
    return lengthSize < 8 && v == (1L << 8 * lengthSize) - 1 ? -1 : v;
  }

  byte[] bytes(long n) {
    int p = take(n);
    return Arrays.copyOfRange(data, p, p + (int) n);
  }

  void skip(long n) {
    take(n);
  }

  /** A cursor over the next bytes, which are passed over here. */
  ByteCursor slice(long n) {
    int p = take(n);
    return new ByteCursor(data, p, p + (int) n, offsetSize, lengthSize);
  }

  /** The same bytes from their start. */
  ByteCursor again() {
    return new ByteCursor(data, start, end, offsetSize, lengthSize);
  }

  void expect(String signature) {
    int p = take(signature.length());
    for (int i = 0; i < signature.length(); i++) {
      if (data[p + i] != signature.charAt(i)) {
        throw FormatFault.broken("signature " + signature + " is missing");
      }
    }
  }

  boolean startsWith(String signature) {
    if (remaining() < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if (data[at + i] != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  int expectVersion(String structure, int lowest, int highest) {
    int v = u8();
    if (v < lowest || v > highest) {
      throw FormatFault.unsupported("version " + v + " of the " + structure);
    }
    return v;
  }

  /** Text up to a NUL, which is passed over. */
  String terminated() {
    int p = at;
    while (p < end && data[p] != 0) {
      p++;
    }
    if (p == end) {
      throw FormatFault.broken("a name without an end");
    }
    String s = TextBytes.decode(data, at, p - at);
    at = p + 1;
    return s;
  }

  /** Text of a given length, up to its first NUL if it has one. */
  String text(long n) {
    int p = take(n);
    return TextBytes.untilNul(data, p, (int) n);
  }

  /** Moves on to the next multiple of 8 bytes counted from the start. */
  void align8() {
    int over = (at - start) % 8;
    if (over != 0) {
      take(8 - over);
    }
  }

  int offsetSize() {
    return offsetSize;
  }

  int lengthSize() {
    return lengthSize;
  }

  int position() {
    return at - start;
  }

  int remaining() {
    return end - at;
  }

  /** Verifies the lookup3 checksum that follows all bytes read so far. */
  void verifyChecksum(String structure) {
    int sum = Lookup3.hash(data, start, at - start);
    if ((int) u32() != sum) {
      throw FormatFault.broken("checksum of the " + structure + " is wrong");
    }
  }
}
