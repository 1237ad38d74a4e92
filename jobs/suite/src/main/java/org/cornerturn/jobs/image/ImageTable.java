package org.cornerturn.jobs.image;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.TableDefinition;

/** The warehouse's table of images. */
final class ImageTable {
  static final TableDefinition IMAGES =
      TableDefinition.named("images", "images and what was measured of them: a row for each")
          .text("product", "id of the product")
          .text("root", "where it lies")
          .text("name", "with which its files begin")
          .text("kind", "dirty or clean")
          .text("input", "processing set that was imaged")
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

  /** Appends a row for each image of a product, once for each making of it. */
  static void append(ImagePublisher made, ObjectStore root) throws IOException {
    Imaging imaging = made.imaging();
    long now = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    List<Object[]> rows = new ArrayList<>();
    for (int cell : ImageJob.images(imaging)) {
      for (int p = 0; p < imaging.polarizations().size(); p++) {
        rows.add(row(made, root, cell, p, now));
      }
    }
    String writer =
        new Fingerprint().with("root", root.uri()).with("fingerprint", made.fingerprint()).hex();
    SolutionTables.open(made.warehouse(), IMAGES, made.hadoop())
        .append(rows, "images-" + writer, 0);
  }

  private static Object[] row(
      ImagePublisher made, ObjectStore root, int cell, int polarization, long now)
      throws IOException {
    Imaging imaging = made.imaging();
    Facts facts = Facts.get(root, Imaging.facts(cell, polarization));
    List<Cell> shown = imaging.shown(cell);
    ImageQuality q = facts.quality();
    CatalogCheck c = facts.check();
    GaussianBeam beam = facts.beam();
    return new Object[] {
      made.id(),
      root.uri(),
      OutputStep.name(imaging, cell, polarization),
      imaging.parameters().cleans() ? "clean" : "dirty",
      imaging.parameters().product(),
      imaging.sets().get(0).group(),
      imaging.about().object(),
      imaging.polarizations().get(polarization).name(),
      Math.toDegrees(imaging.centre().raRad()),
      Math.toDegrees(imaging.centre().decRad()),
      (long) imaging.geometry().width(),
      (long) imaging.geometry().height(),
      arcsec(imaging.geometry().pixelRad()),
      shown.stream().mapToDouble(Cell::lowHz).min().orElseThrow(),
      shown.stream().mapToDouble(Cell::highHz).max().orElseThrow(),
      SolutionTables.micros(shown.get(0).startUnix()),
      SolutionTables.micros(shown.get(0).endUnix()),
      imaging.weighting(),
      facts.samples(),
      beam == null ? null : arcsec(beam.majorRad()),
      beam == null ? null : arcsec(beam.minorRad()),
      beam == null ? null : Math.toDegrees(beam.positionAngleRad()),
      (long) facts.iterations(),
      (long) facts.cycles().size(),
      q == null ? null : q.rms(),
      number(facts.thermalJy()),
      q == null ? null : q.peak(),
      q == null ? null : q.minimum(),
      q == null ? null : number(q.dynamicRange()),
      q == null ? null : q.above5(),
      q == null ? null : q.below5(),
      q == null ? null : q.negativeFraction(),
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
      Findings.of(facts),
      made.software(),
      now
    };
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static double arcsec(double radians) {
    return Math.toDegrees(radians) * 3600;
  }
}
