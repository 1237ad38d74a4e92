package org.cornerturn.fits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nom.tam.fits.HeaderCard;
import nom.tam.util.Cursor;
import org.cornerturn.fits.ImageDescription.Origin;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.storage.ObjectChannel;

/**
 * An image in a FITS file: the first unit that holds one with right ascension and declination along
 * its first two axes; frequency and Stokes may follow in either order. Integers, single and double
 * precision are read, with their scale; blank pixels are NaN. Pixels are read by ranges of the
 * file, {@link #PIECE} bytes at a time. The channel stays the caller's.
 */
public final class FitsImage {
  static final int PIECE = 256 * 1024;
  private static final int MOST_UNITS = 1000;

  private final ObjectChannel file;
  private final HeaderBlock header;
  private final ImageDescription description;
  private final int bitpix;
  private final double scale;
  private final double zero;
  private final boolean hasBlank;
  private final long blank;
  private final boolean stokesFirst;

  private FitsImage(ObjectChannel file, HeaderBlock header) throws IOException {
    this.file = file;
    this.header = header;
    String name = file.name();
    bitpix = header.bitpix(name);
    scale = header.number("BSCALE", 1);
    zero = header.number("BZERO", 0);
    hasBlank = bitpix > 0 && header.cards().containsKey("BLANK");
    blank = header.cards().getLongValue("BLANK", 0);
    LinearAxis frequency = null;
    LinearAxis stokes = null;
    boolean reversed = false;
    int axes = header.count(name, "NAXIS", 0, 999);
    for (int i = 3; i <= axes; i++) {
      String type = header.text("CTYPE" + i);
      int count = header.count(name, "NAXIS" + i, 1, Integer.MAX_VALUE);
      if (type.startsWith("FREQ") && frequency == null) {
        frequency = axis(name, i, count);
        reversed = stokes != null;
      } else if (type.equals("STOKES") && stokes == null) {
        stokes = axis(name, i, count);
      } else if (count != 1) {
        throw new FitsException(name + ": " + count + " pixels along axis " + i + ", " + type);
      }
    }
    if (stokes != null && frequency == null) {
      frequency = new LinearAxis(header.number("RESTFRQ", 0), 1, 1);
      reversed = true;
    }
    stokesFirst = reversed;
    description =
        new ImageDescription(
            header.count(name, "NAXIS1", 0, Integer.MAX_VALUE),
            header.count(name, "NAXIS2", 0, Integer.MAX_VALUE),
            new WcsCards(name, header).read(),
            frequency,
            stokes,
            beam(),
            header.text("BUNIT"),
            origin(),
            Map.of(),
            List.of());
    long bytes = Math.multiplyExact(description.pixels(), (long) Math.abs(bitpix) / 8);
    long end = Math.addExact(header.dataStart(), bytes);
    if (end > file.size()) {
      throw new FitsException(name + ": it ends before its pixels do");
    }
  }

