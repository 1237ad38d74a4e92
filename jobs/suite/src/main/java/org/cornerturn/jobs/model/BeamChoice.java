package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Instrument.Beam;

/**
 * Beams of equal antennas as {@code --beam} names them.
 *
 * @param text such as {@code airy:4.7}; null where nothing is said
 */
public record BeamChoice(String text) {
  /**
   * The beam: as told, else one of the set's dishes as far as it tells them.
   *
   * @param dishes whether a set's dishes count where nothing is said
   */
  public Beam beam(Msv4Reader reader, boolean dishes) throws IOException {
    if (text == null) {
      return dishes && reader.dishDiameterMetres() > 0 ? Beam.AIRY : Beam.NONE;
    }
    String name = text.split(":", 2)[0];
    try {
      return Beam.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--beam " + text, "no such beam", "Use none, airy, cosine or gaussian", e);
    }
  }

  /** Diameter of the dishes, metres: as told, else the set's. */
  public double dish(Msv4Reader reader) throws IOException {
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
      metres = reader.dishDiameterMetres();
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
