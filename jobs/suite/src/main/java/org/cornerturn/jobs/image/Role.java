package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Images that are kept of a cell and polarization. */
enum Role {
  /** What is received: the model as the clean beam sees it, and the residual. */
  IMAGE("SKY", "sky", "Jy/beam", "Brightness as it is received"),
  /** What cleaning left. */
  RESIDUAL("RESIDUAL", null, "Jy/beam", "What the model leaves"),
  /** Components. */
  MODEL("MODEL", null, "Jy/pixel", "Components"),
  /** Before cleaning. */
  DIRTY(null, null, "Jy/beam", "The image before components are taken from it"),
  /** What a point source is seen as before it is cleaned. */
  PSF("POINT_SPREAD_FUNCTION", "point_spread_function", "", "Image of a source of 1 Jy, uncleaned"),
  /** Pixels that could have components in the end. */
  MASK("MASK_DECONVOLVE", "mask", "", "1 where components could be in the last cycle"),
  /** Power pattern of the antennas. */
  PB("PRIMARY_BEAM", "primary_beam", "", "Power pattern of the antennas"),
  /** The image over the pattern. */
  IMAGE_PB(null, null, "Jy/beam", "Brightness, corrected for the antennas' pattern");

  private final String array;
  private final String groupEntry;
  private final String unit;
  private final String about;

  Role(String array, String groupEntry, String unit, String about) {
    this.array = array;
    this.groupEntry = groupEntry;
    this.unit = unit;
    this.about = about;
  }

  /** Those of an image. */
  static List<Role> of(Imaging imaging) {
    List<Role> roles = new ArrayList<>(List.of(IMAGE));
    if (imaging.parameters().cleans()) {
      roles.addAll(List.of(RESIDUAL, MODEL, DIRTY, MASK));
    }
    if (imaging.parameters().hasPsf()) {
      roles.add(PSF);
    }
    if (imaging.hasBeam()) {
      roles.addAll(List.of(PB, IMAGE_PB));
    }
    return roles;
  }

  /** Name of the Zarr array; null where there is none. */
  String array() {
    return array;
  }

  /** Name under which a data group knows it; null for none. */
  String groupEntry() {
    return groupEntry;
  }

  /** Whether it is what a beam shows. */
  boolean isSeen() {
    return this == IMAGE || this == RESIDUAL || this == DIRTY || this == IMAGE_PB;
  }

  /** Unit of its pixels. */
  String unit() {
    return unit;
  }

  String about() {
    return about;
  }

  /** Ending of its FITS file's name: an image that wasn't cleaned is called dirty. */
  String suffix(boolean cleaned) {
    String own = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return cleaned ? own : own.replace("image", "dirty");
  }
}
