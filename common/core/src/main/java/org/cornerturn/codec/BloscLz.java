package org.cornerturn.codec;

/**
 * Decoder of BloscLZ, Blosc's own LZ77: a control byte below 32 starts a run of that many plus one
 * literals; else its upper three bits are the match length and its lower five the distance's high
 * bits.
 */
final class BloscLz {
  private static final int MAX_NEAR = 8191;

  private BloscLz() {}

  /**
   * @return bytes written
   */
  static int decode(byte[] src, int offset, int length, byte[] dst, int dstOffset, int size)
      throws CodecException {
    int end = offset + length;
    int ip = offset;
    int op = dstOffset;
    int limit = dstOffset + size;
    boolean first = true;
    while (ip < end) {
      int control = src[ip++] & 0xFF;
      if (first) {
        // The upper bits of the first control byte are the format's level, not a match.
        control &= 31;
        first = false;
      }
      if (control < 32) {
        int run = control + 1;
        if (run > end - ip || run > limit - op) {
          throw damaged(op - dstOffset);
        }
        System.arraycopy(src, ip, dst, op, run);
        ip += run;
        op += run;
        continue;
      }
      int run = (control >>> 5) - 1;
      int distance = (control & 31) << 8;
      int code;
      if (run == 6) {
        do {
          if (ip >= end) {
            throw damaged(op - dstOffset);
          }
          code = src[ip++] & 0xFF;
          run += code;
        } while (code == 255 && run < size);
      }
      if (ip >= end) {
        throw damaged(op - dstOffset);
      }
      code = src[ip++] & 0xFF;
      run += 3;
      if (code == 255 && distance == 31 << 8) {
        if (end - ip < 2) {
          throw damaged(op - dstOffset);
        }
        distance = ((src[ip] & 0xFF) << 8) + (src[ip + 1] & 0xFF) + MAX_NEAR;
        ip += 2;
      } else {
        distance += code;
      }
      int from = op - distance - 1;
      if (from < dstOffset || run > limit - op) {
        throw damaged(op - dstOffset);
      }
      // Byte by byte: a match may overlap what it writes.
      for (int i = 0; i < run; i++) {
        dst[op + i] = dst[from + i];
      }
      op += run;
    }
    return op - dstOffset;
  }

  private static CodecException damaged(int at) {
    return new CodecException("blosc: damaged blosclz data after " + at + " bytes of output");
  }
}
