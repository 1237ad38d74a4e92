package org.cornerturn.jobs.photometry;

import org.cornerturn.catalogue.Healpix;
import org.cornerturn.table.TableDefinition;

/** The table of forced fluxes. */
public final class PhotometryTable {
  /** Column by which fluxes are replaced. */
  static final String EPOCH = "epoch";

  public static final TableDefinition PHOTOMETRY =
      TableDefinition.named("photometry", "fluxes at given places: a row for each place and image")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .text("source_id", "name of the place (meta.id)")
          .real("mjd", "d", "middle of the observation, UTC; null where unknown (time.epoch)")
          .real("ra_deg", "deg", "right ascension, ICRS (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "declination, ICRS (pos.eq.dec;meta.main)")
          .text(EPOCH, "image and list of places: rows are replaced by it")
          .text("image", "URI of the image, of an interval with its number (meta.ref.uri)")
          .text("places", "the list of places: sources, a table's or a file's name")
          .real("freq_hz", "Hz", "middle of the band; null where unknown (em.freq)")
          .real("flux_mjy", "mJy", "of a point there; may be negative (phot.flux.density;em.radio)")
          .real("flux_err_mjy", "mJy", "error, correlation of the noise counted (stat.error)")
          .real("snr", null, "flux over error (stat.snr)")
          .real("upper_limit_mjy", "mJy", "3 errors above flux or 0; null of a flux above 3 errors")
          .real("rms_mjy_beam", "mJy/beam", "noise of a pixel there (stat.stdev)")
          .real("background_mjy_beam", "mJy/beam", "level that was taken away")
          .real("chi2", null, "of the pixels about the place (stat.fit.chi2)")
          .count("dof", null, "degrees of freedom of chi2 (stat.fit.dof)")
          .count("blended", null, "places whose fluxes were found together with it, and itself")
          .real("ref_flux_mjy", "mJy", "flux that the list of places has; null where none")
          .real("x", "pixel", "column in the image, from 0")
          .real("y", "pixel", "row in the image, from 0")
          .real("separation_deg", "deg", "from the image's reference")
          .real("pb_gain", null, "response of the antennas, by which fluxes are divided; or null")
          .real("beam_maj_arcsec", "arcsec", "clean beam")
          .real("beam_min_arcsec", "arcsec", "clean beam, across")
          .real("beam_pa_deg", "deg", "clean beam, position angle")
          .text("source_version", "version of the image: changes when its pixels do")
          .text("pipeline_version", "version of Cornerturn")
          .moment("created_at", "when this row was written");

  private PhotometryTable() {}
}
