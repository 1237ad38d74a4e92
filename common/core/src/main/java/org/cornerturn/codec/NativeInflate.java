package org.cornerturn.codec;

import com.intel.gkl.compression.IntelInflater;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Adler32;

/**
 * Decodes zlib streams by ISA-L, Intel's library in assembly, as the Genomics Kernel Library brings
 * it: one and a half times as fast as {@link Inflate}, and from the first stream on. It says little
 * about what it met, so only a result whose sum is right counts; all else is left to {@link
 * Inflate}, which knows what is wrong.
 */
final class NativeInflate {
  private static final int HEADER = 2;
  private static final int TRAILER = Integer.BYTES;

  /** Its state is outside the heap, and is freed by hand: as many are kept as ever ran at once. */
  private static final ConcurrentLinkedQueue<IntelInflater> IDLE = new ConcurrentLinkedQueue<>();

  private static final boolean LOADS = loads();

  private NativeInflate() {}

  private static boolean loads() {
    try {
      return new IntelInflater(true).load(null);
    } catch (LinkageError e) {
      // Another processor, or a temporary folder that forbids execution: Inflate does it all.
      return false;
    }
  }

  /** Whether the library loads here. */
  static boolean isThere() {
    return LOADS;
  }

  /**
   * Decodes a zlib stream that ends where its array's piece ends.
   *
   * @return bytes written, at most {@code dstLength}; -1 where {@link Inflate} must have a look
   */
  static int zlib(byte[] src, int offset, int length, byte[] dst, int dstOffset, int dstLength) {
    if (!LOADS || length <= HEADER + TRAILER || dstLength == 0 || !isPlain(src, offset)) {
      return -1;
    }
    IntelInflater idle = IDLE.poll();
    IntelInflater inflater = idle == null ? new IntelInflater(true) : idle;
    int n;
    try {
      inflater.reset();
      inflater.setInput(src, offset + HEADER, length - HEADER);
      n = inflater.inflate(dst, dstOffset, dstLength);
    } catch (RuntimeException e) {
      return -1; // Its word for damage. Inflate meets it again, and tells which.
    } finally {
      IDLE.add(inflater);
    }
    Adler32 sum = new Adler32();
    sum.update(dst, dstOffset, n);
    return Bytes.getIntBigEndian(src, offset + length - TRAILER) == (int) sum.getValue() ? n : -1;
  }

  /** A header of RFC 1950 without a dictionary. */
  private static boolean isPlain(byte[] src, int offset) {
    int method = src[offset] & 0xff;
    int flags = src[offset + 1] & 0xff;
    return (method & 0xf) == 8
        && method >>> 4 <= 7
        && (flags & 1 << 5) == 0
        && (method << 8 | flags) % 31 == 0;
  }
}
