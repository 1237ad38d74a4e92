package org.cornerturn.jobs.model;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsTable;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Region;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/**
 * Circles about the sources of a table: a CSV file whose first line names its columns, a table in a
 * FITS file, or a Delta table in the normal form of catalogues.
 *
 * @param radiusRad of circles where the table tells none
 * @param minFluxJy fainter sources have none; those of which no flux is known have one
 */
public record SourceCircles(String uri, double radiusRad, double minFluxJy) {
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);
  private static final double USUAL_INDEX = -0.7;

  /** Names that a column may have, and what its numbers are multiplied with. */
  private static final List<Map<String, Double>> NAMES =
      List.of(
          Map.of("ra", 1.0, "ra_deg", 1.0, "raj2000", 1.0, "_raj2000", 1.0),
          Map.of("dec", 1.0, "dec_deg", 1.0, "dej2000", 1.0, "decj2000", 1.0, "_dej2000", 1.0),
          Map.of("radius_arcsec", ARCSEC),
          Map.of("flux_mjy", 1e-3, "flux_int_mjy", 1e-3, "flux_jy", 1.0));

  private static final int RA = 0;
  private static final int DEC = 1;
  private static final int RADIUS = 2;
  private static final int FLUX = 3;

  /**
   * Which column of a table is which.
   *
   * @param places -1 where there is none
   */
  private record Columns(int[] places, double[] factors) {
    static Columns of(List<String> header) {
      int[] places = new int[NAMES.size()];
      double[] factors = new double[NAMES.size()];
      Arrays.fill(places, -1);
      for (int c = 0; c < places.length; c++) {
        for (int i = 0; i < header.size() && places[c] < 0; i++) {
          Double factor = NAMES.get(c).get(header.get(i).toLowerCase(Locale.ROOT));
          if (factor != null) {
            places[c] = i;
            factors[c] = factor;
          }
        }
      }
      return new Columns(places, factors);
    }

    boolean hasDirections() {
      return places[RA] >= 0 && places[DEC] >= 0;
    }
  }

  /**
   * Those within an angle of a direction.
   *
   * @throws UserError where there are none, or the table can't be read
   */
  public List<Region.Circle> around(
      IcrsDirection middle, double reachRad, Map<String, String> hadoop) throws IOException {
    String lower = uri.toLowerCase(Locale.ROOT);
    boolean isText = lower.endsWith(".csv");
    if (!isText && !lower.matches(".*\\.fi?ts?")) {
      return new CatalogSources(uri, USUAL_INDEX, hadoop)
          .around(middle, reachRad + radiusRad, minFluxJy).stream()
              .map(s -> new Region.Circle(s.direction(), radiusRad))
              .toList();
    }
    List<Region.Circle> found = new ArrayList<>();
    Consumer<Region.Circle> near =
        circle -> {
          if (circle.centre().separationRad(middle) <= reachRad + circle.radiusRad()) {
            found.add(circle);
          }
        };
    if (isText) {
      parse(TextFile.read(uri, S3Settings.completed(hadoop)), near);
    } else {
      fits(S3Settings.completed(hadoop), near);
    }
    if (found.isEmpty()) {
      throw new UserError(
          uri, "none of its sources is in the image", "Lower --mask-min-mjy, or see to --center");
    }
    return found;
  }

  private void parse(String text, Consumer<Region.Circle> to) {
    List<String> lines = text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    Columns columns = Columns.of(lines.isEmpty() ? List.of() : List.of(cells(lines.get(0))));
    if (!columns.hasDirections()) {
      throw new UserError(
          uri, "its first line names no columns ra and dec", "Begin it with a line ra,dec");
    }
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = cells(lines.get(i));
      double[] values = new double[NAMES.size()];
      try {
        for (int c = 0; c < values.length; c++) {
          int place = columns.places()[c];
          boolean there = place >= 0 && place < cells.length && !cells[place].isEmpty();
          values[c] = there ? columns.factors()[c] * Double.parseDouble(cells[place]) : Double.NaN;
        }
        circle(values, to);
      } catch (IllegalArgumentException e) {
        throw new UserError(
            uri, "row " + i + " has no numbers: " + lines.get(i), "Mend this row", e);
      }
    }
  }

  /** The rows of the first table of a FITS file; directions in degrees, or as their units say. */
  private void fits(Map<String, String> hadoop, Consumer<Region.Circle> to) throws IOException {
    try (ObjectStore store = Stores.open(FileUri.folder(uri), hadoop);
        ObjectChannel file = store.open(FileUri.key(uri))) {
      FitsTable table = FitsTable.open(file);
      Columns columns = Columns.of(table.columns().stream().map(FitsTable.Column::name).toList());
      if (!columns.hasDirections()) {
        throw new UserError(
            uri, "its table has no columns ra and dec", "Name these columns RA and DEC");
      }
      int[] there =
          IntStream.range(0, NAMES.size()).filter(c -> columns.places()[c] >= 0).toArray();
      double[] factors = columns.factors().clone();
      for (int c : new int[] {RA, DEC}) {
        String unit = table.columns().get(columns.places()[c]).unit();
        factors[c] = unit.matches("(?i)rad(ians?)?") ? Math.toDegrees(1) : 1;
      }
      double[] values = new double[NAMES.size()];
      table.read(
          Arrays.stream(there).map(c -> columns.places()[c]).toArray(),
          (row, numbers) -> {
            Arrays.fill(values, Double.NaN);
            for (int i = 0; i < there.length; i++) {
              values[there[i]] = factors[there[i]] * numbers[i];
            }
            try {
              circle(values, to);
            } catch (IllegalArgumentException e) {
              throw new UserError(uri, "row " + (row + 1) + " has no direction", "Mend it", e);
            }
          });
    } catch (NoSuchFileException e) {
      throw new UserError(uri, "there is no such file", "Name one that there is", e);
    } catch (FitsException e) {
      throw new UserError(uri, e.getMessage(), "Name a table in FITS", e);
    }
  }

  /**
   * @throws IllegalArgumentException for what is no direction
   */
  private void circle(double[] values, Consumer<Region.Circle> to) {
    double ra = values[RA];
    if (!(Math.abs(values[DEC]) <= 90) || !Double.isFinite(ra)) {
      throw new IllegalArgumentException("no direction");
    }
    Region.Circle circle =
        new Region.Circle(
            IcrsDirection.ofDegrees(ra - 360 * Math.floor(ra / 360), values[DEC]),
            Double.isNaN(values[RADIUS]) ? radiusRad : values[RADIUS]);
    if (!(values[FLUX] < minFluxJy)) {
      to.accept(circle);
    }
  }

  private static String[] cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
  }
}
