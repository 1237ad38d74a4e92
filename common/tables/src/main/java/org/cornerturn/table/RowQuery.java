package org.cornerturn.table;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which rows of a {@link RowSource} are wanted, and what of them.
 *
 * @param columns names, in the order of the values of a row
 * @param conditions all of which rows meet
 * @param order empty: the source's own
 * @param after rows up to and with this one are left out
 */
public record RowQuery(
    List<String> columns,
    List<Condition> conditions,
    Optional<RowOrder> order,
    Optional<RowPosition> after) {

  /** Is asked between blocks of rows whether to go on; throws what ends the query. */
  @FunctionalInterface
  public interface Checkpoint {
    void check() throws IOException;
  }

  /**
   * Some rows.
   *
   * @param next the position after which the next page begins; empty: there are no more
   */
  public record Page(List<Object[]> rows, Optional<RowPosition> next) {}

  /** The first rows, as many as a page takes. */
  public Page page(RowSource source, int limit, Checkpoint checkpoint) throws IOException {
    List<Found> found = order.isPresent() ? first(source, limit, checkpoint) : new ArrayList<>();
    if (order.isEmpty()) {
      try (Cursor rows = new Cursor(source, checkpoint)) {
        while (found.size() <= limit && rows.advance()) {
          found.add(new Found(rows.at(), rows.values()));
        }
      }
    }
    boolean more = found.size() > limit;
    List<Found> page = more ? found.subList(0, limit) : found;
    return new Page(
        page.stream().map(Found::values).toList(),
        more ? Optional.of(page.get(limit - 1).at()) : Optional.empty());
  }

  private record Found(RowPosition at, Object[] values) {}

  /** Every row, in the source's own order, one block in memory at a time. */
  public RowCursor open(RowSource source, Checkpoint checkpoint) {
    return new Cursor(source, checkpoint);
  }

  /** Columns of a schema in the order of a row's values. */
  public StructType schemaOf(StructType all) {
    StructType schema = new StructType();
    for (String c : columns) {
      schema = schema.add(all.get(c));
    }
    return schema;
  }

  private final class Cursor implements RowCursor {
    private final RowSource source;
    private final Checkpoint checkpoint;
    private int part = after.map(RowPosition::part).orElse(0) - 1;
    private RowSource.Blocks blocks;
    private RowBlock block;
    private ColumnValues[] values;
    private int[] rows = {};
    private int row = -1;

    Cursor(RowSource source, Checkpoint checkpoint) {
      this.source = source;
      this.checkpoint = checkpoint;
    }

    @Override
    public StructType schema() {
      return schemaOf(source.schema());
    }

    @Override
    public boolean advance() throws IOException {
      row++;
      while (row >= rows.length) {
        checkpoint.check();
        if (!nextBlock()) {
          return false;
        }
        row = 0;
      }
      return true;
    }

    /** False after the last part. */
    private boolean nextBlock() throws IOException {
      Optional<RowBlock> next = blocks == null ? Optional.empty() : blocks.next();
      if (next.isEmpty()) {
        rows = new int[0];
        return nextPart();
      }
      block = next.get();
      long skip = after.filter(a -> a.part() == part).map(a -> a.row() + 1).orElse(0L);
      rows = matching(block, skip);
      values = rows.length == 0 ? null : columnsOf(block);
      return true;
    }

    private boolean nextPart() throws IOException {
      close();
      do {
        part++;
      } while (part < source.parts() && !source.mayHold(part, conditions));
      if (part >= source.parts()) {
        return false;
      }
      blocks = source.read(part, needed());
      return true;
    }

    @Override
    public Object[] values() {
      return RowQuery.values(values, rows[row]);
    }

    RowPosition at() {
      return new RowPosition(null, part, block.first() + rows[row]);
    }

    @Override
    public void close() throws IOException {
      if (blocks != null) {
        blocks.close();
        blocks = null;
      }
    }
  }

  private List<String> needed() {
    Set<String> names = new LinkedHashSet<>(columns);
    conditions.forEach(c -> names.add(c.column()));
    order.ifPresent(o -> names.add(o.column()));
    return List.copyOf(names);
  }

  private ColumnValues[] columnsOf(RowBlock block) throws IOException {
    ColumnValues[] values = new ColumnValues[columns.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = block.column(columns.get(c));
    }
    return values;
  }

  private static Object[] values(ColumnValues[] columns, int row) {
    Object[] values = new Object[columns.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = columns[c].value(row);
    }
    return values;
  }

  /** Rows of a block that meet all conditions; a column is decoded only while there are any. */
  private int[] matching(RowBlock block, long skip) throws IOException {
    int start = (int) Math.min(Math.max(skip - block.first(), 0), block.size());
    if (conditions.isEmpty()) {
      return IntStream.range(start, block.size()).toArray();
    }
    int[] rows = matching(block, start, conditions.get(0));
    for (Condition c : conditions.subList(1, conditions.size())) {
      if (rows.length > 0) {
        ColumnValues values = block.column(c.column());
        rows = IntStream.of(rows).filter(row -> c.holds(values, row)).toArray();
      }
    }
    return rows;
  }

  /** Rows from one on that meet a condition; zones whose bounds rule it out are passed over. */
  private static int[] matching(RowBlock block, int start, Condition condition) throws IOException {
    if (start >= block.size()) {
      return new int[0];
    }
    ColumnValues values = block.column(condition.column());
    IntStream.Builder rows = IntStream.builder();
    for (int zone = start / Zones.ROWS; zone * Zones.ROWS < block.size(); zone++) {
      if (values.mayHold(zone, condition)) {
        int end = Math.min((zone + 1) * Zones.ROWS, block.size());
        for (int row = Math.max(start, zone * Zones.ROWS); row < end; row++) {
          if (condition.holds(values, row)) {
            rows.add(row);
          }
        }
      }
    }
    return rows.build().toArray();
  }

  /** One more than the limit of the rows that come first in the order. */
  private List<Found> first(RowSource source, int limit, Checkpoint checkpoint) throws IOException {
    RowOrder by = order.orElseThrow();
    Comparator<RowPosition> comparator = by.comparator();
    // The last of those kept is on top.
    PriorityQueue<Found> kept =
        new PriorityQueue<>(Comparator.comparing(Found::at, comparator).reversed());
    for (int part : bestFirst(source, by)) {
      checkpoint.check();
      if (source.mayHold(part, conditions) && !isLate(source, part, by, kept, limit)) {
        try (RowSource.Blocks blocks = source.read(part, needed())) {
          for (Optional<RowBlock> b = blocks.next(); b.isPresent(); b = blocks.next()) {
            checkpoint.check();
            keep(b.get(), part, limit, kept, comparator);
          }
        }
      }
    }
    List<Found> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparing(Found::at, comparator));
    return sorted;
  }

  private void keep(
      RowBlock block,
      int part,
      int limit,
      PriorityQueue<Found> kept,
      Comparator<RowPosition> comparator)
      throws IOException {
    int[] rows = matching(block, 0);
    if (rows.length == 0) {
      return;
    }
    ColumnValues keys = block.column(order.orElseThrow().column());
    ColumnValues[] values = columnsOf(block);
    for (int row : rows) {
      RowPosition at = new RowPosition(keys.value(row), part, block.first() + row);
      boolean past = after.isEmpty() || comparator.compare(at, after.get()) > 0;
      if (past && (kept.size() <= limit || comparator.compare(at, kept.peek().at()) < 0)) {
        kept.add(new Found(at, values(values, row)));
        if (kept.size() > limit + 1) {
          kept.poll();
        }
      }
    }
  }

  /** Parts, those whose bounds promise the first rows before others. */
  private static List<Integer> bestFirst(RowSource source, RowOrder by) {
    return IntStream.range(0, source.parts())
        .boxed()
        .sorted((a, b) -> compareBest(best(source, a, by), best(source, b, by), by))
        .toList();
  }

  /** Parts whose best is unknown come first: they may hold anything. */
  private static int compareBest(Object a, Object b, RowOrder by) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return by.keys(a, b);
  }

  private static Object best(RowSource source, int part, RowOrder by) {
    return source
        .range(part, by.column())
        .map(r -> (Object) (by.descending() ? r.most() : r.least()))
        .orElse(null);
  }

  /** Whether no row of a part can be among the first. */
  private static boolean isLate(
      RowSource source, int part, RowOrder by, PriorityQueue<Found> kept, int limit) {
    Object best = best(source, part, by);
    if (best == null || kept.size() <= limit || kept.peek().at().key() == null) {
      return false;
    }
    // NaN is the largest of all and in no bounds.
    boolean mayHoldNaN = by.descending() && best instanceof Double;
    return !mayHoldNaN && by.keys(best, kept.peek().at().key()) > 0;
  }
}
