package org.cornerturn.jobs.catalogue;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.catalogue.Expression;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.catalogue.Separation;
import org.cornerturn.catalogue.Sexagesimal;
import org.cornerturn.radio.CelestialFrame;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.tablefile.FileColumn;
import org.cornerturn.tablefile.FileRows;
import org.cornerturn.tablefile.TableFile;

/** Reads a table by a mapping, row by row, as rows of {@link CatalogTables#SOURCES}. */
final class CatalogReader {
  private static final StructType SCHEMA = CatalogTables.SOURCES.schema();
  private static final int RA = SCHEMA.indexOf("ra_deg");
  private static final int DEC = SCHEMA.indexOf("dec_deg");
  private static final int ID = SCHEMA.indexOf("survey_id");
  private static final int QUALITY = SCHEMA.indexOf("quality_flag");
  private static final Set<String> ANGLES = Set.of("ra_deg", "dec_deg");

  private final CatalogMapping mapping;
  private final TableFile table;
  private final String where;
  private final List<Integer> wanted = new ArrayList<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, Double> factors = new LinkedHashMap<>();
  private final Set<String> missing = new TreeSet<>();
  private final Set<String> texts = new TreeSet<>();
  private long read;
  private long filtered;
  private long placeless;

  /** Receives rows, the provenance still open. */
  @FunctionalInterface
  interface Sink {
    void row(Object[] values) throws IOException;
  }

  CatalogReader(String where, TableFile table, CatalogMapping mapping) {
    this.where = where;
    this.table = table;
    this.mapping = mapping;
    mapping.values().forEach(this::resolve);
    if (mapping.where() != null) {
      resolve("where", mapping.where());
    }
    String id = mapping.texts().get("survey_id");
    if (id != null && table.find(id) >= 0) {
      want(id);
    } else if (id != null) {
      missing.add(id);
    }
  }

  private void want(String column) {
    places.computeIfAbsent(
        column,
        c -> {
          wanted.add(table.find(c));
          return wanted.size() - 1;
        });
  }

  private void resolve(String ours, Expression formula) {
    for (String column : formula.columns()) {
      if (table.find(column) >= 0) {
        want(column);
        continue;
      }
      if (ANGLES.contains(ours) || ours.equals("where")) {
        throw new UserError(
            where,
            "it has no column " + column + ", which " + ours + " is made of",
            "It has " + String.join(", ", table.columns().stream().map(FileColumn::name).toList()));
      }
      missing.add(column);
    }
    if (!ours.equals("where") && formula.isColumn() && table.find(formula.columns().get(0)) >= 0) {
      unit(ours, table.columns().get(table.find(formula.columns().get(0))));
    } else if (mapping.units().containsKey(ours)) {
      factors.put(ours, factor(ours, mapping.units().get(ours)));
    }
  }

  private void unit(String ours, FileColumn column) {
    String unit = mapping.units().getOrDefault(ours, column.unit());
    if (ANGLES.contains(ours) && column.kind() == FileColumn.Kind.TEXT) {
      texts.add(ours);
      boolean degrees = unit.toLowerCase(Locale.ROOT).contains("d:");
      factors.put(ours, ours.equals("ra_deg") && !degrees ? 15.0 : 1.0);
    } else {
      factors.put(ours, unit.isEmpty() ? 1 : factor(ours, unit));
    }
  }

  private double factor(String ours, String unit) {
    Object own = SCHEMA.get(ours).getMetadata().getEntries().get("unit");
    if (own == null || own.equals("1")) {
      return 1;
    }
    OptionalDouble factor = UnitFactor.of(unit, own.toString());
    if (factor.isEmpty()) {
      throw new UserError(
          where,
          "what " + ours + " is made of is in " + unit + ", which doesn't become " + own,
          "Say its unit in the mapping, under units");
    }
    return factor.getAsDouble();
  }

  /** Columns of the mapping that the table doesn't have. */
  Set<String> missing() {
    return missing;
  }

  long read() {
    return read;
  }

