package org.cornerturn.jobs.catalogue;

import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.tablefile.FileColumn;
import org.cornerturn.tablefile.TableFile;

/** Which columns of a table say what, where it isn't told: by the names that catalogues use. */
public final class ColumnChoice {
  private static final List<String> RA =
      List.of(
          "ra_deg",
          "ra",
          "raj2000",
          "_raj2000",
          "ra_icrs",
          "ra_j2000",
          "alpha_j2000",
          "right_ascension");
  private static final List<String> DEC =
      List.of(
          "dec_deg",
          "dec",
          "decl",
          "dej2000",
          "_dej2000",
          "dec_icrs",
          "de_icrs",
          "dec_j2000",
          "delta_j2000",
          "decj2000",
          "declination");
  private static final List<String> ID =
      List.of("source_id", "survey_id", "id", "name", "objid", "component_name", "gaus_id");

  private final String where;
  private final TableFile table;

  /**
   * @param where the table lies
   */
  public ColumnChoice(String where, TableFile table) {
    this.where = where;
    this.table = table;
  }

  /** A column that was named. */
  public FileColumn named(String name) {
    int at = table.find(name);
    if (at < 0) {
      throw new UserError(
          where,
          "it has no column " + name,
          "It has " + String.join(", ", table.columns().stream().map(FileColumn::name).toList()));
    }
    return table.columns().get(at);
  }

  private FileColumn known(String asked, List<String> names, String what, String option) {
    if (asked != null) {
      return named(asked);
    }
    for (String name : names) {
      int at = table.find(name);
      if (at >= 0) {
        return table.columns().get(at);
      }
    }
    throw new UserError(
        where,
        "no column of it is known to be " + what,
        "Name it with "
            + option
            + "; it has "
            + String.join(", ", table.columns().stream().map(FileColumn::name).toList()));
  }

  /**
   * Right ascension.
   *
   * @param asked its name; null to look for it
   * @param option that names it
   */
  public FileColumn ra(String asked, String option) {
    return number(known(asked, RA, "right ascension", option), option);
  }

  public FileColumn dec(String asked, String option) {
    return number(known(asked, DEC, "declination", option), option);
  }

  private FileColumn number(FileColumn column, String option) {
    if (column.kind() == FileColumn.Kind.TEXT) {
      throw new UserError(
          where,
          "its column " + column.name() + " has texts",
          "Name one with numbers by "
              + option
              + ", or import the table by a mapping, which reads hours and minutes");
    }
    return column;
  }

  /** What tells rows apart; null where nothing is known to. */
  public FileColumn id(String asked) {
    if (asked != null) {
      return named(asked);
    }
    for (String name : ID) {
      int at = table.find(name);
      if (at >= 0 && table.columns().get(at).kind() != FileColumn.Kind.REAL) {
        return table.columns().get(at);
      }
    }
    return null;
  }

  /**
   * Degrees of a column's unit.
   *
   * @throws UserError where it is no angle
   */
  public double degrees(FileColumn column) {
    return switch (column.unit().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")) {
      case "", "deg", "degree", "degrees" -> 1;
      case "rad", "radian", "radians" -> 180 / Math.PI;
      case "h", "hr", "hour", "hours", "hourangle" -> 15;
      case "arcmin" -> 1 / 60.0;
      case "arcsec" -> 1 / 3600.0;
      case "mas" -> 1 / 3.6e6;
      default ->
          throw new UserError(
              where,
              "its column " + column.name() + " is in " + column.unit(),
              "Name another, or import the table by a mapping");
    };
  }
}
