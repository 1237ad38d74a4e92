package org.cornerturn.jobs.image;

import java.util.List;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;

/**
 * What the table of images says of one; null or NaN for what isn't known.
 *
 * @param weighting of visibilities, or of images
 * @param samples that were gridded
 * @param components that were taken
 * @param cycles minor cycles
 * @param thermalJy noise of the receivers, Jy/beam
 * @param check beside a catalogue
 * @param findings what is wrong with it
 */
public record ImageRow(
    Made made,
    Shown shown,
    String weighting,
    Long samples,
    GaussianBeam beam,
    Long components,
    Long cycles,
    ImageQuality quality,
    double thermalJy,
    CatalogCheck check,
    List<String> findings) {

  /**
   * Where it comes from.
   *
   * @param product id
   * @param kind dirty, clean or mosaic
   * @param input what it was made of
   */
  public record Made(
      String product,
      String root,
      String name,
      String kind,
      String input,
      String dataGroup,
      String software) {}

  /** What it shows. */
  public record Shown(
      String field,
      String polarization,
      IcrsDirection centre,
      int width,
      int height,
      double pixelRad,
      double lowHz,
      double highHz,
      double startUnix,
      double endUnix) {}

  public ImageRow {
    findings = List.copyOf(findings);
  }
}
