package org.cornerturn.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Parquet files of one schema that belong to no table, each a part: flat columns of numbers, texts
 * and truth values; others are left out. The schema is the first file's.
 */
public final class ParquetFiles implements RowSource {
  private static final int TAIL = 8;
  private static final int MOST_FOOTER = 256 << 20;

  private final ObjectStore store;
  private final List<ObjectStatus> files;
  private final Engine engine;
  private final StructType schema;
  private final long rows;

  /**
   * @param files in the store; one or more
   */
  public ParquetFiles(ObjectStore store, List<ObjectStatus> files) throws IOException {
    this.store = store;
    this.files = List.copyOf(files);
    this.engine = DefaultEngine.create(new StoreFiles(store));
    FileMetaData first = footer(files.get(0).key());
    this.schema = schema(first.getSchema());
    this.rows = files.size() == 1 ? first.getNum_rows() : -1;
  }

  private FileMetaData footer(String key) throws IOException {
    try (ObjectChannel file = store.open(key)) {
      byte[] tail = new byte[TAIL];
      long size = file.size();
      if (size < TAIL + 4) {
        throw damaged(key, null);
      }
      file.readFully(size - TAIL, tail, 0, TAIL);
      int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (tail[4] != 'P' || tail[7] != '1' || length < 0 || length > Math.min(size, MOST_FOOTER)) {
        throw damaged(key, null);
      }
      byte[] footer = new byte[length];
      file.readFully(size - TAIL - length, footer, 0, length);
      return Util.readFileMetaData(new ByteArrayInputStream(footer));
    } catch (RuntimeException e) {
      throw damaged(key, e);
    }
  }

  private UserError damaged(String key, Throwable cause) {
    return new UserError(
        store.uri() + "/" + key, "it is no whole Parquet file", "Name one that is", cause);
  }

  private static StructType schema(List<SchemaElement> elements) {
    StructType schema = new StructType();
    int at = 1;
    for (int child = 0; child < elements.get(0).getNum_children(); child++) {
      SchemaElement e = elements.get(at);
      DataType type = e.getNum_children() > 0 ? null : type(e);
      if (type != null && e.getRepetition_type() != FieldRepetitionType.REPEATED) {
        schema = schema.add(e.getName(), type, true);
      }
      at = next(elements, at);
    }
    return schema;
  }

  /** Place behind an element and all that is in it. */
  private static int next(List<SchemaElement> elements, int at) {
    int end = at + 1;
    for (int c = 0; c < elements.get(at).getNum_children(); c++) {
      end = next(elements, end);
    }
    return end;
  }

  private static DataType type(SchemaElement e) {
    ConvertedType converted = e.getConverted_type();
    return switch (e.getType()) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case INT32 ->
          converted == ConvertedType.DATE
              ? DateType.DATE
              : converted == ConvertedType.DECIMAL ? null : IntegerType.INTEGER;
      case INT64 -> converted == ConvertedType.DECIMAL ? null : LongType.LONG;
      case FLOAT -> FloatType.FLOAT;
      case DOUBLE -> DoubleType.DOUBLE;
      case BYTE_ARRAY -> converted == ConvertedType.DECIMAL ? null : StringType.STRING;
      default -> null;
    };
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public int parts() {
    return files.size();
  }

  @Override
  public Optional<Long> rows() {
    return rows < 0 ? Optional.empty() : Optional.of(rows);
  }

  @Override
  public boolean mayHold(int part, List<Condition> conditions) {
    return true;
  }

  @Override
  public Optional<ValueRange> range(int part, String column) {
    return Optional.empty();
  }

  @Override
  public Blocks read(int part, List<String> columns) throws IOException {
    StructType wanted = new StructType();
    for (String c : columns) {
      wanted = wanted.add(schema.get(c));
    }
    ObjectStatus file = files.get(part);
    FileStatus status =
        FileStatus.of(StoreFiles.LOCATION + "/" + file.key(), file.size(), file.modifiedMillis());
    try {
      return new Batches(
          engine
              .getParquetHandler()
              .readParquetFiles(Utils.singletonCloseableIterator(status), wanted, Optional.empty()),
          columns);
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, file.key());
    }
  }

  private final class Batches implements Blocks {
    private final CloseableIterator<FileReadResult> batches;
    private final List<String> columns;
    private long first;

    Batches(CloseableIterator<FileReadResult> batches, List<String> columns) {
      this.batches = batches;
      this.columns = columns;
    }

    @Override
    public Optional<RowBlock> next() throws IOException {
      try {
        if (!batches.hasNext()) {
          return Optional.empty();
        }
        ColumnarBatch batch = batches.next().getData();
        int size = batch.getSize();
        ColumnValues[] values = new ColumnValues[columns.size()];
        for (int c = 0; c < values.length; c++) {
          ColumnBuilder builder = ColumnBuilder.of(schema.get(columns.get(c)).getDataType());
          ColumnVector vector = batch.getColumnVector(c);
          for (int i = 0; i < size; i++) {
            builder.add(vector, i);
          }
          values[c] = builder.build();
        }
        RowBlock block = new DecodedBlock(first, size, columns, values);
        first += size;
        return Optional.of(block);
      } catch (RuntimeException e) {
        throw DeltaTable.unwrapped(e, store.uri());
      }
    }

    @Override
    public void close() throws IOException {
      batches.close();
    }
  }
}
