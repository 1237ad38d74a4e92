package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Region;
import org.cornerturn.storage.S3Settings;

/**
 * Circles about the sources of a table: a CSV file whose first line names its columns, or a Delta
 * table in the normal form of catalogues.
 *
 * @param radiusRad of circles where the table tells none
 * @param minFluxJy fainter sources have none; those of which no flux is known have one
 */
public record SourceCircles(String uri, double radiusRad, double minFluxJy) {
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);
  private static final double USUAL_INDEX = -0.7;

  /** A column that may have one of several names, and what its numbers are multiplied with. */
  private record Column(int place, double factor) {
    static Column of(List<String> header, Map<String, Double> names) {
      for (Map.Entry<String, Double> e : names.entrySet()) {
        int place = header.indexOf(e.getKey());
        if (place >= 0) {
          return new Column(place, e.getValue());
        }
      }
      return new Column(-1, 0);
    }

    /** NaN where there is none. */
    double value(String[] cells) {
      boolean there = place >= 0 && place < cells.length && !cells[place].isEmpty();
      return there ? factor * Double.parseDouble(cells[place]) : Double.NaN;
    }
  }

  /**
   * Those within an angle of a direction.
   *
   * @throws UserError where there are none, or the table can't be read
   */
  public List<Region.Circle> around(
      IcrsDirection middle, double reachRad, Map<String, String> hadoop) throws IOException {
    if (!uri.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return new CatalogSources(uri, USUAL_INDEX, hadoop)
          .around(middle, reachRad + radiusRad, minFluxJy).stream()
              .map(s -> new Region.Circle(s.direction(), radiusRad))
              .toList();
    }
    List<Region.Circle> found = new ArrayList<>();
    for (Region.Circle circle : parse(TextFile.read(uri, S3Settings.completed(hadoop)))) {
      if (circle.centre().separationRad(middle) <= reachRad + circle.radiusRad()) {
        found.add(circle);
      }
    }
    if (found.isEmpty()) {
      throw new UserError(
          uri, "none of its sources is in the image", "Lower --mask-min-mjy, or see to --center");
    }
    return found;
  }

  private List<Region.Circle> parse(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    List<String> header =
        lines.isEmpty() ? List.of() : List.of(cells(lines.get(0).toLowerCase(Locale.ROOT)));
    Column ra = Column.of(header, Map.of("ra", 1.0, "ra_deg", 1.0));
    Column dec = Column.of(header, Map.of("dec", 1.0, "dec_deg", 1.0));
    Column radius = Column.of(header, Map.of("radius_arcsec", ARCSEC));
    Column flux = Column.of(header, Map.of("flux_mjy", 1e-3, "flux_int_mjy", 1e-3, "flux_jy", 1.0));
    if (ra.place() < 0 || dec.place() < 0) {
      throw new UserError(
          uri, "its first line names no columns ra and dec", "Begin it with a line ra,dec");
    }
    List<Region.Circle> all = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = cells(lines.get(i));
      try {
        double around = radius.value(cells);
        double declination = dec.value(cells);
        if (!(Math.abs(declination) <= 90) || !Double.isFinite(ra.value(cells))) {
          throw new IllegalArgumentException("no direction");
        }
        Region.Circle circle =
            new Region.Circle(
                IcrsDirection.ofDegrees(
                    ra.value(cells) - 360 * Math.floor(ra.value(cells) / 360), declination),
                Double.isNaN(around) ? radiusRad : around);
        if (!(flux.value(cells) < minFluxJy)) {
          all.add(circle);
        }
      } catch (IllegalArgumentException e) {
        throw new UserError(
            uri, "row " + i + " has no numbers: " + lines.get(i), "Mend this row", e);
      }
    }
    return all;
  }

  private static String[] cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
  }
}
