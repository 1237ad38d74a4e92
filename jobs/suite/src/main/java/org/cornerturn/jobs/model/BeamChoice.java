package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.BeamImage;

/**
 * Beams of equal antennas as {@code --beam} names them.
 *
 * @param text such as {@code airy:4.7} or {@code fits:FILE}; null where nothing is said
 */
public record BeamChoice(String text) {
  private static final String FITS = "fits:";

  /**
   * As it was written, with a file by its absolute place.
   *
   * @param written null where nothing is said
   */
  public static String absolute(String written) {
    return written == null || !written.startsWith(FITS)
        ? written
        : FITS + OpenSet.absolute(written.substring(FITS.length()));
  }

  /**
   * The beam: as told, else one of the set's dishes as far as it tells them.
   *
   * @param dishes whether a set's dishes count where nothing is said
   */
  public Beam beam(Msv4Reader reader, boolean dishes) throws IOException {
    if (text == null) {
      return dishes && reader.dishDiameterMetres() > 0 ? Beam.AIRY : Beam.NONE;
    }
    return named();
  }

  /** The beam that is told. */
  public Beam named() {
    String name = text.split(":", 2)[0];
    try {
      return Beam.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--beam " + text, "no such beam", "Use none, airy, cosine, gaussian or fits:FILE", e);
    }
  }

  /** The beam that is an image; null where none is named. */
  public BeamImage pattern(Map<String, String> hadoop) throws IOException {
    if (text == null || !text.startsWith(FITS)) {
      return null;
    }
    String uri = text.substring(FITS.length());
    return FitsFile.read(
        uri,
        hadoop,
        image -> {
          ImageDescription d = image.description();
          double[] hertz = FitsFile.frequencies(d);
          int stokes = FitsFile.stokes(uri, d);
          int pixels = Math.multiplyExact(d.width(), d.height());
          float[] power = new float[Math.multiplyExact(pixels, hertz.length)];
          for (int f = 0; f < hertz.length; f++) {
            if (f > 0 && !(hertz[f] > hertz[f - 1])) {
              throw new UserError(uri, "its frequencies don't ascend", "Turn its planes round");
            }
            float[] plane = image.plane(f, stokes, FitsFile.MOST_PIXELS / hertz.length);
            System.arraycopy(plane, 0, power, f * pixels, pixels);
          }
          return new BeamImage(d.wcs(), d.width(), d.height(), hertz, power);
        });
  }

  /** Diameter of the dishes, metres: as told, else the set's. */
  public double dish(Msv4Reader reader) throws IOException {
    return dish(reader.dishDiameterMetres());
  }

  /**
   * Diameter of the dishes, metres, as told.
   *
   * @param known where nothing is told; 0 where it isn't known
   */
  public double dish(double known) {
    String[] parts = text == null ? new String[1] : text.split(":", 2);
    double metres;
    if (parts.length == 2) {
      try {
        metres = Double.parseDouble(parts[1].replaceAll("m$", ""));
      } catch (NumberFormatException e) {
        throw new UserError(
            "--beam " + text, "its dish is no number", "Write it as in airy:4.7", e);
      }
    } else {
      metres = known;
    }
    if (!(metres > 0 && metres < Double.POSITIVE_INFINITY)) {
      throw new UserError(
          "--beam " + text,
          "the diameter of the dishes is not known",
          "Say it in metres, as in airy:4.7");
    }
    return metres;
  }
}
