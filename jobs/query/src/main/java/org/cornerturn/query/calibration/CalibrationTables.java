package org.cornerturn.query.calibration;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.table.Tables;
import org.cornerturn.table.Condition;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowQuery;
import org.cornerturn.table.TableSnapshot;

/** Rows of the warehouse's tables of calibration, by the names of their columns. */
final class CalibrationTables {
  static final String SETS = "calibration_sets";
  static final String QUALITY = "calibration_qa";
  static final String GAINS = "gain_solutions";
  static final String APPLIED = "calibrations_applied";

  /** Column of all of them that names a set. */
  static final String SOLUTIONS = "solutions";

  private final Tables tables;
  private final Limit mostValues;

  CalibrationTables(Tables tables, Limit mostValues) {
    this.tables = tables;
    this.mostValues = mostValues;
  }

  /**
   * Rows of a table.
   *
   * @param version of the table; empty where there is none
   */
  record Rows(StructType schema, List<Object[]> all, String version) {
    /** A row's value, null where the table lacks the column. */
    Object value(Object[] row, String column) {
      int at = schema.indexOf(column);
      return at < 0 ? null : row[at];
    }

    String text(Object[] row, String column) {
      return (String) value(row, column);
    }

    /** A number; NaN where there is none. */
    double number(Object[] row, String column) {
      Object v = value(row, column);
      return v == null ? Double.NaN : ((Number) v).doubleValue();
    }

    /** Microseconds since 1970; the smallest number where there is none. */
    long moment(Object[] row, String column) {
      Object v = value(row, column);
      return v == null ? Long.MIN_VALUE : (Long) v;
    }

    List<?> list(Object[] row, String column) {
      Object v = value(row, column);
      return v == null ? List.of() : (List<?>) v;
    }

    /** The same, the greatest moment of a column first. */
    Rows newestFirst(String column) {
      List<Object[]> sorted = new ArrayList<>(all);
      sorted.sort(Comparator.comparingLong((Object[] r) -> moment(r, column)).reversed());
      return new Rows(schema, sorted, version);
    }
  }

  /**
   * Rows whose texts are these.
   *
   * @param equal texts by column; all rows for none
   * @param columns wanted; empty for all. Those that the table lacks are left out
   * @throws Problem 413 where they are too many
   */
  Rows rows(String table, Map<String, String> equal, List<String> columns, Deadline deadline) {
    Optional<TableSnapshot> found = tables.latest(table);
    if (found.isEmpty()) {
      return new Rows(new StructType(), List.of(), "");
    }
    TableSnapshot t = found.get();
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, String> e : new TreeMap<>(equal).entrySet()) {
      if (t.schema().indexOf(e.getKey()) < 0) {
        throw Problem.unprocessable("The table " + table + " has other columns than Cornerturn's");
      }
      conditions.add(
          new Condition(e.getKey(), Condition.Operator.EQ, List.of((Object) e.getValue())));
    }
    Set<String> wanted = new LinkedHashSet<>(columns.isEmpty() ? t.schema().fieldNames() : columns);
    wanted.removeIf(c -> t.schema().indexOf(c) < 0);
    RowQuery query =
        new RowQuery(List.copyOf(wanted), conditions, Optional.empty(), Optional.empty());
    List<Object[]> rows = new ArrayList<>();
    long values = 0;
    try (RowCursor cursor = query.open(t, deadline::check)) {
      while (cursor.advance()) {
        Object[] row = cursor.values();
        rows.add(row);
        for (Object v : row) {
          values += v instanceof List<?> list ? list.size() : 1;
        }
        mostValues.check(values);
      }
    } catch (IOException e) {
      throw Problem.badGateway("The table " + table + " can't be read", e);
    }
    return new Rows(query.schemaOf(t.schema()), rows, t.id() + "@" + t.version());
  }
}