  /** Opens the first image of a file. */
  public static FitsImage open(ObjectChannel file) throws IOException {
    try {
      return find(file);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FitsException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private static FitsImage find(ObjectChannel file) throws IOException {
    long at = 0;
    for (int unit = 0; unit < MOST_UNITS && at < file.size(); unit++) {
      HeaderBlock header = HeaderBlock.read(file, at);
      boolean image = unit == 0 || header.text("XTENSION").equals("IMAGE");
      int axes = header.count(file.name(), "NAXIS", 0, 999);
      if (image && axes >= 2 && header.count(file.name(), "NAXIS1", 0, Integer.MAX_VALUE) > 0) {
        return new FitsImage(file, header);
      }
      if (header.cards().getBooleanValue("ZIMAGE", false)) {
        throw new FitsException(file.name() + ": a compressed image; unpack it with funpack first");
      }
      at = Math.addExact(header.dataStart(), header.dataBytes(file.name()));
    }
    throw new FitsException(file.name() + ": no image in it");
  }

  public ImageDescription description() {
    return description;
  }

  /** A card's value as text; empty where there is none. */
  public String card(String key) {
    return header.text(key);
  }

  /** A card's number; {@code absent} where there is none. */
  public double number(String key, double absent) {
    return header.number(key, absent);
  }

  /** Lines of history. */
  public List<String> history() {
    List<String> lines = new ArrayList<>();
    Cursor<String, HeaderCard> cursor = header.cards().iterator();
    while (cursor.hasNext()) {
      HeaderCard card = cursor.next();
      if ("HISTORY".equals(card.getKey())) {
        lines.add(card.getComment() == null ? "" : card.getComment());
      }
    }
    return lines;
  }

  /**
   * Reads a rectangle of a plane.
   *
   * @param frequency index along the axis of frequency; 0 without one
   * @param stokes index along the Stokes axis; 0 without one
   * @param out receives (height, width)
   */
  public void read(int frequency, int stokes, int x, int y, int width, int height, float[] out)
      throws IOException {
    if (x < 0
        || y < 0
        || width < 1
        || height < 1
        || width > description.width() - x
        || height > description.height() - y) {
      throw new IllegalArgumentException(
          width + " x " + height + " pixels from " + x + ", " + y + " of " + description);
    }
    long plane = plane(frequency, stokes);
    long row = plane * description.height() + y;
    if (width == description.width()) {
      read(row * width, out, 0, Math.multiplyExact(width, height));
      return;
    }
    for (int j = 0; j < height; j++) {
      read((row + j) * description.width() + x, out, j * width, width);
    }
  }

  /** A whole plane, (y, x). */
  public float[] plane(int frequency, int stokes, long mostPixels) throws IOException {
    long pixels = (long) description.width() * description.height();
    if (pixels > mostPixels) {
      throw new FitsException(
          file.name() + ": a plane of " + pixels + " pixels; " + mostPixels + " fit here");
    }
    float[] out = new float[(int) pixels];
    read(frequency, stokes, 0, 0, description.width(), description.height(), out);
    return out;
  }

  private long plane(int frequency, int stokes) {
    int frequencies = description.frequency() == null ? 1 : description.frequency().count();
    int parameters = description.stokes() == null ? 1 : description.stokes().count();
    if (frequency < 0 || frequency >= frequencies || stokes < 0 || stokes >= parameters) {
      throw new IllegalArgumentException("no plane " + frequency + ", " + stokes);
    }
    return stokesFirst
        ? (long) frequency * parameters + stokes
        : (long) stokes * frequencies + frequency;
  }

  private void read(long first, float[] out, int offset, int count) throws IOException {
    int size = Math.abs(bitpix) / 8;
    byte[] bytes = new byte[Math.min(PIECE, Math.multiplyExact(count, size))];
    int most = bytes.length / size;
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      file.readFully(header.dataStart() + (first + done) * size, bytes, 0, n * size);
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, n * size);
      for (int i = 0; i < n; i++) {
        out[offset + done + i] = value(in);
      }
    }
  }

  private float value(ByteBuffer in) {
    if (bitpix < 0) {
      double v = bitpix == -32 ? in.getFloat() : in.getDouble();
      return (float) (zero + scale * v);
    }
    long v =
        switch (bitpix) {
          case 8 -> in.get() & 0xff;
          case 16 -> in.getShort();
          case 32 -> in.getInt();
          default -> in.getLong();
        };
    return hasBlank && v == blank ? Float.NaN : (float) (zero + scale * v);
  }

  private LinearAxis axis(String name, int i, int count) throws FitsException {
    double step = header.number("CDELT" + i, 1);
    double first = header.number("CRVAL" + i, 0) + (1 - header.number("CRPIX" + i, 1)) * step;
    try {
      return new LinearAxis(first, step == 0 && count == 1 ? 1 : step, count);
    } catch (IllegalArgumentException e) {
      throw new FitsException(name + ": axis " + i + " has " + e.getMessage(), e);
    }
  }

  private GaussianBeam beam() {
    double major = Math.toRadians(header.number("BMAJ", 0));
    double minor = Math.toRadians(header.number("BMIN", 0));
    double angle = Math.toRadians(header.number("BPA", 0));
    boolean good = major >= minor && minor > 0 && Double.isFinite(major) && Double.isFinite(angle);
    return good ? new GaussianBeam(major, minor, angle) : null;
  }

  private Origin origin() {
    return new Origin(
        header.text("OBJECT"),
        header.text("TELESCOP"),
        header.text("OBSERVER"),
        observed(header.text("DATE-OBS")),
        header.number("RESTFRQ", header.number("RESTFREQ", 0)));
  }

  /** Null for a date that isn't one: many are odd, and pixels don't depend on it. */
  private static Instant observed(String date) {
    if (date.isEmpty()) {
      return null;
    }
    try {
      String full = date.contains("T") ? date : date + "T00:00:00";
      return LocalDateTime.parse(full.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
