package org.cornerturn.query.product;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.table.Tables;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowList;
import org.cornerturn.table.RowQuery;
import org.cornerturn.table.TableSnapshot;

/**
 * Runs and products as one would list them, made of the rows of the warehouse's two tables: a run
 * has a row at its start and another at its end, a product one for each making. The newest come
 * first.
 */
final class Ledgers {
  /**
   * One of the two tables.
   *
   * @param name of the table
   * @param key columns by which rows are about the same thing
   * @param time column that orders things
   * @param end column of which a row with a value is newer than one without; else the time decides
   */
  private record Kind(String name, String key, String time, String end) {}

  private static final Kind RUNS = new Kind("runs", "run", "started", "ended");
  private static final Kind PRODUCTS = new Kind("products", "root", "published", "published");

  /**
   * A list at a version of its table.
   *
   * @param version of the table, for ETags; -1 where there is no table yet
   */
  record Listing(RowList rows, String id, long version) {
    /** Positions of a column in rows; -1 where an older table lacks it. */
    int column(String name) {
      return rows.schema().indexOf(name);
    }
  }

  private record FoldKey(String kind, String table, long version) {}

  private final Tables tables;

  Ledgers(Tables tables) {
    this.tables = tables;
  }

  /** Every run once. */
  Listing runs(Deadline deadline) {
    return folded(RUNS, deadline);
  }

  /** The products that are in place: of each root the newest. */
  Listing products(Deadline deadline) {
    return folded(PRODUCTS, deadline);
  }

  private Listing folded(Kind kind, Deadline deadline) {
    Optional<TableSnapshot> table = tables.latest(kind.name());
    if (table.isEmpty()) {
      return new Listing(new RowList(new StructType(), List.of()), "", -1);
    }
    TableSnapshot t = table.get();
    try {
      RowList rows =
          (RowList)
              tables
                  .cache()
                  .value(
                      new FoldKey(kind.name(), t.id(), t.version()),
                      () -> fold(kind, all(t, deadline)));
      return new Listing(rows, t.id(), t.version());
    } catch (IOException e) {
      throw Problem.badGateway("The table " + kind.name() + " can't be read", e);
    }
  }

  private static RowList all(TableSnapshot table, Deadline deadline) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    RowQuery every =
        new RowQuery(table.schema().fieldNames(), List.of(), Optional.empty(), Optional.empty());
    try (RowCursor cursor = every.open(table, deadline::check)) {
      while (cursor.advance()) {
        rows.add(cursor.values());
      }
    }
    return new RowList(table.schema(), rows);
  }

  /** Every making of a product that a table tells of, the newest first. */
  List<Object[]> makings(String product, Deadline deadline) {
    Optional<TableSnapshot> table = tables.latest(PRODUCTS.name());
    if (table.isEmpty() || table.get().schema().indexOf("product") < 0) {
      return List.of();
    }
    try {
      RowList all = all(table.get(), deadline);
      int id = all.schema().indexOf("product");
      List<Object[]> found =
          new ArrayList<>(all.all().stream().filter(r -> product.equals(r[id])).toList());
      found.sort(newestFirst(all.schema().indexOf(PRODUCTS.time())));
      return found;
    } catch (IOException e) {
      throw Problem.badGateway("The table " + PRODUCTS.name() + " can't be read", e);
    }
  }

  private static RowList fold(Kind kind, RowList all) {
    StructType schema = all.schema();
    int key = schema.indexOf(kind.key());
    int time = schema.indexOf(kind.time());
    int end = schema.indexOf(kind.end());
    if (key < 0 || time < 0 || end < 0) {
      throw Problem.unprocessable(
          "The table " + kind.name() + " of the warehouse has other columns than Cornerturn's");
    }
    Map<Object, Object[]> newest = new LinkedHashMap<>();
    for (Object[] row : all.all()) {
      newest.merge(
          row[key] == null ? "" : row[key],
          row,
          (a, b) -> millis(b[end]) >= millis(a[end]) ? b : a);
    }
    List<Object[]> rows = new ArrayList<>(newest.values());
    rows.sort(newestFirst(time));
    return new RowList(schema, rows);
  }

  private static long millis(Object micros) {
    return micros == null ? Long.MIN_VALUE : (Long) micros;
  }

  private static Comparator<Object[]> newestFirst(int time) {
    return Comparator.<Object[]>comparingLong(r -> millis(r[time])).reversed();
  }
}
