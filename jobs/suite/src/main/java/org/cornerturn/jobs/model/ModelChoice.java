package org.cornerturn.jobs.model;

/**
 * A model as the user names it.
 *
 * @param model {@code calibrator[:NAME]}, {@code point:FLUX[,INDEX]}, {@code components:FILE},
 *     {@code catalog:TABLE}, {@code image:FITS} or {@code group:NAME}
 * @param beam null for the usual one, {@code none}, or {@code airy}, {@code cosine}, {@code
 *     gaussian} with {@code :METRES}, or {@code fits:FILE}
 * @param centre {@code RA,DEC} of a point, or of the region of a catalogue; null for the phase
 *     centre
 * @param radius of that region, or how far from a field's middle a calibrator may be; an angle
 * @param minFluxJy least flux of a catalogue's source
 * @param index spectral index of a catalogue's sources
 */
public record ModelChoice(
    String model, String beam, String centre, String radius, double minFluxJy, double index) {
  static final String CALIBRATOR = "calibrator";
  static final String IMAGE = "image";
  static final String GROUP = "group";

  /** What stands after a kind and a colon; null where the model is of another kind. */
  String rest(String kind) {
    return model.startsWith(kind + ":") ? model.substring(kind.length() + 1) : null;
  }

  /** Whether it is the calibrator that the data show. */
  boolean isCalibrator() {
    return model.equals(CALIBRATOR) || model.startsWith(CALIBRATOR + ":");
  }

  /** What was chosen, of a calibrator that was found with its name. */
  public String of(SkyModel found) {
    return isCalibrator() ? CALIBRATOR + ":" + found.components().get(0).name() : model;
  }
}
