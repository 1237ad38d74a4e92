package org.cornerturn.jobs.image;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.cornerturn.SharedByTasks;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.UvWeights;
import org.cornerturn.imaging.UvwExtent;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.sky.Region;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Wcs;

/**
 * What all tasks of a product know.
 *
 * @param sets whose visibilities are imaged
 * @param centre middle of the image
 * @param weights of visibilities
 * @param extent of all visibilities
 * @param blockSamples of the largest block
 * @param polarizations of the images
 * @param cells without their blocks, which tasks have that need them
 * @param beam of the antennas, in the direction in which they look; null for none
 * @param about what the headers say
 * @param catalog sources that images are held beside; empty for none
 * @param circles in which components may be; empty for everywhere
 * @param facetSide facets along either axis, in which it is gridded: 1 in survey mode
 */
record Imaging(
    ImageParameters parameters,
    List<ImagedSet> sets,
    IcrsDirection centre,
    ImageGeometry geometry,
    UvWeights weights,
    UvwExtent extent,
    long blockSamples,
    List<Polarization> polarizations,
    List<Cell> cells,
    PrimaryBeam beam,
    Headline about,
    List<SkyComponent> catalog,
    List<Region.Circle> circles,
    int facetSide)
    implements SharedByTasks {
  /** Folder of what tasks leave for each other, in the product; removed once it is published. */
  static final String PARTS = "_cornerturn/parts";

  /** Folder of what is known of each image. */
  static final String FACTS = "_cornerturn/facts";

  /**
   * Where the data come from.
   *
   * @param object name of the field
   * @param telescope its name
   * @param variance whether weights are those of the noise, Jy^-2
   */
  record Headline(String object, String telescope, boolean variance) implements Serializable {}

  Imaging {
    sets = List.copyOf(sets);
    polarizations = List.copyOf(polarizations);
    cells = List.copyOf(cells);
    catalog = List.copyOf(catalog);
    circles = List.copyOf(circles);
  }

  /** The longest baseline that pixels show, wavelengths; a little is left for rounding. */
  static double longest(ImageGeometry geometry) {
    return 0.5 * (1 - 1e-9) / geometry.pixelRad();
  }

  /** The parts of the image that are gridded; one in survey mode. */
  List<Facet> facets() {
    return Facet.of(this, facetSide);
  }

  Wcs wcs() {
    return Wcs.centred(centre, geometry.width(), geometry.height(), geometry.pixelRad());
  }

  /** The same in so many facets along either axis. */
  Imaging inFacets(int side) {
    return new Imaging(
        parameters,
        sets,
        centre,
        geometry,
        weights,
        extent,
        blockSamples,
        polarizations,
        cells,
        beam,
        about,
        catalog,
        circles,
        side);
  }

  int intervals() {
    return parameters.axes().intervals();
  }

  int channels() {
    return parameters.axes().channels();
  }

  boolean hasBeam() {
    return beam != null && !beam.isFlat();
  }

  boolean isWeighed() {
    return weights.scheme() != UvWeights.Scheme.NATURAL;
  }

  /** Key of the summed weights of an interval and polarization: of a part, or of all (-1). */
  static String density(int interval, int polarization, int part) {
    return part < 0
        ? String.format(Locale.ROOT, "%s/weights/%04d/%d/all", PARTS, interval, polarization)
        : String.format(
            Locale.ROOT, "%s/weights/%04d/%d/%04d", PARTS, interval, polarization, part);
  }

  /** Folder of what was gridded of a cell in a major cycle. */
  static String gridded(int cell, int cycle) {
    return String.format(Locale.ROOT, "%s/gridded/%04d/%02d", PARTS, cell, cycle);
  }

  /** Key of what a task has counted in a block. */
  static String counts(int cell, int cycle, int block) {
    return String.format(Locale.ROOT, "%s/%04d.json", gridded(cell, cycle), block);
  }

  /** Key of the sums of a block in a facet. */
  static String sums(int cell, int cycle, int block, int facet, int polarization, boolean psf) {
    return String.format(
        Locale.ROOT,
        "%s/%04d-%03d-%d-%s",
        gridded(cell, cycle),
        block,
        facet,
        polarization,
        psf ? "psf" : "image");
  }

  /** Key of what is kept of a block for later major cycles. */
  static String samples(int cell, int block, String what) {
    return String.format(Locale.ROOT, "%s/samples/%04d/%04d-%s", PARTS, cell, block, what);
  }

  /** Key of a plane of a cell that is not of one cycle alone. */
  static String plane(int cell, int polarization, String what) {
    return String.format(Locale.ROOT, "%s/planes/%04d-%d-%s", PARTS, cell, polarization, what);
  }

  /** Key of the model that a major cycle begins with. */
  static String model(int cell, int polarization, int cycle) {
    return plane(cell, polarization, "model-" + cycle);
  }

  /** Key of what is known of the cleaning of a group after a cycle. */
  static String state(int group, int polarization, int cycle) {
    return String.format(
        Locale.ROOT, "%s/clean/%04d-%d-%02d.json", PARTS, group, polarization, cycle);
  }

  /** Key of what is known of an image; cell -1 - interval is that of all its channels. */
  static String facts(int cell, int polarization) {
    return cell < 0
        ? String.format(Locale.ROOT, "%s/joined-%04d-%d.json", FACTS, -1 - cell, polarization)
        : String.format(Locale.ROOT, "%s/%04d-%d.json", FACTS, cell, polarization);
  }

  /** Key of the peaks and sources of an image. */
  static String seen(int cell, int polarization) {
    return facts(cell, polarization).replaceFirst("\\.json$", "-sources.json");
  }

  /** The cells of an image: one, or with -1 - interval all channels of an interval. */
  List<Cell> shown(int cell) {
    return cell < 0
        ? cells.stream().filter(c -> c.interval() == -1 - cell).toList()
        : List.of(cells.get(cell));
  }

  /** How visibilities are weighed, in words. */
  String weighting() {
    return switch (weights.scheme()) {
      case NATURAL -> "natural";
      case UNIFORM -> "uniform";
      case BRIGGS -> "Briggs'(" + weights.robustness() + ")";
    };
  }

  /** Group of cells that are cleaned together: an interval's, or the cell alone. */
  int group(Cell cell) {
    return parameters.axes().joined() ? cell.interval() : cell.number();
  }

  /** The cells of a group. */
  List<Cell> ofGroup(int group) {
    return cells.stream().filter(c -> group(c) == group).toList();
  }
}
