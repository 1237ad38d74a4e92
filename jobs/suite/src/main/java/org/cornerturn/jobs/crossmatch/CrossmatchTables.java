package org.cornerturn.jobs.crossmatch;

import org.cornerturn.catalogue.Healpix;
import org.cornerturn.table.TableDefinition;

/** The tables of matches. */
final class CrossmatchTables {
  /** Column by which both are replaced. */
  static final String MATCH = "match";

  /** A row for each pair. */
  static final TableDefinition PAIRS =
      pairs(
          TableDefinition.named("crossmatches", "Pairs of rows of two catalogues: a row for each")
              .text(MATCH, "name of the match"));

  /** A row for each match. */
  static final TableDefinition STATISTICS =
      TableDefinition.named("crossmatch_stats", "What matches came to: a row for each")
          .text(MATCH, "its name")
          .text("left_catalog", "where the left table lies")
          .text("right_catalog", "where the right table lies")
          .text("mode", "which pairs were wanted")
          .real("radius", "arcsec", "largest separation of a pair")
          .count("left_rows", null, "rows that were read")
          .count("right_rows", null, "rows that were read")
          .count("left_placeless", null, "of them without a place on the sphere, left out")
          .count("right_placeless", null, "of them without a place on the sphere, left out")
          .count("pairs", null, "pairs, lone rows not counted")
          .count("left_matched", null, "left rows with a partner")
          .real("offset_ra", "arcsec", "median of right less left right ascension, on the sky")
          .real("offset_ra_error", "arcsec", "standard error of it")
          .real("offset_ra_sigma", "arcsec", "scatter: 1.4826 times the median deviation")
          .real("offset_dec", "arcsec", "median of right less left declination")
          .real("offset_dec_error", "arcsec", "standard error of it")
          .real("offset_dec_sigma", "arcsec", "scatter: 1.4826 times the median deviation")
          .real("separation", "arcsec", "median separation")
          .count("fluxes", null, "pairs of which both have a flux above 0")
          .real("flux_ratio", "1", "median of right over left flux; null without fluxes")
          .real("flux_ratio_error", "1", "standard error of it")
          .real("flux_ratio_sigma", "1", "relative scatter: that of its logarithm")
          .real("flux_scale", "1", "what right fluxes are to be multiplied by: 1 / flux_ratio")
          .text("quality", "of the offset: excellent (< 2 arcsec), good (5), fair (10), poor")
          .text("product", "id of the product")
          .moment("matched", "when this row was written");

  private CrossmatchTables() {}

  /** The columns of a pair behind others. */
  static TableDefinition pairs(TableDefinition before) {
    return before
        .text("left_id", "id of the left row; its number where it has none")
        .ucd("meta.id")
        .text("right_id", "id of the right row; null where there is no partner")
        .ucd("meta.id.cross")
        .count("left_row", null, "number of the left row in its table, from 0")
        .count("right_row", null, "number of the right row")
        .real("left_ra", "deg", "right ascension of the left row")
        .ucd("pos.eq.ra")
        .within(0, 360)
        .real("left_dec", "deg", "declination of the left row")
        .ucd("pos.eq.dec")
        .within(-90, 90)
        .real("right_ra", "deg", "right ascension of the right row")
        .ucd("pos.eq.ra")
        .within(0, 360)
        .real("right_dec", "deg", "declination of the right row")
        .ucd("pos.eq.dec")
        .within(-90, 90)
        .real("separation", "arcsec", "between the two")
        .ucd("pos.angDistance")
        .real("offset_ra", "arcsec", "right less left right ascension, on the sky")
        .real("offset_dec", "arcsec", "right less left declination")
        .count("rank", null, "1 for the nearest of the left row's partners")
        .real("de_ruiter", "1", "separation in units of both errors; null without errors")
        .real("left_flux", null, "as in its table; null where not asked for")
        .ucd("phot.flux.density")
        .real("right_flux", null, "as in its table; null where not asked for")
        .ucd("phot.flux.density")
        .count(Healpix.COLUMN, null, "HEALPix cell of order 29, nested, of the left row");
  }
}
