package org.cornerturn.hdf5;

/** Bob Jenkins' lookup3 hash (hashlittle), the checksum of HDF5 metadata. */
final class Lookup3 {
  private Lookup3() {}

  /** Hash of bytes with initial value 0. */
  static int hash(byte[] k, int offset, int length) {
    int a = 0xdeadbeef + length;
    int b = a;
    int c = a;
    int p = offset;
    int left = length;
    while (left > 12) {
      a += word(k, p, 4);
      b += word(k, p + 4, 4);
      c += word(k, p + 8, 4);
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
      p += 12;
      left -= 12;
    }
    if (left == 0) {
      return c;
    }
    a += word(k, p, Math.min(4, left));
    b += word(k, p + 4, Math.min(4, left - 4));
    c += word(k, p + 8, Math.min(4, left - 8));
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }

  /** Little-endian word of {@code n} bytes, 0 where n is not positive. */
  private static int word(byte[] k, int p, int n) {
    int v = 0;
    for (int i = n - 1; i >= 0; i--) {
      v = v << 8 | k[p + i] & 0xff;
    }
    return v;
  }
}
