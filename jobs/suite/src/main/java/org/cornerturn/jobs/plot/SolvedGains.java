package org.cornerturn.jobs.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.Condition;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowQuery;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;

/** Gains of a set of solutions, as the warehouse's table {@code gain_solutions} has them. */
final class SolvedGains {
  private static final String TABLE = "gain_solutions";
  private static final List<String> COLUMNS =
      List.of(
          "measurement_set",
          "term",
          "antenna",
          "receptor",
          "time",
          "frequency",
          "amplitude",
          "phase",
          "delay",
          "refant");

  /** A term of the gains of a measurement set. */
  record TermKey(String measurementSet, String term) {}

  /**
   * Gains of one interval.
   *
   * @param micros middle of the interval, since 1970
   * @param delaySeconds NaN where the term has none
   */
  record Interval(
      long micros, double[] hertz, double[] amplitude, double[] phaseRad, double delaySeconds) {}

  /** Intervals in the order of time, by receptor. */
  record Antenna(Map<String, TreeMap<Long, Interval>> receptors) {}

  /** A term's antennas in the order of the table, and the one that phases are referred to. */
  static final class Term {
    private final Map<String, Antenna> antennas = new LinkedHashMap<>();
    private String refant = "";

    Map<String, Antenna> antennas() {
      return antennas;
    }

    String refant() {
      return refant;
    }
  }

  private SolvedGains() {}

  /**
   * The terms of a set.
   *
   * @param solutions its id, or where it lies
   * @throws UserError where the warehouse has none of it
   */
  static Map<TermKey, Term> read(String solutions, String warehouse, Map<String, String> hadoop)
      throws IOException {
    try (ObjectStore store = Stores.open(warehouse + "/" + TABLE, hadoop)) {
      Optional<TableSnapshot> table =
          new TableReader(store, TableCache.none(), Optional.empty()).latest();
      if (table.isPresent()) {
        Map<TermKey, Term> terms = read(table.get(), "solutions", solutions);
        if (terms.isEmpty()) {
          terms = read(table.get(), "root", OpenSet.absolute(solutions));
        }
        if (!terms.isEmpty()) {
          return terms;
        }
      }
      throw new UserError(
          solutions,
          "the warehouse " + warehouse + " has no gains of it",
          "Name a set by its id or place (cornerturn calibrate tells both), or another --warehouse");
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  private static Map<TermKey, Term> read(TableSnapshot table, String column, String value)
      throws IOException {
    Map<TermKey, Term> terms = new LinkedHashMap<>();
    if (table.schema().indexOf(column) < 0) {
      return terms;
    }
    RowQuery query =
        new RowQuery(
            COLUMNS,
            List.of(new Condition(column, Condition.Operator.EQ, List.of((Object) value))),
            Optional.empty(),
            Optional.empty());
    try (RowCursor rows = query.open(table, () -> {})) {
      while (rows.advance()) {
        add(terms, rows.values());
      }
    }
    return terms;
  }

  private static void add(Map<TermKey, Term> terms, Object[] v) {
    Term term = terms.computeIfAbsent(new TermKey((String) v[0], (String) v[1]), k -> new Term());
    if (v[9] != null) {
      term.refant = (String) v[9];
    }
    term.antennas
        .computeIfAbsent((String) v[2], a -> new Antenna(new TreeMap<>()))
        .receptors()
        .computeIfAbsent((String) v[3], r -> new TreeMap<>())
        .put(
            (Long) v[4],
            new Interval(
                (Long) v[4],
                numbers(v[5]),
                numbers(v[6]),
                numbers(v[7]),
                v[8] == null ? Double.NaN : (Double) v[8]));
  }

  private static double[] numbers(Object list) {
    List<Double> all = new ArrayList<>();
    ((List<?>) list).forEach(n -> all.add((Double) n));
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
