package org.cornerturn.jobs.mosaic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import org.cornerturn.jobs.image.CatalogOptions;
import org.cornerturn.mosaic.Interpolation;

/**
 * The question that a mosaic, or a mosaic of each epoch, answers.
 *
 * @param images URIs of FITS files and image products
 * @param output URI of the mosaic; of epochs, the folder of theirs
 * @param frame which sky it shows
 * @param choice which of the images of a product are taken
 * @param beam of the antennas, as it is written; null for the one that images come with
 * @param limit tiles don't count where the beam is below it
 * @param quality which images count, and how they are placed
 * @param smoothing to one clean beam
 * @param gaps whether tiles may lie apart
 * @param epochs in which images are grouped; null for one mosaic of all
 * @param check what mosaics are held beside
 */
record MosaicParameters(
    List<String> images,
    String output,
    Frame frame,
    Choice choice,
    String beam,
    double limit,
    Quality quality,
    Smoothing smoothing,
    boolean gaps,
    Epochs epochs,
    CatalogOptions.Check check)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  MosaicParameters {
    images = List.copyOf(images);
  }

  /** What is done about clean beams that differ. */
  enum Smoothing {
    /** Images are taken as they are. */
    NONE,
    /** All are smoothed to the smallest beam that all can be smoothed to. */
    COMMON
  }

  /**
   * Which sky is shown.
   *
   * @param width pixels; 0 for what tiles show
   * @param height pixels
   * @param pixelRad side of a pixel; 0 for the smallest of the tiles'
   * @param centre direction of the middle, RA,DEC with units; null for that of the tiles
   */
  record Frame(int width, int height, double pixelRad, String centre) implements Serializable {}

  /**
   * Which images of a product are taken; all intervals are.
   *
   * @param channel counted from 0; -1 for the only one
   * @param polarization its name
   */
  record Choice(int channel, String polarization) implements Serializable {}

  /**
   * What options say of the images that count; null for what the tier says.
   *
   * @param most images
   * @param sigmaJy most noise of an image, Jy/beam
   */
  record Quality(Tier tier, Integer most, Double sigmaJy, Interpolation interpolation)
      implements Serializable {}

  /**
   * Windows of time.
   *
   * @param lengthSeconds of a window
   * @param stepSeconds from one to the next
   * @param fewest images of a mosaic
   */
  record Epochs(double lengthSeconds, double stepSeconds, int fewest) implements Serializable {}

  /** One mosaic of some of the images. */
  MosaicParameters of(List<String> some, String uri) {
    return new MosaicParameters(
        some, uri, frame, choice, beam, limit, quality, smoothing, gaps, null, check);
  }

  /** Where the answer lies doesn't change it. */
  MosaicParameters into(String uri) {
    return of(images, uri);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static MosaicParameters of(ObjectNode json) {
    return JSON.convertValue(json, MosaicParameters.class);
  }
}
