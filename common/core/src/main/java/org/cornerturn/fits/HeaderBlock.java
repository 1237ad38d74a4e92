package org.cornerturn.fits;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import nom.tam.fits.Header;
import nom.tam.util.FitsInputStream;
import org.cornerturn.storage.ObjectChannel;

/**
 * The header of one unit of a file.
 *
 * @param cards as a library parsed them
 * @param dataStart where the unit's data begin
 */
record HeaderBlock(Header cards, long dataStart) {
  /** A header of more is taken for no header: 36,000 cards. */
  private static final int MOST_BLOCKS = 1000;

  private static final int CARD = 80;

  /** Reads the header that begins at {@code start}. */
  static HeaderBlock read(ObjectChannel file, long start) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] block = new byte[FitsImageWriter.BLOCK];
    long at = start;
    for (int n = 0; n < MOST_BLOCKS; n++) {
      try {
        file.readFully(at, block, 0, block.length);
      } catch (EOFException e) {
        throw new FitsException(file.name() + ": the header at byte " + start + " has no end", e);
      }
      bytes.write(block);
      at += block.length;
      if (n == 0 && start == 0 && !startsLikeFits(block)) {
        throw new FitsException(file.name() + ": not a FITS file: it doesn't begin with SIMPLE");
      }
      if (ends(block)) {
        return new HeaderBlock(parse(file.name(), bytes.toByteArray()), at);
      }
    }
    throw new FitsException(file.name() + ": more than " + MOST_BLOCKS + " blocks of header");
  }

  private static boolean startsLikeFits(byte[] block) {
    return new String(block, 0, 9, StandardCharsets.US_ASCII).equals("SIMPLE  =");
  }

  private static boolean ends(byte[] block) {
    for (int i = 0; i < block.length; i += CARD) {
      if (new String(block, i, 8, StandardCharsets.US_ASCII).equals("END     ")) {
        return true;
      }
    }
    return false;
  }

  private static Header parse(String name, byte[] bytes) throws FitsException {
    try (FitsInputStream in = new FitsInputStream(new ByteArrayInputStream(bytes))) {
      return new Header(in);
    } catch (IOException | RuntimeException e) {
      // The bytes are in memory: whatever the library stumbles over is in them.
      throw new FitsException(name + ": a header that can't be read: " + e.getMessage(), e);
    }
  }

  /** Bytes from this unit's data to the next unit's header. */
  long dataBytes(String file) throws FitsException {
    int axes = count(file, "NAXIS", 0, 999);
    if (axes == 0) {
      return 0;
    }
    try {
      long elements = 1;
      for (int i = 1; i <= axes; i++) {
        long length = count(file, "NAXIS" + i, 0, Integer.MAX_VALUE);
        elements = i == 1 && length == 0 ? 1 : Math.multiplyExact(elements, length);
      }
      elements = Math.addExact(elements, count(file, "PCOUNT", 0, Integer.MAX_VALUE));
      elements = Math.multiplyExact(elements, count(file, "GCOUNT", 1, Integer.MAX_VALUE));
      long bytes = Math.multiplyExact(elements, (long) Math.abs(bitpix(file)) / 8);
      long block = FitsImageWriter.BLOCK;
      return Math.multiplyExact((Math.addExact(bytes, block - 1)) / block, block);
    } catch (ArithmeticException e) {
      throw new FitsException(file + ": axes of a size that no file has", e);
    }
  }

  int bitpix(String file) throws FitsException {
    long bitpix = cards.getLongValue("BITPIX", 0);
    if (bitpix != 8 && bitpix != 16 && bitpix != 32 && bitpix != 64) {
      if (bitpix != -32 && bitpix != -64) {
        throw new FitsException(file + ": BITPIX of " + bitpix);
      }
    }
    return (int) bitpix;
  }

  /** A count; {@code absent} when the header doesn't have it. */
  int count(String file, String key, int absent, int most) throws FitsException {
    long value = cards.getLongValue(key, absent);
    if (value < 0 || value > most) {
      throw new FitsException(file + ": " + key + " of " + value);
    }
    return (int) value;
  }

  double number(String key, double absent) {
    return cards.getDoubleValue(key, absent);
  }

  String text(String key) {
    String value = cards.getStringValue(key, "");
    return value == null ? "" : value.strip();
  }
}
