package org.cornerturn.jobs.catalogue;

import org.cornerturn.catalogue.Healpix;
import org.cornerturn.table.TableDefinition;

/** The table of sources of all catalogues, in one form. */
public final class CatalogTables {
  /** Column by which catalogues are replaced. */
  static final String SURVEY = "survey";

  /** A row for each source of each catalogue. */
  public static final TableDefinition SOURCES =
      TableDefinition.named(
              "catalog_sources", "Sources of catalogues in one form: a row for each, by place")
          .count(Healpix.COLUMN, null, "HEALPix cell of order 29, nested")
          .text(SURVEY, "name of the catalogue")
          .ucd("meta.id;meta.dataset")
          .text("survey_id", "name in the catalogue; made of the place where it has none")
          .ucd("meta.id;meta.main")
          .real("ra_deg", "deg", "right ascension, ICRS")
          .ucd("pos.eq.ra;meta.main")
          .within(0, 360)
          .real("dec_deg", "deg", "declination, ICRS")
          .ucd("pos.eq.dec;meta.main")
          .within(-90, 90)
          .real("ra_err_arcsec", "arcsec", "error of right ascension on the sky, one sigma")
          .ucd("stat.error;pos.eq.ra")
          .real("dec_err_arcsec", "arcsec", "error of declination, one sigma")
          .ucd("stat.error;pos.eq.dec")
          .real("freq_hz", "Hz", "frequency of the flux densities")
          .ucd("em.freq")
          .within(0, 1e20)
          .real("flux_int_mjy", "mJy", "integrated flux density")
          .ucd("phot.flux.density;em.radio")
          .real("flux_int_err_mjy", "mJy", "its error, one sigma")
          .ucd("stat.error;phot.flux.density")
          .real("flux_peak_mjy_beam", "mJy/beam", "peak brightness")
          .ucd("phot.flux.density;em.radio;stat.max")
          .real("flux_peak_err_mjy_beam", "mJy/beam", "its error, one sigma")
          .ucd("stat.error;phot.flux.density;stat.max")
          .real("maj_arcsec", "arcsec", "major axis, full width at half maximum")
          .ucd("phys.angSize.smajAxis")
          .real("min_arcsec", "arcsec", "minor axis, full width at half maximum")
          .ucd("phys.angSize.sminAxis")
          .real("pa_deg", "deg", "position angle of the major axis, north through east")
          .ucd("pos.posAng")
          .text("size_kind", "of the axes: fitted, deconvolved or limit")
          .real("rms_mjy_beam", "mJy/beam", "noise at the source")
          .ucd("stat.stdev;phot.flux.density")
          .real("beam_maj_arcsec", "arcsec", "resolution of the catalogue, major axis")
          .ucd("pos.angResolution;phys.angSize.smajAxis")
          .real("beam_min_arcsec", "arcsec", "resolution, minor axis")
          .ucd("pos.angResolution;phys.angSize.sminAxis")
          .real("spectral_index", "1", "alpha of S ~ nu^alpha, where the catalogue has it")
          .ucd("spect.index")
          .count("quality_flag", null, "as the catalogue has it; 0 is good")
          .ucd("meta.code.qual")
          .real("epoch_mjd", "d", "when it was observed, modified Julian date")
          .ucd("time.epoch")
          .within(0, 100_000)
          .text("source", "file that it is from")
          .text("source_version", "version of the file")
          .text("pipeline_version", "version of Cornerturn that wrote this row")
          .moment("created_at", "when this row was written");

  private CatalogTables() {}
}
