package org.cornerturn.codec;

import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Decodes deflate in wrappers of zlib (RFC 1950) and gzip (RFC 1952), from one array to another.
 * Keeps its tables from one stream to the next, so it serves one thread.
 */
public final class Inflate {
  private static final int METHOD = 8;
  private static final int MOST_WINDOW = 7;
  private static final int DICTIONARY = 1 << 5;

  private final DeflateReader reader;

  /**
   * @param name of the codec, for errors
   */
  public Inflate(String name) {
    reader = new DeflateReader(name);
  }

  /**
   * Decodes a zlib stream into a given place. What follows the stream is passed over.
   *
   * @return bytes written, at most {@code dstLength}
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code dstLength}
   */
  public int zlib(byte[] src, int offset, int length, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    try {
      reader.open(src, offset, length, dst, dstOffset, dstLength);
      zlib();
      return reader.size();
    } finally {
      reader.close();
    }
  }

  /**
   * Decodes a zlib stream of unknown size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code limit}
   */
  public byte[] zlib(byte[] src, int offset, int length, int limit) throws CodecException {
    try {
      reader.open(src, offset, length, limit);
      zlib();
      return reader.decoded();
    } finally {
      reader.close();
    }
  }

  private void zlib() throws CodecException {
    int method = reader.next();
    int flags = reader.next();
    if ((method << 8 | flags) % 31 != 0) {
      throw reader.damaged("incorrect header check");
    }
    if ((method & 0xf) != METHOD || method >>> 4 > MOST_WINDOW) {
      throw reader.damaged("unknown compression method");
    }
    if ((flags & DICTIONARY) != 0) {
      throw reader.damaged("the stream needs a dictionary");
    }
    reader.blocks();
    Adler32 sum = new Adler32();
    reader.sum(sum, 0);
    if (Integer.reverseBytes(reader.nextInt()) != (int) sum.getValue()) {
      throw reader.damaged("incorrect data check");
    }
  }

  /**
   * Decodes one or more gzip members. What follows them and is no member is passed over.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code limit}
   */
  public byte[] gzip(byte[] src, int offset, int length, int limit) throws CodecException {
    try {
      reader.open(src, offset, length, limit);
      if (!reader.skipGzipHeader()) {
        throw reader.damaged("not in gzip format");
      }
      do {
        int first = reader.size();
        reader.blocks();
        CRC32 sum = new CRC32();
        reader.sum(sum, first);
        if (reader.nextInt() != (int) sum.getValue()) {
          throw reader.damaged("incorrect data check");
        }
        if (reader.nextInt() != reader.size() - first) {
          throw reader.damaged("incorrect length check");
        }
      } while (reader.skipGzipHeader());
      return reader.decoded();
    } finally {
      reader.close();
    }
  }
}
