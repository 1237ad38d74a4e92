package org.cornerturn.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** bzip2 streams: HDF5's filter 307. */
public final class Bzip2 {
  private static final String NAME = "bzip2";

  private Bzip2() {}

  /**
   * Decodes data of unknown size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    try (InputStream in =
        new BZip2CompressorInputStream(new ByteArrayInputStream(src, offset, length), true)) {
      return Inflation.readAll(NAME, in, limit);
    } catch (CodecException e) {
      throw e;
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    }
  }
}
