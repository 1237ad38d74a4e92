package org.cornerturn.fits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.storage.ObjectChannel;

/**
 * A binary table in a FITS file: the first one with columns. Numbers are read as doubles, with
 * their scale; those that are marked as missing are NaN. Rows are read {@link FitsImage#PIECE}
 * bytes at a time. The channel stays the caller's.
 */
public final class FitsTable {
  private static final int MOST_UNITS = 1000;
  private static final int MOST_COLUMNS = 999;
  private static final Pattern FORM = Pattern.compile("(\\d*)([LXBIJKAEDCMPQ]).*");

  private final ObjectChannel file;
  private final long dataStart;
  private final int rowBytes;
  private final int rows;
  private final List<Column> columns;

  /**
   * A column.
   *
   * @param unit as the header has it; empty for none
   * @param offset of its value in a row, bytes
   * @param type letter of its format; 0 for what isn't one number
   */
  private record Stored(
      Column column, int offset, char type, double scale, double zero, long missing, boolean has) {}

  /** A column's name and unit; empty where the header has none. */
  public record Column(String name, String unit) {}

  private final List<Stored> stored = new ArrayList<>();

  private FitsTable(ObjectChannel file, HeaderBlock header) throws IOException {
    this.file = file;
    this.dataStart = header.dataStart();
    String name = file.name();
    rowBytes = header.count(name, "NAXIS1", 0, Integer.MAX_VALUE);
    rows = header.count(name, "NAXIS2", 0, Integer.MAX_VALUE);
    int fields = header.count(name, "TFIELDS", 0, MOST_COLUMNS);
    int offset = 0;
    for (int i = 1; i <= fields; i++) {
      Matcher form = FORM.matcher(header.text("TFORM" + i).toUpperCase(Locale.ROOT));
      if (!form.matches()) {
        throw new FitsException(
            name + ": column " + i + " has the format " + header.text("TFORM" + i));
      }
      int count = form.group(1).isEmpty() ? 1 : Integer.parseInt(form.group(1));
      char type = form.group(2).charAt(0);
      boolean isNumber = count == 1 && "BIJKED".indexOf(type) >= 0;
      stored.add(
          new Stored(
              new Column(header.text("TTYPE" + i), header.text("TUNIT" + i)),
              offset,
              isNumber ? type : 0,
              header.number("TSCAL" + i, 1),
              header.number("TZERO" + i, 0),
              header.cards().getLongValue("TNULL" + i, 0),
              header.cards().containsKey("TNULL" + i)));
      offset = Math.addExact(offset, bytes(type, count));
    }
    if (offset != rowBytes) {
      throw new FitsException(
          name + ": its columns take " + offset + " bytes, its rows " + rowBytes);
    }
    if (dataStart + (long) rows * rowBytes > file.size()) {
      throw new FitsException(name + ": it ends before its rows do");
    }
    columns = stored.stream().map(Stored::column).toList();
  }

  private static int bytes(char type, int count) {
    return switch (type) {
      case 'X' -> Math.addExact(count, 7) / 8;
      case 'L', 'B', 'A' -> count;
      case 'I' -> Math.multiplyExact(count, 2);
      case 'J', 'E' -> Math.multiplyExact(count, 4);
      case 'M', 'Q' -> Math.multiplyExact(count, 16);
      default -> Math.multiplyExact(count, 8);
    };
  }

  /** Opens the first table of a file. */
  public static FitsTable open(ObjectChannel file) throws IOException {
    try {
      return find(file);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FitsException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private static FitsTable find(ObjectChannel file) throws IOException {
    long at = 0;
    for (int unit = 0; unit < MOST_UNITS && at < file.size(); unit++) {
      HeaderBlock header = HeaderBlock.read(file, at);
      boolean isTable = header.text("XTENSION").equals("BINTABLE");
      // A compressed image is stored as a table.
      if (isTable && !header.cards().getBooleanValue("ZIMAGE", false)) {
        return new FitsTable(file, header);
      }
      at = Math.addExact(header.dataStart(), header.dataBytes(file.name()));
    }
    throw new FitsException(file.name() + ": no binary table in it");
  }

  public int rows() {
    return rows;
  }

  public List<Column> columns() {
    return columns;
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Rows {
    /**
     * @param row its number, from 0
     * @param values of the columns that were asked for, in their order; used again
     */
    void row(int row, double[] values);
  }

  /**
   * Reads all rows.
   *
   * @param places of columns in {@link #columns}; each holds one number in a row
   */
  public void read(int[] places, Rows to) throws IOException {
    for (int place : places) {
      if (stored.get(place).type() == 0) {
        throw new FitsException(
            file.name() + ": its column " + columns.get(place).name() + " has no numbers");
      }
    }
    int most = Math.max(1, FitsImage.PIECE / Math.max(1, rowBytes));
    byte[] bytes = new byte[Math.multiplyExact(most, rowBytes)];
    ByteBuffer in = ByteBuffer.wrap(bytes);
    double[] values = new double[places.length];
    for (int first = 0; first < rows; first += most) {
      int n = Math.min(most, rows - first);
      file.readFully(dataStart + (long) first * rowBytes, bytes, 0, n * rowBytes);
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < places.length; c++) {
          Stored column = stored.get(places[c]);
          values[c] = value(column, in, r * rowBytes + column.offset());
        }
        to.row(first + r, values);
      }
    }
  }

  private static double value(Stored column, ByteBuffer in, int at) {
    if (column.type() == 'E' || column.type() == 'D') {
      double v = column.type() == 'E' ? in.getFloat(at) : in.getDouble(at);
      return column.zero() + column.scale() * v;
    }
    long v =
        switch (column.type()) {
          case 'B' -> in.get(at) & 0xff;
          case 'I' -> in.getShort(at);
          case 'J' -> in.getInt(at);
          default -> in.getLong(at);
        };
    return column.has() && v == column.missing() ? Double.NaN : column.zero() + column.scale() * v;
  }
}
