package org.cornerturn.codec;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate in a zlib wrapper (RFC 1950): HDF5's filter 1, Zarr v2's {@code zlib}. */
public final class Deflate {
  private static final String NAME = "zlib";

  private Deflate() {}

  /**
   * @param level 0 to 9
   */
  public static byte[] encode(byte[] raw, int offset, int length, int level) {
    Deflater deflater = new Deflater(level);
    try {
      return drain(deflater, raw, offset, length, 0, 0);
    } finally {
      deflater.end();
    }
  }

  /** Deflates with {@code before} and {@code after} free bytes around the result. */
  static byte[] drain(
      Deflater deflater, byte[] raw, int offset, int length, int before, int after) {
    deflater.setInput(raw, offset, length);
    deflater.finish();
    byte[] out = new byte[Math.addExact(length / 2 + 64, before + after)];
    int n = before;
    while (!deflater.finished()) {
      if (n == out.length) {
        out = Arrays.copyOf(out, Math.addExact(out.length, out.length / 2));
      }
      n += deflater.deflate(out, n, out.length - n);
    }
    return Arrays.copyOf(out, n + after);
  }

  /**
   * Decodes into a given place.
   *
   * @return bytes written, at most {@code dstLength}
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code dstLength}
   */
  public static int decode(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    Inflater inflater = new Inflater();
    try {
      return decode(inflater, src, srcOffset, srcLength, dst, dstOffset, dstLength);
    } finally {
      inflater.end();
    }
  }

  /** The same with an inflater that the caller keeps from one piece to the next. */
  public static int decode(
      Inflater inflater,
      byte[] src,
      int srcOffset,
      int srcLength,
      byte[] dst,
      int dstOffset,
      int dstLength)
      throws CodecException {
    try {
      inflater.reset();
      inflater.setInput(src, srcOffset, srcLength);
      int n = 0;
      while (n < dstLength) {
        int got = inflater.inflate(dst, dstOffset + n, dstLength - n);
        if (got == 0) {
          break;
        }
        n += got;
      }
      // A full target may still lack the stream's end mark and checksum.
      if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw new CodecException(
            NAME + ": decodes to more than the " + dstLength + " bytes expected");
      }
      if (!inflater.finished()) {
        throw new CodecException(NAME + ": the data end after " + n + " bytes of output");
      }
      return n;
    } catch (DataFormatException e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    }
  }

  /**
   * Decodes data of unknown size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    byte[] out = new byte[(int) Math.min(limit, Math.max(64L, 4L * length))];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(src, offset, length);
      int n = 0;
      while (!inflater.finished()) {
        if (n == out.length) {
          if (n == limit) {
            if (inflater.inflate(new byte[1]) > 0) {
              throw new CodecException(
                  NAME + ": decodes to more than the " + limit + " bytes expected");
            }
            if (!inflater.finished()) {
              throw new CodecException(NAME + ": the data end after " + n + " bytes of output");
            }
            break;
          }
          out = Arrays.copyOf(out, (int) Math.min(limit, 2L * out.length));
        }
        int got = inflater.inflate(out, n, out.length - n);
        if (got == 0 && !inflater.finished()) {
          throw new CodecException(NAME + ": the data end after " + n + " bytes of output");
        }
        n += got;
      }
      return n == out.length ? out : Arrays.copyOf(out, n);
    } catch (DataFormatException e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
