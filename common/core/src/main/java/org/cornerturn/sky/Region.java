package org.cornerturn.sky;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/** A part of the sky, or all but it. */
public sealed interface Region extends Serializable {
  /** Whether a direction is in it. */
  boolean contains(IcrsDirection direction);

  /** A direction by which its place is known. */
  IcrsDirection centre();

  /** Largest angle of its points from the centre. */
  double reachRad();

  /** All directions within an angle of one. */
  record Circle(IcrsDirection centre, double radiusRad) implements Region {
    public Circle {
      positive(radiusRad);
    }

    @Override
    public boolean contains(IcrsDirection direction) {
      return centre.separationRad(direction) <= radiusRad;
    }

    @Override
    public double reachRad() {
      return radiusRad;
    }
  }

  /**
   * An ellipse in the tangent plane of its centre.
   *
   * @param firstRad half axis that lies to the north at position angle 0
   * @param secondRad half axis across it
   * @param positionAngleRad from north to east
   */
  record Ellipse(IcrsDirection centre, double firstRad, double secondRad, double positionAngleRad)
      implements Region {
    public Ellipse {
      positive(firstRad);
      positive(secondRad);
    }

    @Override
    public boolean contains(IcrsDirection direction) {
      double[] at = turned(centre, direction, positionAngleRad);
      return at != null && Math.hypot(at[0] / firstRad, at[1] / secondRad) <= 1;
    }

    @Override
    public double reachRad() {
      return Math.max(firstRad, secondRad);
    }
  }

  /**
   * A rectangle in the tangent plane of its centre.
   *
   * @param widthRad to the east at position angle 0
   * @param heightRad to the north at position angle 0
   */
  record Box(IcrsDirection centre, double widthRad, double heightRad, double positionAngleRad)
      implements Region {
    public Box {
      positive(widthRad);
      positive(heightRad);
    }

    @Override
    public boolean contains(IcrsDirection direction) {
      double[] at = turned(centre, direction, positionAngleRad);
      return at != null && Math.abs(at[0]) <= heightRad / 2 && Math.abs(at[1]) <= widthRad / 2;
    }

    @Override
    public double reachRad() {
      return Math.asin(Math.min(1, Math.hypot(widthRad, heightRad) / 2));
    }
  }

  /**
   * Straight lines in the tangent plane (TAN: great circles) of the mean of the corners; inside by
   * the rule of even and odd crossings.
   */
  record Polygon(List<IcrsDirection> corners) implements Region {
    public Polygon {
      corners = List.copyOf(corners);
      if (corners.size() < 3) {
        throw new IllegalArgumentException("a polygon of " + corners.size() + " corners");
      }
    }

    @Override
    public IcrsDirection centre() {
      double x = 0;
      double y = 0;
      double z = 0;
      for (IcrsDirection c : corners) {
        x += Math.cos(c.decRad()) * Math.cos(c.raRad());
        y += Math.cos(c.decRad()) * Math.sin(c.raRad());
        z += Math.sin(c.decRad());
      }
      double ra = Math.atan2(y, x);
      return new IcrsDirection(ra < 0 ? ra + 2 * Math.PI : ra, Math.atan2(z, Math.hypot(x, y)));
    }

    @Override
    public double reachRad() {
      IcrsDirection centre = centre();
      return corners.stream().mapToDouble(centre::separationRad).max().orElseThrow();
    }

    @Override
    public boolean contains(IcrsDirection direction) {
      IcrsDirection centre = centre();
      double[] p = gnomonic(centre, direction);
      if (p == null) {
        return false;
      }
      boolean inside = false;
      double[] a = gnomonic(centre, corners.get(corners.size() - 1));
      for (IcrsDirection corner : corners) {
        double[] b = gnomonic(centre, corner);
        if (a != null && b != null && a[1] > p[1] != b[1] > p[1]) {
          double crossing = a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
          inside ^= p[0] < crossing;
        }
        a = b;
      }
      return inside;
    }
  }

  private static void positive(double angle) {
    if (!(angle > 0 && angle < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a region of " + angle + " rad");
    }
  }

  /** Along and across an axis at a position angle; null on the other side of the sky. */
  private static double[] turned(IcrsDirection centre, IcrsDirection direction, double angle) {
    double[] lmn = direction.cosines(centre);
    if (lmn[2] <= 0) {
      return null;
    }
    double s = Math.sin(angle);
    double c = Math.cos(angle);
    return new double[] {lmn[0] * s + lmn[1] * c, lmn[0] * c - lmn[1] * s};
  }

  private static double[] gnomonic(IcrsDirection centre, IcrsDirection direction) {
    double[] lmn = direction.cosines(centre);
    return lmn[2] > 0 ? new double[] {lmn[0] / lmn[2], lmn[1] / lmn[2]} : null;
  }
}
