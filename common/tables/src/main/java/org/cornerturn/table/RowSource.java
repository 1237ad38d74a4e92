package org.cornerturn.table;

import io.delta.kernel.types.StructType;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Rows in parts (data files), in an order that stays as long as the source is the same. */
public interface RowSource {
  StructType schema();

  int parts();

  /** Number of all rows, where it is known without reading them. */
  Optional<Long> rows();

  /** False where it is known without reading that no row of a part meets all conditions. */
  boolean mayHold(int part, List<Condition> conditions);

  /** What is known of a column's values in a part without reading it. */
  Optional<ValueRange> range(int part, String column);

  /** Blocks of rows, one after the other. */
  interface Blocks extends Closeable {
    /** The next block; empty after the last. */
    Optional<RowBlock> next() throws IOException;

    /** One block. */
    static Blocks of(RowBlock block) {
      Iterator<RowBlock> one = List.of(block).iterator();
      return new Blocks() {
        @Override
        public Optional<RowBlock> next() {
          return one.hasNext() ? Optional.of(one.next()) : Optional.empty();
        }

        @Override
        public void close() {}
      };
    }
  }

  /**
   * Reads a part.
   *
   * @param columns those that blocks will be asked for
   */
  Blocks read(int part, List<String> columns) throws IOException;
}
