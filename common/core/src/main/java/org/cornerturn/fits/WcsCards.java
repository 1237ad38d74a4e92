package org.cornerturn.fits;

import java.util.Locale;
import java.util.Set;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.Wcs;

/** The celestial axes of a header. */
final class WcsCards {
  private static final Set<String> FRAMES = Set.of("", "ICRS", "FK5");

  private final String file;
  private final HeaderBlock header;

  WcsCards(String file, HeaderBlock header) {
    this.file = file;
    this.header = header;
  }

  /**
   * The first two axes, which must be right ascension and declination in ICRS or FK5 (taken for
   * ICRS, from which it differs by 0.02 arcsec).
   */
  Wcs read() throws FitsException {
    String code = code();
    checkFrame();
    IcrsDirection reference =
        IcrsDirection.ofDegrees(
            finite("CRVAL1", 0) - 360 * Math.floor(finite("CRVAL1", 0) / 360), finite("CRVAL2", 0));
    if (Math.abs(reference.decRad()) > Math.PI / 2 + 1e-12) {
      throw new FitsException(file + ": CRVAL2 is no declination");
    }
    Projection projection = projection(code, reference);
    double[] matrix = turned(matrix(), projection, finite("CRVAL2", 0));
    try {
      return new Wcs(
          projection,
          reference,
          finite("CRPIX1", 0) - 1,
          finite("CRPIX2", 0) - 1,
          matrix[0],
          matrix[1],
          matrix[2],
          matrix[3]);
    } catch (IllegalArgumentException e) {
      throw new FitsException(file + ": axes that have " + e.getMessage(), e);
    }
  }

  private String code() throws FitsException {
    String first = header.text("CTYPE1").toUpperCase(Locale.ROOT);
    String second = header.text("CTYPE2").toUpperCase(Locale.ROOT);
    if (!first.startsWith("RA---") || !second.startsWith("DEC--")) {
      throw new FitsException(
          file
              + ": axes "
              + first
              + " and "
              + second
              + "; right ascension and declination are read, in this order");
    }
    String code = first.substring(5);
    if (!code.equals(second.substring(5))) {
      throw new FitsException(file + ": axes " + first + " and " + second + " of two projections");
    }
    return code;
  }

  private void checkFrame() throws FitsException {
    String frame = header.text("RADESYS").toUpperCase(Locale.ROOT);
    double equinox = header.number("EQUINOX", header.number("EPOCH", 2000));
    if (!FRAMES.contains(frame) || !frame.equals("ICRS") && equinox != 2000) {
      throw new FitsException(
          file + ": directions in " + frame + " of " + equinox + "; ICRS and FK5 of 2000 are read");
    }
  }

  private Projection projection(String code, IcrsDirection reference) throws FitsException {
    return switch (code) {
      case "SIN" -> new Projection.Orthographic(finite("PV2_1", 0), finite("PV2_2", 0));
      case "TAN" -> Projection.TAN;
      case "NCP" -> {
        if (reference.decRad() == 0) {
          throw new FitsException(file + ": an NCP projection about the equator");
        }
        yield Projection.northCelestialPole(reference.decRad());
      }
      default ->
          throw new FitsException(file + ": projection " + code + "; SIN, TAN and NCP are read");
    };
  }

  /** By CD, else by CDELT and PC, else by CDELT and CROTA2. */
  private double[] matrix() throws FitsException {
    if (header.cards().containsKey("CD1_1") || header.cards().containsKey("CD2_2")) {
      return radians(
          finite("CD1_1", 0), finite("CD1_2", 0), finite("CD2_1", 0), finite("CD2_2", 0));
    }
    double dx = finite("CDELT1", 1);
    double dy = finite("CDELT2", 1);
    double rotation = Math.toRadians(finite("CROTA2", 0));
    if (rotation != 0 && !header.cards().containsKey("PC1_1")) {
      double c = Math.cos(rotation);
      double s = Math.sin(rotation);
      return radians(dx * c, -dy * s, dx * s, dy * c);
    }
    return radians(
        dx * finite("PC1_1", 1),
        dx * finite("PC1_2", 0),
        dy * finite("PC2_1", 0),
        dy * finite("PC2_2", 1));
  }

  /** Takes LONPOLE into the matrix: about a tangent point it is a rotation. */
  private double[] turned(double[] m, Projection projection, double decDeg) throws FitsException {
    double pole = Math.toRadians(finite("LONPOLE", decDeg >= 90 ? 0 : 180));
    double c = Math.cos(pole);
    double s = Math.sin(pole);
    if (Math.abs(c + 1) < 1e-15) {
      return m;
    }
    if (projection instanceof Projection.Orthographic slant
        && (slant.xi() != 0 || slant.eta() != 0)) {
      throw new FitsException(file + ": a slant projection with LONPOLE other than 180");
    }
    return new double[] {
      -c * m[0] - s * m[2], -c * m[1] - s * m[3], s * m[0] - c * m[2], s * m[1] - c * m[3]
    };
  }

  private static double[] radians(double... degrees) {
    double[] out = new double[degrees.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toRadians(degrees[i]);
    }
    return out;
  }

  private double finite(String key, double absent) throws FitsException {
    double value = header.number(key, absent);
    if (!Double.isFinite(value)) {
      throw new FitsException(file + ": " + key + " of " + value);
    }
    return value;
  }
}
