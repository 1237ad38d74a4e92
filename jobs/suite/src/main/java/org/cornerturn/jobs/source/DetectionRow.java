package org.cornerturn.jobs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.source.Component;
import org.cornerturn.source.CondonErrors;
import org.cornerturn.source.PixelShape;
import org.cornerturn.source.SourceFlag;

/** A component as a row of the table of detections. */
final class DetectionRow {
  private static final double ARCSEC = 3600 * 180 / Math.PI;

  private DetectionRow() {}

  /**
   * @param gain response of the antennas at its place; NaN where it isn't known
   */
  static Object[] of(ImagePlane image, Component c, double gain, String software, long now) {
    IcrsDirection at = image.wcs().direction(c.x(), c.y());
    double ra = degrees(at.raRad());
    double dec = Math.toDegrees(at.decRad());
    PixelShape beam = image.shape();
    double[] scale = image.scale(c.x(), c.y());
    GaussianBeam shape = c.shape().sky(scale);
    GaussianBeam local = beam.sky(scale);
    CondonErrors e = c.error();
    double factor = 1 / (gain > 0 ? gain : 1);
    double integral = c.integral(beam);
    double[] place = placeErrors(c, scale);
    Optional<GaussianBeam> own =
        c.has(SourceFlag.POINT) ? Optional.of(new GaussianBeam(0, 0, 0)) : shape.deconvolved(local);
    List<String> flags = new ArrayList<>();
    for (SourceFlag f : SourceFlag.values()) {
      if (c.has(f)) {
        flags.add(f.word());
      }
    }
    double angle = Double.isFinite(e.angle()) ? Math.min(90, Math.toDegrees(e.angle())) : 90;
    return new Object[] {
      Healpix.finest(ra, dec),
      ra,
      dec,
      number(image.mjd()),
      image.id() + "/" + c.island() + "." + c.number(),
      image.id(),
      place[0] * ARCSEC,
      place[1] * ARCSEC,
      number(image.hertz()),
      c.peak() * factor,
      e.peak() * c.peak() * factor,
      integral * factor,
      e.integral() * integral * factor,
      c.snr(),
      shape.majorRad() * ARCSEC,
      shape.minorRad() * ARCSEC,
      Math.toDegrees(shape.positionAngleRad()),
      e.major() * shape.majorRad() * ARCSEC,
      e.minor() * shape.minorRad() * ARCSEC,
      c.has(SourceFlag.POINT) ? 0.0 : angle,
      own.map(s -> s.majorRad() * ARCSEC).orElse(null),
      own.map(s -> s.minorRad() * ARCSEC).orElse(null),
      own.map(s -> Math.toDegrees(s.positionAngleRad())).orElse(null),
      integral / c.peak(),
      c.has(SourceFlag.CROWDED) ? "C" : c.components() > 1 ? "M" : "S",
      flags,
      c.island(),
      (long) c.number(),
      (long) c.components(),
      (long) c.pixels(),
      c.level() * factor,
      c.rms() * factor,
      c.residualMean() * factor,
      c.residualRms() * factor,
      c.x(),
      c.y(),
      number(gain),
      image.beam().majorRad() * ARCSEC,
      image.beam().minorRad() * ARCSEC,
      Math.toDegrees(image.beam().positionAngleRad()),
      image.version(),
      software,
      now
    };
  }

  /** Degrees in [0, 360). */
  static double degrees(double radians) {
    double d = Math.toDegrees(radians) % 360;
    double turned = d < 0 ? d + 360 : d;
    return turned < 360 ? turned : 0;
  }

  static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Errors of the place along east and north, radians: those along the axes, turned. */
  private static double[] placeErrors(Component c, double[] scale) {
    double angle = c.shape().angle();
    double[] along = {
      c.error().along() * Math.cos(angle), c.error().along() * Math.sin(angle),
    };
    double[] across = {
      -c.error().across() * Math.sin(angle), c.error().across() * Math.cos(angle),
    };
    return new double[] {
      Math.hypot(
          scale[0] * along[0] + scale[1] * along[1], scale[0] * across[0] + scale[1] * across[1]),
      Math.hypot(
          scale[2] * along[0] + scale[3] * along[1], scale[2] * across[0] + scale[3] * across[1])
    };
  }
}
