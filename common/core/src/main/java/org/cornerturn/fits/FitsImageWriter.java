package org.cornerturn.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.utilities.FitsCheckSum;

/**
 * Writes an image from its first byte to its last, pixels in pieces of 64 Ki: memory doesn't grow
 * with the image. Pixels are read twice, since the header before them holds their range and
 * checksum. The same image gives the same bytes.
 */
public final class FitsImageWriter {
  static final int BLOCK = 2880;
  private static final int PIECE = 64 * 1024;
  private static final String NO_CHECKSUM = "0".repeat(16);

  /** How pixels are stored. */
  public enum Precision {
    /** BITPIX = -32. */
    SINGLE(4),
    /** BITPIX = -64. */
    DOUBLE(8);

    private final int bytes;

    Precision(int bytes) {
      this.bytes = bytes;
    }

    int bitpix() {
      return -8 * bytes;
    }
  }

  private final ImageDescription description;
  private final Precision precision;

  public FitsImageWriter(ImageDescription description, Precision precision) {
    this.description = description;
    this.precision = precision;
  }

  /** Length of the file in bytes, without the header. */
  public long dataBytes() {
    long bytes = Math.multiplyExact(description.pixels(), (long) precision.bytes);
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Writes the file; the stream stays open. */
  public void write(PixelSource pixels, OutputStream out) throws IOException {
    Range range = new Range();
    pass(
        pixels,
        (bytes, length) -> {
          range.sum =
              FitsCheckSum.sumOf(
                  range.sum, FitsCheckSum.checksum(ByteBuffer.wrap(bytes, 0, length)));
        },
        range);
    out.write(header(range));
    pass(pixels, (bytes, length) -> out.write(bytes, 0, length), null);
  }

  private static final class Range {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long sum;

    void include(double v) {
      if (Double.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
  }

  private interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  /** Encodes all pixels, and zeros up to a whole block. */
  private void pass(PixelSource pixels, Sink sink, Range range) throws IOException {
    long total = description.pixels();
    double[] piece = new double[(int) Math.min(PIECE, total)];
    // Pieces are whole words of the checksum.
    ByteBuffer bytes = ByteBuffer.allocate(piece.length * precision.bytes);
    for (long first = 0; first < total; first += piece.length) {
      int n = (int) Math.min(piece.length, total - first);
      pixels.read(first, piece, n);
      bytes.clear();
      for (int i = 0; i < n; i++) {
        // Of single precision, the range is that of what is stored.
        double v = precision == Precision.SINGLE ? (float) piece[i] : piece[i];
        if (precision == Precision.SINGLE) {
          bytes.putFloat((float) v);
        } else {
          bytes.putDouble(v);
        }
        if (range != null) {
          range.include(v);
        }
      }
      sink.take(bytes.array(), bytes.position());
    }
    int rest = (int) (dataBytes() - total * precision.bytes);
    sink.take(new byte[rest], rest);
  }

  private byte[] header(Range range) {
    List<HeaderCard> cards = new HeaderCards(description, precision.bitpix()).list();
    if (range.low <= range.high) {
      cards.add(HeaderCards.card("DATAMIN", range.low, "smallest pixel"));
      cards.add(HeaderCards.card("DATAMAX", range.high, "largest pixel"));
    }
    cards.addAll(HeaderCards.history(description.history()));
    cards.add(HeaderCards.card("DATASUM", Long.toString(range.sum), "checksum of the pixels"));
    cards.add(HeaderCards.card("CHECKSUM", NO_CHECKSUM, "of the header and the pixels"));
    byte[] header = bytes(cards);
    String sum = FitsCheckSum.encode(FitsCheckSum.sumOf(FitsCheckSum.checksum(header), range.sum));
    cards.set(cards.size() - 1, HeaderCards.card("CHECKSUM", sum, "of the header and the pixels"));
    return bytes(cards);
  }

  private static byte[] bytes(List<HeaderCard> cards) {
    StringBuilder text = new StringBuilder();
    for (HeaderCard card : cards) {
      text.append(card);
    }
    text.append(String.format("%-80s", "END"));
    int length = (text.length() + BLOCK - 1) / BLOCK * BLOCK;
    text.append(" ".repeat(length - text.length()));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
