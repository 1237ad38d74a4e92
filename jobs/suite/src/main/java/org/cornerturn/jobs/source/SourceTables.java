package org.cornerturn.jobs.source;

import org.cornerturn.catalogue.Healpix;
import org.cornerturn.table.TableDefinition;

/** The tables of what was found in images. */
public final class SourceTables {
  /** Column by which detections are replaced. */
  static final String IMAGE = "image";

  /** Column by which sources are told apart. */
  public static final String SOURCE = "source_id";

  /** A row for each Gaussian in each image. */
  public static final TableDefinition DETECTIONS =
      TableDefinition.named("detections", "sources found in images: a row for each Gaussian")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .real("ra_deg", "deg", "right ascension, ICRS, 0 to 360 (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "declination, ICRS (pos.eq.dec;meta.main)")
          .real("mjd", "d", "middle of the observation, UTC; null where unknown (time.epoch)")
          .text("detection_id", "image, island and component (meta.id;meta.main)")
          .text(IMAGE, "URI of the image, of an interval with its number (meta.ref.uri)")
          .real("ra_err_arcsec", "arcsec", "error along right ascension, on the sky")
          .real("dec_err_arcsec", "arcsec", "error of the declination")
          .real("freq_hz", "Hz", "middle of the band; null where unknown (em.freq)")
          .real("flux_peak_mjy_beam", "mJy/beam", "height (phot.flux.density;em.radio)")
          .real("flux_peak_err", "mJy/beam", "error of the height")
          .real("flux_int_mjy", "mJy", "integral (phot.flux.density;em.radio)")
          .real("flux_int_err_mjy", "mJy", "error of the integral")
          .real("snr", null, "height over noise (stat.snr)")
          .real("maj_arcsec", "arcsec", "fitted full width at half maximum, long axis")
          .real("min_arcsec", "arcsec", "the same across")
          .real("pa_deg", "deg", "position angle of the long axis, from north through east")
          .real("maj_err_arcsec", "arcsec", "error; 0 where the shape is the beam's")
          .real("min_err_arcsec", "arcsec", "error; 0 where the shape is the beam's")
          .real("pa_err_deg", "deg", "error; 0 where the shape is the beam's")
          .real("dc_maj_arcsec", "arcsec", "without the beam; 0 of a point, null if narrower")
          .real("dc_min_arcsec", "arcsec", "without the beam, across")
          .real("dc_pa_deg", "deg", "without the beam")
          .real("compactness", null, "integral over height")
          .text("s_code", "S: alone in its island; M: one of several; C: one of a crowd")
          .texts("flags", "point, extended, blended, edge, unfitted, crowded, truncated")
          .count("island", null, "the island's highest pixel, y times width plus x")
          .count("component", null, "number in the island, the brightest 0")
          .count("components", null, "components of the island")
          .count("island_pixels", null, "pixels of the island")
          .real("background_mjy_beam", "mJy/beam", "level that was taken away")
          .real("rms_mjy_beam", "mJy/beam", "noise (stat.stdev)")
          .real("residual_mean", "mJy/beam", "mean of image less model in the island")
          .real("residual_rms", "mJy/beam", "standard deviation of the same")
          .real("x", "pixel", "column in the image, from 0")
          .real("y", "pixel", "row in the image, from 0")
          .real("pb_gain", null, "response of the antennas, by which fluxes are divided; or null")
          .real("beam_maj_arcsec", "arcsec", "clean beam")
          .real("beam_min_arcsec", "arcsec", "clean beam, across")
          .real("beam_pa_deg", "deg", "clean beam, position angle")
          .text("source_version", "version of the image: changes when its pixels do")
          .text("pipeline_version", "version of Cornerturn")
          .moment("created_at", "when this row was written");

  private static final TableDefinition LINKS =
      TableDefinition.named("links", "a detection of a source")
          .text("detection_id", "in the table detections")
          .text(IMAGE, "in which it is")
          .real("mjd", "d", "middle of the observation, UTC; null where unknown")
          .real("flux_peak_mjy_beam", "mJy/beam", "height")
          .real("flux_peak_err", "mJy/beam", "error of the height")
          .real("separation_arcsec", "arcsec", "from the source's mean place");

  /** A row for each source, whose detections are of any number of images. */
  public static final TableDefinition SOURCES =
      TableDefinition.named("sources", "sources over all epochs: a row for each")
          .count(Healpix.COLUMN, null, "HEALPix cell, nested, order 29 (pos.healpix)")
          .real("ra_deg", "deg", "mean right ascension, ICRS (pos.eq.ra;meta.main)")
          .real("dec_deg", "deg", "mean declination, ICRS (pos.eq.dec;meta.main)")
          .text(SOURCE, "name, from the place of the first detection; stays (meta.id;meta.main)")
          .real("ra_err_arcsec", "arcsec", "error of the mean along right ascension, on the sky")
          .real("dec_err_arcsec", "arcsec", "error of the mean declination")
          .count("detections", null, "of how many epochs (meta.number)")
          .real("first_mjd", "d", "first detection, UTC; null where unknown (time.start)")
          .real("last_mjd", "d", "last detection, UTC; null where unknown (time.end)")
          .real("flux_peak_mjy_beam", "mJy/beam", "weighted mean height")
          .real("flux_peak_err", "mJy/beam", "error of it")
          .real("flux_int_mjy", "mJy", "weighted mean integral")
          .real("flux_max_mjy_beam", "mJy/beam", "largest height")
          .real("snr_max", null, "largest height over noise (stat.snr)")
          .real("compactness", null, "median of integral over height")
          .text("resolved", "yes: more than half of the detections are extended; or no")
          .real("nearest_arcmin", "arcmin", "distance of the nearest other source; null if > 10")
          .count("neighbours_3arcmin", null, "other sources within 3 arcmin")
          .text("isolated", "yes: no other source within 1 arcmin; or no")
          .rows("links", LINKS, "its detections, in the order of time")
          .text("pipeline_version", "version of Cornerturn")
          .moment("updated", "when this row was written");

  private SourceTables() {}
}
