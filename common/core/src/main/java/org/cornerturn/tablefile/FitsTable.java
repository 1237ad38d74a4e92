package org.cornerturn.tablefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsUnits;
import org.cornerturn.fits.FitsUnits.Unit;
import org.cornerturn.storage.ObjectChannel;

/**
 * The first binary table of a FITS file (standard 4.0, 7.3), read by ranges of rows straight into
 * arrays. Scales, offsets and nulls are honoured; a column without scale keeps its whole numbers.
 * Logical and bit columns, complex numbers and arrays are left out.
 */
public final class FitsTable implements TableFile {
  private static final int PIECE = 4 << 20;

  /**
   * A column as it is stored.
   *
   * @param offset in a row, bytes
   * @param code B, I, J, K, E, D or A
   * @param width characters of a text
   * @param blank what stands for no value
   */
  private record Stored(
      int offset, char code, int width, double scale, double zero, OptionalLong blank) {
    boolean isPlain() {
      return scale == 1 && zero == 0;
    }

    long whole(ByteBuffer bytes, int row) {
      int at = row + offset;
      return switch (code) {
        case 'B' -> bytes.get(at) & 0xFF;
        case 'I' -> bytes.getShort(at);
        case 'J' -> bytes.getInt(at);
        default -> bytes.getLong(at);
      };
    }

    /** Whole numbers stay so where only an offset by a whole number is added. */
    boolean isWhole() {
      return "BIJK".indexOf(code) >= 0 && scale == 1 && zero == Math.rint(zero);
    }
  }

  private final ObjectChannel file;
  private final Unit unit;
  private final int rowBytes;
  private final long rows;
  private final List<FileColumn> columns = new ArrayList<>();
  private final List<Stored> stored = new ArrayList<>();

  private FitsTable(ObjectChannel file, Unit unit) throws IOException {
    this.file = file;
    this.unit = unit;
    rowBytes = (int) unit.whole("NAXIS1", 0, Integer.MAX_VALUE);
    rows = unit.whole("NAXIS2", 0, Long.MAX_VALUE);
    int fields = (int) unit.whole("TFIELDS", 0, 999);
    int at = 0;
    for (int i = 1; i <= fields; i++) {
      at = column(i, at);
    }
    if (at > rowBytes) {
      throw new FitsException(file.name() + ": columns of " + at + " bytes, rows of " + rowBytes);
    }
    if (rows > 0 && (file.size() - unit.dataStart()) / Math.max(1, rowBytes) < rows) {
      throw new FitsException(file.name() + ": it ends before its " + rows + " rows do");
    }
  }

  /**
   * Opens the first binary table. The channel is closed with it.
   *
   * @throws FitsException where there is none
   */
  public static FitsTable open(ObjectChannel file) throws IOException {
    for (Unit unit : FitsUnits.of(file)) {
      if (unit.text("XTENSION").equals("BINTABLE") && unit.text("ZIMAGE").isEmpty()) {
        return new FitsTable(file, unit);
      }
    }
    throw new FitsException(file.name() + ": no binary table in it");
  }

  /** Reads one column's cards; its end in the row. */
  private int column(int i, int at) throws FitsException {
    String form = unit.text("TFORM" + i);
    int digits = 0;
    while (digits < form.length() && Character.isDigit(form.charAt(digits))) {
      digits++;
    }
    if (digits == form.length() || digits > 9) {
      throw new FitsException(file.name() + ": TFORM" + i + " of '" + form + "'");
    }
    int repeat = digits == 0 ? 1 : Integer.parseInt(form.substring(0, digits));
    char code = form.charAt(digits);
    long bytes =
        switch (code) {
          case 'L', 'B', 'A' -> repeat;
          case 'X' -> (repeat + 7L) / 8;
          case 'I' -> 2L * repeat;
          case 'J', 'E' -> 4L * repeat;
          case 'K', 'D', 'C', 'P' -> 8L * repeat;
          case 'M', 'Q' -> 16L * repeat;
          default -> throw new FitsException(file.name() + ": TFORM" + i + " of '" + form + "'");
        };
    double scale = unit.number("TSCAL" + i, 1);
    double zero = unit.number("TZERO" + i, 0);
    OptionalLong blank = unit.whole("TNULL" + i);
    boolean text = code == 'A';
    if (repeat >= 1 && (text || repeat == 1 && "BIJKED".indexOf(code) >= 0)) {
      Stored s = new Stored(at, code, repeat, scale, zero, blank);
      FileColumn.Kind kind =
          text ? FileColumn.Kind.TEXT : s.isWhole() ? FileColumn.Kind.WHOLE : FileColumn.Kind.REAL;
      String name = unit.text("TTYPE" + i);
      columns.add(
          new FileColumn(
              name.isEmpty() ? "col" + i : name,
              kind,
              unit.text("TUNIT" + i),
              unit.text("TUCD" + i),
              unit.text("TCOMM" + i)));
      stored.add(s);
    }
    long end = at + bytes;
    if (end > rowBytes) {
      throw new FitsException(file.name() + ": column " + i + " reaches beyond the row");
    }
    return (int) end;
  }

