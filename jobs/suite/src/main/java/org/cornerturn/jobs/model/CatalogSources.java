package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/** Sources of a Delta table in the normal form of catalogues, taken as points. */
public final class CatalogSources {
  private static final List<String> COLUMNS =
      List.of("survey_id", "ra_deg", "dec_deg", "flux_int_mjy", "freq_hz");

  private static final TableDefinition TABLE =
      TableDefinition.named("catalog", "sources")
          .text("survey_id", "name in the survey")
          .real("ra_deg", "deg", "right ascension")
          .real("dec_deg", "deg", "declination")
          .real("flux_int_mjy", "mJy", "integrated flux density")
          .real("freq_hz", "Hz", "at this frequency");

  private final String uri;
  private final double index;
  private final Map<String, String> hadoop;

  /**
   * @param uri of the table
   * @param index spectral index of every source
   */
  public CatalogSources(String uri, double index, Map<String, String> hadoop) {
    this.uri = uri;
    this.index = index;
    this.hadoop = S3Settings.completed(hadoop);
  }

  /** The sources of a circle, brightest first. */
  public List<SkyComponent> around(IcrsDirection middle, double radiusRad, double minFluxJy)
      throws IOException {
    DeltaTable table = new DeltaTable(Stores.open(uri, hadoop), TABLE);
    if (!table.exists()) {
      throw new UserError(uri, "there is no Delta table", "Name a table of sources");
    }
    List<SkyComponent> found = new ArrayList<>();
    table.read(
        COLUMNS,
        row -> {
          if (row[1] == null || row[2] == null || row[3] == null) {
            return;
          }
          IcrsDirection direction = IcrsDirection.ofDegrees((Double) row[1], (Double) row[2]);
          double flux = (Double) row[3] / 1000;
          if (flux >= minFluxJy && direction.separationRad(middle) <= radiusRad) {
            String name = row[0] == null ? "source" : (String) row[0];
            double reference = row[4] == null ? ModelSources.STANDARD_HZ : (Double) row[4];
            found.add(
                SkyComponent.point(name, direction, Spectrum.powerLaw(flux, reference, index)));
          }
        });
    if (found.isEmpty()) {
      throw new UserError(
          uri,
          "none of its sources is in the region and bright enough",
          "Widen --radius, lower --min-flux-mjy, or see to --center");
    }
    found.sort(
        Comparator.comparingDouble((SkyComponent c) -> -c.spectrum().fluxJy())
            .thenComparing(SkyComponent::name));
    return found;
  }
}
