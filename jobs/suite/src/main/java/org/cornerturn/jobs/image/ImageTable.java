package org.cornerturn.jobs.image;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.TableDefinition;

/** The warehouse's table of images. */
public final class ImageTable {
  public static final TableDefinition IMAGES =
      TableDefinition.named("images", "images and what was measured of them: a row for each")
          .text("product", "id of the product")
          .text("root", "where it lies")
          .text("name", "with which its files begin")
          .text("kind", "dirty, clean or mosaic")
          .text("input", "processing set that was imaged, or images of a mosaic")
          .text("data_group", "data group that was imaged")
          .text("field", "name of the field")
          .text("polarization", "Stokes I or a parallel hand")
          .real("ra", "deg", "right ascension of the middle, ICRS")
          .real("dec", "deg", "declination of the middle, ICRS")
          .count("width", null, "pixels along right ascension")
          .count("height", null, "pixels along declination")
          .real("scale", "arcsec", "side of a pixel")
          .real("frequency_low", "Hz", "lower end of the band")
          .real("frequency_high", "Hz", "upper end of the band")
          .moment("started", "beginning of the data")
          .moment("ended", "end of the data")
          .text("weighting", "of the visibilities")
          .count("samples", null, "samples (baseline, time, channel) that were gridded")
          .real("beam_major", "arcsec", "full width at half maximum of the clean beam")
          .real("beam_minor", "arcsec", "the same across")
          .real("beam_pa", "deg", "position angle of the beam, from north to east")
          .count("components", null, "components that were taken")
          .count("cycles", null, "minor cycles")
          .real("rms", "Jy/beam", "noise: sources left out")
          .real("thermal", "Jy/beam", "noise of the receivers; null where it isn't known")
          .real("peak", "Jy/beam", "largest pixel")
          .real("minimum", "Jy/beam", "smallest pixel")
          .real("dynamic_range", null, "peak over noise")
          .count("above_5_sigma", null, "pixels above 5 times the noise")
          .count("below_5_sigma", null, "pixels below -5 times the noise")
          .real("negative_part", null, "part of the pixels below -3 times the noise")
          .real("edge_ratio", null, "noise at the edges over that in the middle")
          .real("banding", null, "spread of rows and columns over that of normal noise")
          .count("blank", null, "pixels that are no numbers")
          .count("zeros", null, "pixels that are exactly 0")
          .count("matched", null, "sources of the catalogue that are found; null without one")
          .real("flux_ratio", null, "median of measured over catalogue fluxes")
          .real("flux_scatter", null, "scatter of this ratio")
          .real("offset_east", "arcsec", "median offset from the catalogue")
          .real("offset_north", "arcsec", "median offset from the catalogue")
          .real("offset_rms", "arcsec", "root mean square of the distances")
          .real("completeness", null, "part of the catalogue's sources, of those expected")
          .real("false_rate", null, "part of the peaks that have no source")
          .texts("findings", "what is wrong with it, after warn: or fail:")
          .text("software", "version of Cornerturn")
          .moment("published", "when it became visible");

  private ImageTable() {}

  /**
   * Appends rows, once for each making of a product.
   *
   * @param fingerprint of the product
   */
  public static void append(
      String warehouse,
      Map<String, String> hadoop,
      String root,
      String fingerprint,
      List<ImageRow> rows)
      throws IOException {
    long now = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    String writer = new Fingerprint().with("root", root).with("fingerprint", fingerprint).hex();
    SolutionTables.open(warehouse, IMAGES, hadoop)
        .append(rows.stream().map(r -> values(r, now)).toList(), "images-" + writer, 0);
  }

  /** A row for each image of a product. */
  static List<ImageRow> rows(ImagePublisher made, ObjectStore root) throws IOException {
    List<ImageRow> rows = new ArrayList<>();
    for (int cell : ImageJob.images(made.imaging())) {
      for (int p = 0; p < made.imaging().polarizations().size(); p++) {
        rows.add(row(made, root, cell, p));
      }
    }
    return rows;
  }

  private static ImageRow row(ImagePublisher made, ObjectStore root, int cell, int polarization)
      throws IOException {
    Imaging imaging = made.imaging();
    Facts facts = Facts.get(root, Imaging.facts(cell, polarization));
    List<Cell> shown = imaging.shown(cell);
    return new ImageRow(
        new ImageRow.Made(
            made.id(),
            root.uri(),
            OutputStep.name(imaging, cell, polarization),
            imaging.parameters().cleans() ? "clean" : "dirty",
            imaging.parameters().product(),
            imaging.sets().get(0).group(),
            made.software()),
        new ImageRow.Shown(
            imaging.about().object(),
            imaging.polarizations().get(polarization).name(),
            imaging.centre(),
            imaging.geometry().width(),
            imaging.geometry().height(),
            imaging.geometry().pixelRad(),
            shown.stream().mapToDouble(Cell::lowHz).min().orElseThrow(),
            shown.stream().mapToDouble(Cell::highHz).max().orElseThrow(),
            shown.get(0).startUnix(),
            shown.get(0).endUnix()),
        imaging.weighting(),
        facts.samples(),
        facts.beam(),
        (long) facts.iterations(),
        (long) facts.cycles().size(),
        facts.quality(),
        facts.thermalJy(),
        facts.check(),
        Findings.of(facts));
  }

  private static Object[] values(ImageRow row, long now) {
    ImageRow.Made made = row.made();
    ImageRow.Shown shown = row.shown();
    ImageQuality q = row.quality();
    CatalogCheck c = row.check();
    GaussianBeam beam = row.beam();
    return new Object[] {
      made.product(),
      made.root(),
      made.name(),
      made.kind(),
      made.input(),
      made.dataGroup(),
      shown.field(),
      shown.polarization(),
      Math.toDegrees(shown.centre().raRad()),
      Math.toDegrees(shown.centre().decRad()),
      (long) shown.width(),
      (long) shown.height(),
      arcsec(shown.pixelRad()),
      number(shown.lowHz()),
      number(shown.highHz()),
      micros(shown.startUnix()),
      micros(shown.endUnix()),
      row.weighting(),
      row.samples(),
      beam == null ? null : arcsec(beam.majorRad()),
      beam == null ? null : arcsec(beam.minorRad()),
      beam == null ? null : Math.toDegrees(beam.positionAngleRad()),
      row.components(),
      row.cycles(),
      q == null ? null : number(q.rms()),
      number(row.thermalJy()),
      q == null ? null : number(q.peak()),
      q == null ? null : number(q.minimum()),
      q == null ? null : number(q.dynamicRange()),
      q == null ? null : q.above5(),
      q == null ? null : q.below5(),
      q == null ? null : number(q.negativeFraction()),
      q == null ? null : number(q.edgeRatio()),
      q == null ? null : number(q.banding()),
      q == null ? null : q.blank() + q.infinite(),
      q == null ? null : q.zeros(),
      c == null ? null : (long) c.matched(),
      c == null ? null : number(c.medianRatio()),
      c == null ? null : number(c.scatterRatio()),
      c == null ? null : number(arcsec(c.eastRad())),
      c == null ? null : number(arcsec(c.northRad())),
      c == null ? null : number(arcsec(c.rmsRad())),
      c == null ? null : number(c.completeness()),
      c == null ? null : number(c.falseRate()),
      row.findings(),
      made.software(),
      now
    };
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Long micros(double unix) {
    return Double.isFinite(unix) ? SolutionTables.micros(unix) : null;
  }

  public static double arcsec(double radians) {
    return Math.toDegrees(radians) * 3600;
  }
}
