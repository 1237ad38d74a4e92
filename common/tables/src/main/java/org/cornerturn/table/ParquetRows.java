package org.cornerturn.table;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.cornerturn.storage.MemoryStore;

/** Rows as one Parquet file, row group by row group. */
final class ParquetRows {
  private static final int BATCH_ROWS = 1024;

  /** First and last bytes of every file (Parquet format, "File format"). */
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private ParquetRows() {}

  static void write(RowCursor rows, OutputStream out) throws IOException {
    Batches batches = new Batches(rows);
    if (batches.hasNext()) {
      write(batches, out);
    } else {
      writeNone(rows.schema(), out);
    }
  }

  private static void write(CloseableIterator<FilteredColumnarBatch> batches, OutputStream out)
      throws IOException {
    try {
      new DefaultParquetHandler(new Passing(out))
          .writeParquetFileAtomically(StoreFiles.LOCATION + "/rows.parquet", batches);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, "rows as Parquet");
    }
  }

  /**
   * A file of columns without rows. Kernel writes none: a file of one row without values gives the
   * footer, in which no row is left.
   */
  private static void writeNone(StructType schema, OutputStream out) throws IOException {
    StructType nullable = new StructType();
    for (StructField f : schema.fields()) {
      nullable = nullable.add(new StructField(f.getName(), f.getDataType(), true, f.getMetadata()));
    }
    Object[] nulls = new Object[schema.length()];
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    write(new Batches(RowCursor.of(nullable, List.<Object[]>of(nulls))), one);
    byte[] file = one.toByteArray();
    int end = file.length - MAGIC.length - Integer.BYTES;
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
    footer.setNum_rows(0);
    footer.setRow_groups(List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    out.write(MAGIC);
    bytes.writeTo(out);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes.size())
            .array());
    out.write(MAGIC);
  }

  /** Kernel's files, but what it writes goes into a stream. */
  private static final class Passing extends StoreFiles {
    private final OutputStream out;
    private Counted written;

    Passing(OutputStream out) {
      super(new MemoryStore());
      this.out = out;
    }

    @Override
    public FileStatus getFileStatus(String path) {
      return FileStatus.of(path, written.getPos(), 0);
    }

    @Override
    public OutputFile newOutputFile(String path) {
      return new OutputFile() {
        @Override
        public String path() {
          return path;
        }

        @Override
        public PositionOutputStream create(boolean atomic) {
          written = new Counted(out);
          return written;
        }

        @Override
        public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) {
          throw new UnsupportedOperationException("only Parquet is written here");
        }
      };
    }
  }

  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private static final class Batches implements CloseableIterator<FilteredColumnarBatch> {
    private final RowCursor rows;
    private final StructType schema;
    private List<Object[]> next;

    Batches(RowCursor rows) throws IOException {
      this.rows = rows;
      this.schema = rows.schema();
      List<Object[]> first = some();
      this.next = first.isEmpty() ? null : first;
    }

    private List<Object[]> some() throws IOException {
      List<Object[]> found = new ArrayList<>();
      while (found.size() < BATCH_ROWS && rows.advance()) {
        found.add(rows.values());
      }
      return found;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public FilteredColumnarBatch next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      FilteredColumnarBatch batch =
          new FilteredColumnarBatch(ValuesVector.batch(schema, next), Optional.empty());
      try {
        List<Object[]> more = next.size() < BATCH_ROWS ? List.of() : some();
        next = more.isEmpty() ? null : more;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return batch;
    }

    @Override
    public void close() {
      // Who opened the rows closes them.
    }
  }
}
