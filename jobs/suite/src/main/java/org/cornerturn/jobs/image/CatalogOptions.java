package org.cornerturn.jobs.image;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.cornerturn.jobs.model.CatalogSources;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import picocli.CommandLine.Option;

/** What images are held beside. */
public final class CatalogOptions {
  @Option(
      names = "--catalog",
      paramLabel = "TABLE",
      description =
          "Delta table of sources that images are held beside: flux scale, positions,"
              + " completeness.")
  private String catalog;

  @Option(
      names = "--catalog-min-mjy",
      paramLabel = "MJY",
      defaultValue = "10",
      description = "Fainter sources of it don't count (${DEFAULT-VALUE}).")
  private double leastMjy;

  /**
   * What images are held beside.
   *
   * @param catalog URI of a Delta table of sources; null for none
   * @param minFluxJy fainter sources don't count
   */
  public record Check(String catalog, double minFluxJy) implements Serializable {
    /** Spectral index of a catalogue's sources. */
    private static final double USUAL_INDEX = -0.7;

    /**
     * The sources within an angle of a direction; empty without a catalogue.
     *
     * @param fingerprint learns of them
     */
    public List<SkyComponent> sources(
        IcrsDirection middle, double reachRad, Map<String, String> hadoop, Fingerprint fingerprint)
        throws IOException {
      if (catalog == null) {
        return List.of();
      }
      List<SkyComponent> sources =
          new CatalogSources(catalog, USUAL_INDEX, hadoop).around(middle, reachRad, minFluxJy);
      fingerprint.with("sources", sources);
      return sources;
    }
  }

  public Check check() {
    OptionRange.require(leastMjy >= 0, "--catalog-min-mjy " + leastMjy, "Use 0 or more");
    return new Check(MaskOptions.uri(catalog), leastMjy / 1000);
  }
}
