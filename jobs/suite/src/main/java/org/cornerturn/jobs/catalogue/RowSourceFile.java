package org.cornerturn.jobs.catalogue;

import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.table.ColumnValues;
import org.cornerturn.table.RowBlock;
import org.cornerturn.table.RowSource;
import org.cornerturn.tablefile.FileColumn;
import org.cornerturn.tablefile.FileRows;
import org.cornerturn.tablefile.TableFile;

/** Rows of Parquet data files as those of any other table. Units are data files. */
final class RowSourceFile implements TableFile {
  /** Numbers of rows of different data files are so far apart. */
  private static final int FILE_BITS = 40;

  private final RowSource source;
  private final List<FileColumn> columns = new ArrayList<>();

  RowSourceFile(RowSource source) {
    this.source = source;
    for (StructField f : source.schema().fields()) {
      FileColumn.Kind kind = kind(f.getDataType());
      if (kind != null) {
        columns.add(
            new FileColumn(
                f.getName(), kind, about(f, "unit"), about(f, "ucd"), about(f, "comment")));
      }
    }
  }

  private static String about(StructField field, String key) {
    Object value = field.getMetadata().getEntries().get(key);
    return value == null ? "" : value.toString();
  }

  private static FileColumn.Kind kind(DataType type) {
    if (type instanceof StringType) {
      return FileColumn.Kind.TEXT;
    }
    if (type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return FileColumn.Kind.WHOLE;
    }
    return type instanceof DoubleType || type instanceof FloatType ? FileColumn.Kind.REAL : null;
  }

  @Override
  public List<FileColumn> columns() {
    return List.copyOf(columns);
  }

  @Override
  public long rows() {
    return source.rows().orElse(-1L);
  }

  @Override
  public long units() {
    return source.parts();
  }

  @Override
  public void read(long from, long to, int[] wanted, Sink sink) throws IOException {
    List<String> names = new ArrayList<>();
    for (int w : wanted) {
      names.add(columns.get(w).name());
    }
    List<String> distinct = names.stream().distinct().toList();
    for (long part = from; part < Math.min(to, source.parts()); part++) {
      try (RowSource.Blocks blocks = source.read((int) part, distinct)) {
        for (Optional<RowBlock> b = blocks.next(); b.isPresent(); b = blocks.next()) {
          sink.rows(new Block(b.get(), part << FILE_BITS, names));
        }
      }
    }
  }

  private record Block(RowBlock block, long before, List<String> names) implements FileRows {
    @Override
    public int count() {
      return block.size();
    }

    @Override
    public long first() {
      return before + block.first();
    }

    @Override
    public double[] reals(int column) throws IOException {
      ColumnValues values = block.column(names.get(column));
      double[] out = new double[block.size()];
      for (int i = 0; i < out.length; i++) {
        Object v = values.value(i);
        out[i] = v instanceof Number n ? n.doubleValue() : Double.NaN;
      }
      return out;
    }

    @Override
    public long[] wholes(int column) throws IOException {
      ColumnValues values = block.column(names.get(column));
      long[] out = new long[block.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = values.value(i) instanceof Number n ? n.longValue() : Long.MIN_VALUE;
      }
      return out;
    }

    @Override
    public String[] texts(int column) throws IOException {
      ColumnValues values = block.column(names.get(column));
      String[] out = new String[block.size()];
      for (int i = 0; i < out.length; i++) {
        Object v = values.value(i);
        out[i] = v == null ? null : v.toString();
      }
      return out;
    }
  }

  @Override
  public void close() {
    // Stores are whose who opened them.
  }
}
