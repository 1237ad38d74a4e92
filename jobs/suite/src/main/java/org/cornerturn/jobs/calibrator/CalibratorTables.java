package org.cornerturn.jobs.calibrator;

import org.cornerturn.table.TableDefinition;

/** The tables of a warehouse that tell of calibrators. */
final class CalibratorTables {
  /** Column by which calibrators are replaced. */
  static final String NAME = "name";

  /** Column by which transits are replaced. */
  static final String TRANSIT = "transit";

  private static final TableDefinition BANDS =
      TableDefinition.named("bands", "what a list says of a band")
          .text("band", "its letter")
          .real("frequency", "Hz", "centre of the band")
          .real("flux", "Jy", "flux density; null where the list has none")
          .text("codes", "structure for the configurations A, B, C, D: P S W C X ?")
          .real("uv_min", "klambda", "shortest baselines to use; null for any")
          .real("uv_max", "klambda", "longest baselines to use; null for any");

  /** A row for each source. */
  static final TableDefinition CALIBRATORS =
      TableDefinition.named("calibrators", "Sources by which gains are found: a row for each")
          .text(NAME, "by which it is called")
          .texts("aliases", "other names of it")
          .real("ra", "deg", "right ascension, ICRS")
          .real("dec", "deg", "declination, ICRS")
          .text("position_code", "A (better than 0.002 arcsec), B (0.01), C (0.15), T; else null")
          .real("flux", "Jy", "flux density at the frequency; null where unknown")
          .real("frequency", "Hz", "of the flux density")
          .real("spectral_index", "1", "alpha of S ~ nu^alpha; null where unknown")
          .real("compactness", "1", "share of the flux that is in a point; null where unknown")
          .real("score", "1", "merit, 0 to 100: the sum of the next three")
          .real("score_flux", "1", "points for its flux, 0 to 40")
          .real("score_spectrum", "1", "points for a flat spectrum, 0 to 30")
          .real("score_compactness", "1", "points for being compact, 0 to 30")
          .text("catalogue", "registered: chosen by somebody; else the list that it is from")
          .text("state", "active, or retired: not to be used any more")
          .rows("bands", BANDS, "what the list says, band by band")
          .text("notes", "what somebody wrote of it; else null")
          .moment("changed", "when this row was written");

  /** A row for each predicted transit over a site. */
  static final TableDefinition TRANSITS =
      TableDefinition.named(
              "calibrator_transits", "When calibrators pass the meridian of a site: a row for each")
          .text(TRANSIT, "SITE/CALIBRATOR/number of the transit since 2000")
          .text("calibrator", "its name in the table calibrators")
          .text("site", "name of the instrument")
          .moment("time", "of the transit, UTC")
          .real("mjd", "d", "the same as modified Julian date, UTC")
          .real(
              "sidereal_time", "deg", "local apparent sidereal time: its apparent right ascension")
          .real("declination", "deg", "apparent declination")
          .real("elevation", "deg", "above the horizon, without refraction")
          .real("offset", "deg", "its declination less the array's; null where that is not given")
          .real("response", "1", "of the antennas' beam at that offset; null as offset")
          .real("priority", "1", "which to wait for, when this was predicted; null as offset")
          .text("group_id", "observation (uvh5_files) that covers it; null where there is none")
          .real("group_offset", "min", "middle of that observation less the transit")
          .moment("predicted", "when this row was written");

  private CalibratorTables() {}
}
