package org.cornerturn.jobs.mosaic;

import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.zarr.ArrayMetadata;

/** What a mosaic has of each pixel. */
enum Layer {
  /** The sky, corrected for the antennas' beams. */
  IMAGE(SkyImage.SKY, "sky", "Jy/beam", "Brightness of the sky", "image"),
  /** Noise of the image. */
  SIGMA("SIGMA_SKY", "sigma", "Jy/beam", "Standard deviation of the noise", "sigma"),
  /** How many tiles are in it. */
  COVERAGE("COVERAGE", "coverage", "", "Number of tiles", "coverage");

  private final String array;
  private final String entry;
  private final String unit;
  private final String about;
  private final String suffix;

  Layer(String array, String entry, String unit, String about, String suffix) {
    this.array = array;
    this.entry = entry;
    this.unit = unit;
    this.about = about;
    this.suffix = suffix;
  }

  /** Name of the Zarr array. */
  String array() {
    return array;
  }

  /** Name under which the data group knows it. */
  String entry() {
    return entry;
  }

  String unit() {
    return unit;
  }

  /** Key of the FITS file. */
  String key(String name) {
    return "fits/" + name + "-" + suffix + ".fits";
  }

  ArrayMetadata metadata(SkyImageLayout layout) {
    ArrayMetadata metadata = layout.plane(Primitive.FLOAT32, about, unit);
    return this == IMAGE
        ? metadata.withAttributes(metadata.attributes().put("type", "sky"))
        : metadata;
  }
}
