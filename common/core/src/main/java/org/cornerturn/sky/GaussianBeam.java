package org.cornerturn.sky;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * An elliptical Gaussian on the sky: the clean beam of an image, or the size of a source.
 *
 * @param majorRad full width at half maximum along the major axis
 * @param minorRad across it
 * @param positionAngleRad of the major axis, from north through east, in [0, pi)
 */
public record GaussianBeam(double majorRad, double minorRad, double positionAngleRad)
    implements Serializable {
  private static final double EIGHT_LN_2 = 8 * Math.log(2);

  public GaussianBeam {
    if (!(majorRad >= minorRad && minorRad >= 0 && majorRad < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a beam of " + majorRad + " by " + minorRad + " rad");
    }
    if (!Double.isFinite(positionAngleRad)) {
      throw new IllegalArgumentException("a beam at position angle " + positionAngleRad);
    }
    double turned = positionAngleRad % Math.PI;
    positionAngleRad = turned < 0 ? turned + Math.PI : turned;
    positionAngleRad = positionAngleRad < Math.PI ? positionAngleRad : 0;
  }

  public static GaussianBeam ofArcsec(double major, double minor, double positionAngleDeg) {
    double arcsec = Math.PI / (180 * 3600);
    return new GaussianBeam(major * arcsec, minor * arcsec, Math.toRadians(positionAngleDeg));
  }

  /** Integral of a beam of height 1, in steradians. */
  public double solidAngle() {
    return 2 * Math.PI * majorRad * minorRad / EIGHT_LN_2;
  }

  /** Value at an offset (radians), relative to the middle. A width of 0 has nothing beside it. */
  public double value(double east, double north) {
    double s = Math.sin(positionAngleRad);
    double c = Math.cos(positionAngleRad);
    double along = widths(east * s + north * c, majorRad);
    double across = widths(east * c - north * s, minorRad);
    return Math.exp(-EIGHT_LN_2 / 2 * (along * along + across * across));
  }

  private static double widths(double offset, double width) {
    return offset == 0 ? 0 : offset / width;
  }

  /** What a source of this shape looks like in an image of that beam. */
  public GaussianBeam convolved(GaussianBeam other) {
    return of(ee() + other.ee(), en() + other.en(), nn() + other.nn());
  }

  /**
   * The shape that, convolved with the other, gives this one; none when this is narrower in some
   * direction, a part in 10^9 apart.
   */
  public Optional<GaussianBeam> deconvolved(GaussianBeam other) {
    double a = ee() - other.ee();
    double b = en() - other.en();
    double d = nn() - other.nn();
    double mean = (a + d) / 2;
    double spread = Math.hypot((a - d) / 2, b);
    if (mean - spread < -1e-9 * majorRad * majorRad) {
      return Optional.empty();
    }
    return Optional.of(of(a, b, d));
  }

  /** This beam, its axes longer by a factor. */
  public GaussianBeam scaled(double factor) {
    return new GaussianBeam(majorRad * factor, minorRad * factor, positionAngleRad);
  }

  /**
   * The smallest beam that every image of these beams can be smoothed to, its area within a part in
   * a thousand of the least: the ellipse of least area about all ellipses (Titterington's iteration
   * for points on them), grown until it holds them all.
   */
  public static GaussianBeam common(List<GaussianBeam> beams) {
    if (beams.isEmpty()) {
      throw new IllegalArgumentException("no beams");
    }
    for (GaussianBeam b : beams) {
      if (beams.stream().allMatch(o -> b.holds(o) <= 1 + 1e-12)) {
        return b;
      }
    }
    GaussianBeam about = EnclosingEllipse.of(beams);
    double grow = beams.stream().mapToDouble(about::holds).max().orElseThrow();
    // A hair more, so that rounding leaves none outside.
    return about.scaled(Math.sqrt(grow) * (1 + 1e-9));
  }

  /** The factor on this beam's squared axes at which the other just fits inside. */
  private double holds(GaussianBeam other) {
    // Largest root of det(other - factor this) = 0.
    double det = ee() * nn() - en() * en();
    double trace = (other.ee() * nn() + other.nn() * ee() - 2 * other.en() * en()) / det;
    double product = (other.ee() * other.nn() - other.en() * other.en()) / det;
    return trace / 2 + Math.sqrt(Math.max(0, trace * trace / 4 - product));
  }

  /** East-east element of the matrix whose eigenvalues are the squared axes. */
  double ee() {
    double s = Math.sin(positionAngleRad);
    double c = Math.cos(positionAngleRad);
    return majorRad * majorRad * s * s + minorRad * minorRad * c * c;
  }

  /** East-north element. */
  double en() {
    return (majorRad * majorRad - minorRad * minorRad)
        * Math.sin(positionAngleRad)
        * Math.cos(positionAngleRad);
  }

  /** North-north element. */
  double nn() {
    double s = Math.sin(positionAngleRad);
    double c = Math.cos(positionAngleRad);
    return majorRad * majorRad * c * c + minorRad * minorRad * s * s;
  }

  /** Of the matrix of squared axes. */
  static GaussianBeam of(double ee, double en, double nn) {
    double mean = (ee + nn) / 2;
    double spread = Math.hypot((nn - ee) / 2, en);
    double angle = spread > 0 ? Math.atan2(en, (nn - ee) / 2) / 2 : 0;
    return new GaussianBeam(
        Math.sqrt(Math.max(0, mean + spread)), Math.sqrt(Math.max(0, mean - spread)), angle);
  }
}
