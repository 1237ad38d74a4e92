package org.cornerturn.radio;

import java.io.Serializable;

/**
 * The axes of u, v and w at an instant, as unit vectors in the Earth-fixed frame of the local
 * meridian: x in the equator towards the meridian, y towards the east, z towards the north pole. w
 * points to the reference direction, u to the east of it, v to the north: apparent north, or with a
 * frame angle ICRS north.
 *
 * <p>uvw is r(antenna 2) - r(antenna 1), and a source of flux S at (l, m, n) has the visibility S
 * exp(+2 pi i nu/c (u l + v m + w (n - 1))).
 */
public final class UvwFrame implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows u, v, w; columns x, y, z. */
  private final double[] axes;

  private UvwFrame(double[] axes) {
    this.axes = axes;
  }

  /**
   * @param hourAngleRad west of the meridian
   * @param decRad apparent declination
   * @param framePositionAngleRad of the north that v is to point to; 0 for apparent north
   */
  public static UvwFrame towards(double hourAngleRad, double decRad, double framePositionAngleRad) {
    double sh = Math.sin(hourAngleRad);
    double ch = Math.cos(hourAngleRad);
    double sd = Math.sin(decRad);
    double cd = Math.cos(decRad);
    double sp = Math.sin(framePositionAngleRad);
    double cp = Math.cos(framePositionAngleRad);
    double[] u = {sh, ch, 0};
    double[] v = {-sd * ch, sd * sh, cd};
    double[] axes = new double[9];
    for (int i = 0; i < 3; i++) {
      axes[i] = cp * u[i] - sp * v[i];
      axes[3 + i] = sp * u[i] + cp * v[i];
    }
    axes[6] = cd * ch;
    axes[7] = -cd * sh;
    axes[8] = sd;
    return new UvwFrame(axes);
  }

  /** The frame of a place in the sky, v towards ICRS north. */
  public static UvwFrame towards(ApparentPlace place) {
    return towards(place.hourAngleRad(), place.decRad(), place.framePositionAngleRad());
  }

  /** East, north, up: of visibilities that aren't phased to a direction. */
  public static UvwFrame zenith(Geodetic site) {
    return towards(0, site.latitudeRad(), 0);
  }

  /** Of visibilities phased to the meridian at an apparent declination, v to apparent north. */
  public static UvwFrame meridian(double decRad) {
    return towards(0, decRad, 0);
  }

  /** Unit vector (x, y, z) at direction cosines (l, m, n) of this frame; a new array. */
  public double[] vector(double l, double m, double n) {
    double[] s = new double[3];
    for (int i = 0; i < 3; i++) {
      s[i] = l * axes[i] + m * axes[3 + i] + n * axes[6 + i];
    }
    return s;
  }

  /** Unit vector (x, y, z) of an hour angle and an apparent declination. */
  public static double[] vector(double hourAngleRad, double decRad) {
    double cd = Math.cos(decRad);
    return new double[] {
      cd * Math.cos(hourAngleRad), -cd * Math.sin(hourAngleRad), Math.sin(decRad)
    };
  }

  /**
   * A place or a baseline in ITRS axes, turned into the frame of a site's meridian.
   *
   * @param relative to the telescope's reference point, metres
   */
  public static double[] meridianAxes(Ecef relative, Geodetic site) {
    double s = Math.sin(site.longitudeRad());
    double c = Math.cos(site.longitudeRad());
    return new double[] {
      c * relative.xMetres() + s * relative.yMetres(),
      -s * relative.xMetres() + c * relative.yMetres(),
      relative.zMetres()
    };
  }

  /**
   * uvw of places or baselines.
   *
   * @param xyz (place, 3) metres in the frame of the meridian
   * @return (place, 3) metres; differences of antennas' values are baselines' uvw
   */
  public double[] project(double[] xyz) {
    double[] uvw = new double[xyz.length];
    apply(axes, xyz, 0, uvw, 0, xyz.length / 3);
    return uvw;
  }

  /**
   * The rotation that turns uvw of another frame, at the same instant, into uvw of this one.
   *
   * @return (3, 3), to be used with {@link #apply}
   */
  public double[] from(UvwFrame other) {
    double[] m = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += axes[3 * i + k] * other.axes[3 * j + k];
        }
        m[3 * i + j] = sum;
      }
    }
    return m;
  }

  /**
   * Turns vectors: out = matrix x in, each.
   *
   * @param matrix (3, 3)
   * @param in (row, 3) from index {@code inAt} on
   * @param out (row, 3) from index {@code outAt} on; may be {@code in} itself at the same place
   */
  public static void apply(
      double[] matrix, double[] in, int inAt, double[] out, int outAt, int rows) {
    for (int r = 0; r < 3 * rows; r += 3) {
      double a = in[inAt + r];
      double b = in[inAt + r + 1];
      double c = in[inAt + r + 2];
      out[outAt + r] = matrix[0] * a + matrix[1] * b + matrix[2] * c;
      out[outAt + r + 1] = matrix[3] * a + matrix[4] * b + matrix[5] * c;
      out[outAt + r + 2] = matrix[6] * a + matrix[7] * b + matrix[8] * c;
    }
  }
}
