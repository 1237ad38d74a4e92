package org.cornerturn.tablefile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StarTableFactory;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.table.TableFormatException;
import uk.ac.starlink.util.DataSource;

/** A table as the STIL library reads it, from its first row to its last: VOTable, text, FITS. */
public final class StilTable implements TableFile {
  private static final int ROWS = 8192;

  private final StarTable table;
  private final List<FileColumn> columns = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  private StilTable(StarTable table) {
    this.table = table;
    for (int i = 0; i < table.getColumnCount(); i++) {
      ColumnInfo info = table.getColumnInfo(i);
      Class<?> type = info.getContentClass();
      boolean number = Number.class.isAssignableFrom(type);
      if (number || type == String.class || type == Boolean.class || type == Character.class) {
        boolean whole = number && type != Float.class && type != Double.class;
        columns.add(
            new FileColumn(
                info.getName(),
                !number
                    ? FileColumn.Kind.TEXT
                    : whole ? FileColumn.Kind.WHOLE : FileColumn.Kind.REAL,
                text(info.getUnitString()),
                text(info.getUCD()),
                text(info.getDescription())));
        places.add(i);
      }
    }
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }

  /**
   * Opens a table.
   *
   * @param format as STIL calls it: votable, csv, ascii, tst, ipac, mrt, fits
   */
  public static StilTable open(ObjectStore store, String key, String format) throws IOException {
    try {
      StarTableFactory factory = new StarTableFactory(false);
      // What the library has to keep goes to disk: memory stays bounded.
      factory.setStoragePolicy(StoragePolicy.PREFER_DISK);
      return new StilTable(factory.makeStarTable(new StoredSource(store, key), format));
    } catch (NegativeArraySizeException e) {
      // How the library takes a CSV file of a line of names alone.
      throw new UserError(
          store.uri() + "/" + key, "there is no row in it", "Name a table that has rows", e);
    } catch (TableFormatException e) {
      throw new UserError(
          store.uri() + "/" + key,
          "it can't be read as " + format + ": " + e.getMessage(),
          "Mend it, or say its format with --format",
          e);
    }
  }

  @Override
  public List<FileColumn> columns() {
    return List.copyOf(columns);
  }

  @Override
  public long rows() {
    return table.getRowCount();
  }

  @Override
  public long units() {
    return 1;
  }

  @Override
  public void read(long from, long to, int[] wanted, Sink sink) throws IOException {
    Object[][] cells = new Object[wanted.length][ROWS];
    long first = 0;
    try (RowSequence rows = table.getRowSequence()) {
      boolean more = true;
      while (more) {
        int count = 0;
        while (count < ROWS && (more = rows.next())) {
          for (int c = 0; c < wanted.length; c++) {
            cells[c][count] = rows.getCell(places.get(wanted[c]));
          }
          count++;
        }
        if (count > 0) {
          sink.rows(new Piece(cells, first, count));
          first += count;
        }
      }
    }
  }

  private static final class Piece implements FileRows {
    private final Object[][] cells;
    private final long first;
    private final int count;

    Piece(Object[][] cells, long first, int count) {
      this.cells = cells;
      this.first = first;
      this.count = count;
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
    public double[] reals(int column) {
      double[] out = new double[count];
      for (int i = 0; i < count; i++) {
        Object v = cells[column][i];
        out[i] = real(v);
      }
      return out;
    }

    @Override
    public long[] wholes(int column) {
      long[] out = new long[count];
      for (int i = 0; i < count; i++) {
        Object v = cells[column][i];
        boolean whole = v instanceof Long || v instanceof Integer || v instanceof Short;
        out[i] = whole ? ((Number) v).longValue() : FileText.wholes(new double[] {real(v)})[0];
      }
      return out;
    }

    private static double real(Object v) {
      // The library keeps short decimals in single precision: what was written, is meant.
      return v instanceof Number n && !(v instanceof Float)
          ? n.doubleValue()
          : FileText.number(v == null ? null : v.toString());
    }

    @Override
    public String[] texts(int column) {
      String[] out = new String[count];
      for (int i = 0; i < count; i++) {
        Object v = cells[column][i];
        boolean none = v == null || v instanceof Double d && d.isNaN();
        String text = none ? null : v.toString();
        out[i] = text == null || text.isBlank() ? null : text.strip();
      }
      return out;
    }
  }

  /** An object of a store as STIL's source of bytes. */
  private static final class StoredSource extends DataSource {
    private final ObjectStore store;
    private final String key;

    StoredSource(ObjectStore store, String key) {
      this.store = store;
      this.key = key;
      setName(key);
    }

    @Override
    protected InputStream getRawInputStream() throws IOException {
      return new BufferedInputStream(new ChannelStream(store.open(key)), 1 << 20);
    }
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
