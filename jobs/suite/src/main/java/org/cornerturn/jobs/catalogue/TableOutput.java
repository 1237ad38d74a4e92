package org.cornerturn.jobs.catalogue;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.TimestampType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cornerturn.UserError;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowFormat;
import org.cornerturn.table.TableDefinition;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.AbstractStarTable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTableOutput;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.VOTableVersion;
import uk.ac.starlink.votable.VOTableWriter;

/** How rows become a file. */
public enum TableOutput {
  CSV,
  FITS,
  VOTABLE,
  PARQUET;

  /** What a file's name says. */
  public static TableOutput of(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "csv" -> CSV;
      case "fits", "fit" -> FITS;
      case "vot", "votable", "xml" -> VOTABLE;
      case "parquet" -> PARQUET;
      default ->
          throw new UserError(
              name,
              "its name doesn't say what kind of table it is to be",
              "Let it end in .fits, .vot, .csv or .parquet");
    };
  }

  /**
   * Writes all rows. Memory is bounded; the stream stays open.
   *
   * @param rows their number
   * @param cursors each begins at the first row: some formats look twice
   */
  public void write(TableDefinition table, long rows, Supplier<RowCursor> cursors, OutputStream out)
      throws IOException {
    switch (this) {
      case CSV, PARQUET -> {
        try (RowCursor cursor = cursors.get()) {
          (this == CSV ? RowFormat.CSV : RowFormat.PARQUET).write(cursor, out);
        }
      }
      case FITS ->
          new StarTableOutput()
              .writeStarTable(
                  new Rows(table, rows, cursors, " "), new Open(out), new FitsTableWriter());
      case VOTABLE ->
          new StarTableOutput()
              .writeStarTable(
                  new Rows(table, rows, cursors, null),
                  new Open(out),
                  new VOTableWriter(DataFormat.TABLEDATA, true, VOTableVersion.V14));
    }
  }

  /** The library closes streams; whose they are, decides what becomes of them. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Rows as the library wants them. */
  private static final class Rows extends AbstractStarTable {
    private final TableDefinition table;
    private final long rows;
    private final Supplier<RowCursor> cursors;
    private final String none;

    /**
     * @param none what stands for no text: a blank in FITS, whose columns need a width
     */
    Rows(TableDefinition table, long rows, Supplier<RowCursor> cursors, String none) {
      this.none = none;
      this.table = table;
      this.rows = rows;
      this.cursors = cursors;
      setName(table.name());
    }

    @Override
    public int getColumnCount() {
      return table.schema().length();
    }

    @Override
    public long getRowCount() {
      return rows;
    }

    @Override
    public ColumnInfo getColumnInfo(int column) {
      StructField f = table.schema().at(column);
      Class<?> type =
          f.getDataType() instanceof LongType
              ? Long.class
              : f.getDataType() instanceof DoubleType ? Double.class : String.class;
      ColumnInfo info = new ColumnInfo(f.getName(), type, about(f, "comment"));
      String unit = about(f, "unit");
      info.setUnitString("1".equals(unit) ? null : unit); // Of pure numbers files say nothing.
      info.setUCD(about(f, "ucd"));
      return info;
    }

    private static String about(StructField field, String key) {
      Object value = field.getMetadata().getEntries().get(key);
      return value == null ? null : value.toString();
    }

    @Override
    public RowSequence getRowSequence() {
      RowCursor cursor = cursors.get();
      return new RowSequence() {
        private Object[] row;

        @Override
        public boolean next() throws IOException {
          if (!cursor.advance()) {
            return false;
          }
          row = cursor.values();
          for (int i = 0; i < row.length; i++) {
            row[i] = plain(row[i], i);
          }
          return true;
        }

        @Override
        public Object getCell(int column) {
          return row[column];
        }

        @Override
        public Object[] getRow() {
          return row;
        }

        @Override
        public void close() throws IOException {
          cursor.close();
        }
      };
    }

    private Object plain(Object value, int column) {
      if (value instanceof Long micros
          && table.schema().at(column).getDataType() instanceof TimestampType) {
        return Instant.ofEpochSecond(0).plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)).toString();
      }
      DataType type = table.schema().at(column).getDataType();
      if (value == null && !(type instanceof LongType || type instanceof DoubleType)) {
        return none;
      }
      boolean kept =
          value == null
              || value instanceof Long
              || value instanceof Double
              || value instanceof String
                  && table.schema().at(column).getDataType() instanceof StringType;
      return kept ? value : value.toString();
    }
  }
}
