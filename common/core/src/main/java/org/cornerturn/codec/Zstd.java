package org.cornerturn.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Zstandard frames, one thread; equal input, level and library version give equal bytes. */
public final class Zstd {
  private static final String NAME = "zstd";

  private Zstd() {}

  /**
   * @param level -131072 to 22
   * @param checksum whether each frame ends in a checksum of its content
   */
  public static byte[] encode(byte[] raw, int offset, int length, int level, boolean checksum) {
    byte[] out = new byte[Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length))];
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(level).setChecksum(checksum).setContentSize(true);
      int n = context.compressByteArray(out, 0, out.length, raw, offset, length);
      return Arrays.copyOf(out, n);
    }
  }

  /**
   * Decodes one or more frames into a given place.
   *
   * @return bytes written, at most {@code dstLength}
   * @throws CodecException when the data are damaged or decode to more than {@code dstLength}
   */
  public static int decode(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      return context.decompressByteArray(dst, dstOffset, dstLength, src, srcOffset, srcLength);
    } catch (ZstdException e) {
      throw new CodecException(
          NAME + ": " + e.getMessage() + " (at most " + dstLength + " bytes expected)", e);
    }
  }

  /**
   * Decodes one or more frames of unknown size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    long declared;
    long frame;
    try {
      declared = com.github.luben.zstd.Zstd.getFrameContentSize(src, offset, length);
      frame = com.github.luben.zstd.Zstd.findFrameCompressedSize(src, offset, length);
    } catch (ZstdException e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    }
    if (declared > limit) {
      throw CodecException.tooLarge(NAME, declared, limit);
    }
    if (declared > 0 && frame == length) {
      byte[] out = new byte[(int) declared];
      int n = decode(src, offset, length, out, 0, out.length);
      return n == out.length ? out : Arrays.copyOf(out, n);
    }
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(src, offset, length)).setContinuous(false)) {
      return Inflation.readAll(NAME, in, limit);
    } catch (CodecException e) {
      throw e;
    } catch (IOException e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    }
  }
}