  @Override
  public List<FileColumn> columns() {
    return List.copyOf(columns);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long units() {
    return rows;
  }

  @Override
  public void read(long from, long to, int[] wanted, Sink sink) throws IOException {
    long end = Math.min(to, rows);
    int step = Math.max(1, PIECE / Math.max(1, rowBytes));
    byte[] bytes = new byte[(int) Math.min((long) step * rowBytes, (end - from) * rowBytes)];
    for (long at = from; at < end; at += step) {
      int count = (int) Math.min(step, end - at);
      file.readFully(unit.dataStart() + at * rowBytes, bytes, 0, count * rowBytes);
      sink.rows(new Piece(ByteBuffer.wrap(bytes), at, count, wanted));
    }
  }

  private final class Piece implements FileRows {
    private final ByteBuffer bytes;
    private final long first;
    private final int count;
    private final int[] wanted;

    Piece(ByteBuffer bytes, long first, int count, int[] wanted) {
      this.bytes = bytes;
      this.first = first;
      this.count = count;
      this.wanted = wanted;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public long first() {
      return first;
    }

    @Override
    public double[] reals(int column) throws IOException {
      Stored s = stored.get(wanted[column]);
      double[] out = new double[count];
      int at = s.offset();
      switch (s.code()) {
        case 'D' -> {
          for (int i = 0; i < count; i++, at += rowBytes) {
            out[i] = bytes.getDouble(at);
          }
        }
        case 'E' -> {
          for (int i = 0; i < count; i++, at += rowBytes) {
            out[i] = bytes.getFloat(at);
          }
        }
        case 'A' -> {
          String[] texts = texts(column);
          for (int i = 0; i < count; i++) {
            out[i] = FileText.number(texts[i]);
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            long v = s.whole(bytes, i * rowBytes);
            boolean blank = s.blank().isPresent() && s.blank().getAsLong() == v;
            out[i] = blank ? Double.NaN : v;
          }
        }
      }
      if (!s.isPlain() && s.code() != 'A') {
        for (int i = 0; i < count; i++) {
          out[i] = s.zero() + s.scale() * out[i];
        }
      }
      return out;
    }

    @Override
    public long[] wholes(int column) throws IOException {
      Stored s = stored.get(wanted[column]);
      long[] out = new long[count];
      if (s.isWhole()) {
        long zero = (long) s.zero();
        for (int i = 0; i < count; i++) {
          long v = s.whole(bytes, i * rowBytes);
          boolean blank = s.blank().isPresent() && s.blank().getAsLong() == v;
          out[i] = blank ? Long.MIN_VALUE : v + zero;
        }
        return out;
      }
      return FileText.wholes(reals(column));
    }

    @Override
    public String[] texts(int column) throws IOException {
      Stored s = stored.get(wanted[column]);
      if (s.code() != 'A') {
        return s.isWhole() ? FileText.of(wholes(column)) : FileText.of(reals(column));
      }
      String[] out = new String[count];
      for (int i = 0; i < count; i++) {
        int start = i * rowBytes + s.offset();
        int length = 0;
        // A text ends at a NUL or with its field (7.3.3.1); blanks at its end mean nothing.
        while (length < s.width() && bytes.get(start + length) != 0) {
          length++;
        }
        String text = new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1);
        out[i] = text.isBlank() ? null : text.stripTrailing();
      }
      return out;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