  long filtered() {
    return filtered;
  }

  long placeless() {
    return placeless;
  }

  void rows(Sink sink) throws IOException {
    int[] columns = wanted.stream().mapToInt(w -> w).toArray();
    table.read(0, table.units(), columns, rows -> add(rows, sink));
  }

  private void add(FileRows rows, Sink sink) throws IOException {
    Map<String, double[]> reals = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> place : places.entrySet()) {
      String name = place.getKey();
      if (!name.equals(mapping.texts().get("survey_id")) || isUsed(name)) {
        double[] values = rows.reals(place.getValue());
        for (int i = 0; i < rows.count(); i++) {
          if (mapping.blank().contains(values[i])) {
            values[i] = Double.NaN;
          }
        }
        reals.put(name, values);
      }
    }
    for (String angle : texts) {
      String column = mapping.values().get(angle).columns().get(0);
      String[] written = rows.texts(places.get(column));
      double[] values = new double[rows.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Sexagesimal.parse(written[i]);
      }
      reals.put(column, values);
    }
    String id = mapping.texts().get("survey_id");
    String[] ids = id != null && places.containsKey(id) ? rows.texts(places.get(id)) : null;
    for (int i = 0; i < rows.count(); i++) {
      row(reals, ids == null ? null : ids[i], i, sink);
    }
  }

  private boolean isUsed(String column) {
    return mapping.values().values().stream().anyMatch(e -> e.columns().contains(column));
  }

  private void row(Map<String, double[]> reals, String id, int i, Sink sink) throws IOException {
    read++;
    if (mapping.where() != null && value(mapping.where(), reals, i) != 1) {
      filtered++;
      return;
    }
    Object[] row = new Object[SCHEMA.length()];
    for (Map.Entry<String, Expression> e : mapping.values().entrySet()) {
      double v = value(e.getValue(), reals, i) * factors.getOrDefault(e.getKey(), 1.0);
      int at = SCHEMA.indexOf(e.getKey());
      if (at == QUALITY) {
        row[at] = Double.isFinite(v) ? (Object) Math.round(v) : null;
      } else {
        row[at] = Double.isFinite(v) ? (Object) v : null;
      }
    }
    if (row[RA] == null || row[DEC] == null || !(Math.abs((double) row[DEC]) <= 90)) {
      placeless++;
      return;
    }
    double ra = Separation.turned((double) row[RA]);
    double dec = (double) row[DEC];
    if (mapping.frame() != CelestialFrame.ICRS) {
      IcrsDirection icrs = mapping.frame().toIcrs(ra, dec);
      ra = Separation.turned(Math.toDegrees(icrs.raRad()));
      dec = Math.max(-90, Math.min(90, Math.toDegrees(icrs.decRad())));
    }
    row[RA] = ra;
    row[DEC] = dec;
    row[0] = Healpix.finest(ra, dec);
    row[1] = mapping.survey();
    row[ID] = id == null ? named(ra, dec) : id;
    mapping.constants().forEach((k, v) -> row[SCHEMA.indexOf(k)] = v);
    sink.row(row);
  }

  private static double value(Expression of, Map<String, double[]> reals, int row) {
    double[] values = new double[of.columns().size()];
    for (int c = 0; c < values.length; c++) {
      double[] column = reals.get(of.columns().get(c));
      values[c] = column == null ? Double.NaN : column[row];
    }
    return of.of(values);
  }

  /** A name of a place, as the IAU asks for: cut, not rounded. */
  static String named(double raDeg, double decDeg) {
    long tenths = (long) Math.floor(raDeg / 15 * 36_000);
    long seconds = (long) Math.floor(Math.abs(decDeg) * 3600);
    return String.format(
        Locale.ROOT,
        "J%02d%02d%02d.%d%s%02d%02d%02d",
        tenths / 36_000,
        tenths / 600 % 60,
        tenths / 10 % 60,
        tenths % 10,
        decDeg < 0 ? "-" : "+",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60);
  }
}
