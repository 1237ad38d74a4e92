package org.cornerturn.jobs.variability;

import org.cornerturn.catalogue.Healpix;
import org.cornerturn.table.TableDefinition;

/** The tables of how sources vary. */
public final class VariabilityTables {
  static final String SOURCE = "source_id";
  static final String ALERT = "alert_id";

  /** A row for each source. */
  public static final TableDefinition STATS =
      TableDefinition.named("variability_stats", "how sources vary: a row for each")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .text(SOURCE, "name (meta.id;meta.main)")
          .real("ra_deg", "deg", "right ascension, ICRS (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "declination, ICRS (pos.eq.dec;meta.main)")
          .count("epochs", null, "points of its light curve (meta.number)")
          .real("mean_mjy", "mJy", "mean flux (stat.mean)")
          .real("weighted_mean_mjy", "mJy", "mean with weights 1/error^2")
          .real("std_mjy", "mJy", "standard deviation (stat.stdev)")
          .real("v", null, "standard deviation over mean")
          .real("eta_metric", null, "eta: reduced weighted chi squared about the weighted mean")
          .real("chi2_nu", null, "reduced chi squared about the mean")
          .real("sigma_deviation", null, "largest distance from the mean over the deviation")
          .real("outlier_sigma", null, "largest distance from the mean of the others, in errors")
          .real("vs", null, "of the two points that differ most: difference over error")
          .real("m", null, "of the same two: difference over mean")
          .text("variable", "yes: outlier_sigma, chi2_nu and eta_metric all above threshold; or no")
          .real("ese_score", null, "0 to 10, from outlier_sigma, chi2_nu and eta_metric")
          .text("ese_class", "high from 7, medium from 4, else low")
          .real("dip_sigma", null, "significance of the lowest stretch; null where there is none")
          .real("dip_depth", null, "how much lower it is, relative to the rest")
          .real("dip_start_mjd", "d", "its first point (time.start)")
          .real("dip_end_mjd", "d", "its last point (time.end)")
          .text("reference", "yes: it told the flux scale of epochs; or no")
          .text("pipeline_version", "version of Cornerturn")
          .moment("updated", "when this row was written");

  /** A row for each source, its points in lists. */
  public static final TableDefinition LIGHT_CURVES =
      TableDefinition.named("light_curves", "light curves: a row for each source")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .text(SOURCE, "name (meta.id;meta.main)")
          .real("ra_deg", "deg", "right ascension, ICRS (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "declination, ICRS (pos.eq.dec;meta.main)")
          .reals("mjd", "d", "middles of the observations, UTC, ascending (time.epoch)")
          .reals("flux_mjy", "mJy", "on the common scale (phot.flux.density;em.radio)")
          .reals("flux_err_mjy", "mJy", "errors (stat.error)")
          .reals("norm_factor", null, "by which the measured fluxes were divided")
          .texts("image", "images of the points")
          .moment("updated", "when this row was written");

  /** A row for each thing that happened to a source. */
  public static final TableDefinition ALERTS =
      TableDefinition.named("alerts", "what happened to sources: a row for each event")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .text(ALERT, "source and kind (meta.id;meta.main)")
          .text(SOURCE, "name")
          .real("ra_deg", "deg", "right ascension, ICRS (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "declination, ICRS (pos.eq.dec;meta.main)")
          .text("kind", "ese, new, missing, brightening, fading or variable")
          .text("level", "critical from 10 sigma, high from 7, else medium")
          .real("significance", null, "difference over its error (stat.snr)")
          .real("ratio", null, "flux over that before; of an event in it over the rest; or null")
          .real("mjd", "d", "of the point; of an event its lowest stretch's first (time.epoch)")
          .real("flux_mjy", "mJy", "at that time")
          .real("before_mjy", "mJy", "mean of earlier points; of an event of the others")
          .text("image", "in which it was seen")
          .text("status", "active, or what somebody has set; stays when this is found again")
          .moment("raised", "when it was found first")
          .moment("updated", "when this row was written");

  private VariabilityTables() {}
}
