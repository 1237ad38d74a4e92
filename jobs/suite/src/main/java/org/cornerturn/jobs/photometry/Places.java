package org.cornerturn.jobs.photometry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.jobs.simulate.SourceCatalog;
import org.cornerturn.jobs.source.SourceTables;
import org.cornerturn.jobs.source.WarehouseRows;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.table.TableDefinition;

/**
 * Places at which fluxes are measured.
 *
 * @param list what they are called together
 */
record Places(String list, List<Place> all) {
  /** More don't fit into memory beside images. */
  private static final int MOST = 20_000_000;

  /**
   * @param fluxMjy that is expected; NaN where none is
   */
  record Place(String id, IcrsDirection direction, double fluxMjy) {}

  private static final TableDefinition CATALOGUE =
      TableDefinition.named("catalog_sources", "sources of surveys")
          .text("survey", "name of the survey")
          .text("survey_id", "name in the survey")
          .real("ra_deg", "deg", "right ascension")
          .real("dec_deg", "deg", "declination")
          .real("flux_int_mjy", "mJy", "integrated flux density");

  /** Of the warehouse's table of sources. */
  static Places ofSources(GlobalOptions global) throws IOException {
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), SourceTables.SOURCES, global.hadoop());
    List<Place> all = new ArrayList<>();
    table.read(
        List.of(SourceTables.SOURCE, "ra_deg", "dec_deg", "flux_peak_mjy_beam"),
        row -> add(all, (String) row[0], row[1], row[2], row[3]));
    if (all.isEmpty()) {
      throw new UserError(
          table.uri(),
          "there are no sources",
          "Make some with cornerturn find-sources and associate, or give --positions");
    }
    return new Places("sources", all);
  }

  /** Of a survey in the warehouse's table of catalogues, or of all of them. */
  static Places ofCatalogue(GlobalOptions global, String survey, double leastMjy)
      throws IOException {
    WarehouseRows table = new WarehouseRows(global.warehouse(), CATALOGUE, global.hadoop());
    List<Place> all = new ArrayList<>();
    table.read(
        List.of("survey", "survey_id", "ra_deg", "dec_deg", "flux_int_mjy"),
        row -> {
          boolean wanted = survey.equals("all") || survey.equalsIgnoreCase((String) row[0]);
          if (wanted && (row[4] == null ? leastMjy <= 0 : (Double) row[4] >= leastMjy)) {
            add(all, row[0] + " " + row[1], row[2], row[3], row[4]);
          }
        });
    if (all.isEmpty()) {
      throw new UserError(
          table.uri(),
          "it has no source of " + survey + " of " + leastMjy + " mJy",
          "Import the catalogue, or lower --min-flux-mjy");
    }
    return new Places("catalogue " + survey, all);
  }

  /** Of a file, as cornerturn simulate reads it. */
  static Places ofFile(GlobalOptions global, String file) throws IOException {
    List<Place> all = new ArrayList<>();
    for (SkyComponent c : SourceCatalog.components(file, TextFile.read(file, global.hadoop()))) {
      all.add(new Place(c.name(), c.direction(), c.spectrum().fluxJy() * 1e3));
    }
    if (all.isEmpty()) {
      throw new UserError(file, "it names no places", "Write a line for each: name,ra_deg,dec_deg");
    }
    return new Places("file " + file.substring(file.lastIndexOf('/') + 1), all);
  }

  /** A place without coordinates is none. */
  private static void add(List<Place> all, String id, Object ra, Object dec, Object flux) {
    if (id == null || ra == null || dec == null || !(Math.abs((Double) dec) <= 90)) {
      return;
    }
    if (all.size() == MOST) {
      throw new UserError(
          "the list of places", "it has more than " + MOST, "Give a higher --min-flux-mjy");
    }
    double value = flux == null ? Double.NaN : (Double) flux;
    all.add(new Place(id, IcrsDirection.ofDegrees((Double) ra, (Double) dec), value));
  }
}
