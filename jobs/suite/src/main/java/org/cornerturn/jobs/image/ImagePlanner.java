package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.imaging.GridPlan;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.jobs.Directions;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.jobs.model.BeamChoice;
import org.cornerturn.jobs.model.SourceCircles;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.Region;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** Plans the images of a processing set. */
final class ImagePlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "4";

  /** Pixels along the narrowest beam, about. */
  private static final double PIXELS_A_BEAM = 5;

  /** Of the image's side over the wavelength in dishes, and where dishes aren't known. */
  private static final double FIELD_OF_BEAM = 1.33;

  private static final double USUAL_FIELD = Math.toRadians(3.5);

  private ImageParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the table of images; null for none
   */
  ImagePlanner(ImageParameters parameters, Map<String, String> hadoop, String warehouse) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
  }

  /**
   * The product, and what it will be.
   *
   * @param samples (row, channel), flagged ones too
   * @param beyond rows whose baselines are too long for the pixels at the highest frequency
   */
  record Planned(
      ProductPlan<ImageTask> product, Imaging imaging, GridPlan grid, long samples, long beyond) {}

  /** Bytes that grids may take in a task: larger images are gridded in facets. */
  private static final long MOST_GRID = 3L << 30;

  Planned plan() throws IOException {
    List<OpenSet> open = OpenSet.all(parameters.product(), parameters.dataGroup(), hadoop);
    parameters = parameters.withGroup(OpenSet.groupOf(open, parameters.dataGroup()));
    List<Polarization> polarizations =
        parameters.axes().polarizations().stream().map(ImagePlanner::polarization).toList();
    List<Msv4Reader> readers = new ArrayList<>();
    List<ImagedSet> sets = new ArrayList<>();
    List<InputVersion> inputs = new ArrayList<>();
    Fingerprint fingerprint =
        new Fingerprint()
            .with("verb", ImageJob.VERB)
            .with("encoder", ENCODER)
            .with("parameters", parameters.asked().toJson().toString());
    IcrsDirection centre =
        parameters.field().centre() == null
            ? null
            : Directions.parse("--center", parameters.field().centre());
    IcrsDirection pointing = null;
    for (OpenSet o : open) {
      PhaseTrack track = PhaseTrack.of(o.reader());
      Hands.of(polarizations, o.reader().polarizations(), o.folder());
      readers.add(o.reader());
      sets.add(
          new ImagedSet(
              o.uri(),
              o.reader().name(),
              o.reader().dataGroup().name(),
              track.isFixed() ? track.ofTime().subList(0, 1) : track.ofTime()));
      InputVersion version = o.version();
      inputs.add(version);
      fingerprint.with("input " + version.uri(), version.version());
      pointing = pointing == null ? track.middle() : pointing;
      centre = centre == null ? track.middle() : centre;
    }
    masks(fingerprint);
    CellPlan cut = new CellPlan(readers, parameters, polarizations.size());
    List<Cell> cells = cut.cells();
    PrimaryBeam beam = beam(readers.get(0), pointing);
    if (beam != null && beam.image() != null) {
      fingerprint.with("beam", beam.image().toString());
    }
    ImageGeometry geometry = geometry(readers, sets, centre, beam, cut);
    UvwScan scan = UvwScan.of(readers, sets, centre, Imaging.longest(geometry));
    requireBaselines(scan);
    long samples = 0;
    long largest = 0;
    for (Cell cell : cells) {
      for (Cell.Block block : cell.blocks()) {
        samples += cut.samples(block);
        largest = Math.max(largest, cut.samples(block));
      }
    }
    Imaging imaging =
        new Imaging(
            parameters,
            sets,
            centre,
            geometry,
            parameters.weights(),
            scan.extent(),
            largest,
            polarizations,
            cells.stream().map(ImagePlanner::bare).toList(),
            beam,
            headline(readers.get(0)),
            parameters.check().sources(centre, reach(geometry), hadoop, fingerprint),
            circles(centre, geometry, fingerprint),
            1);
    imaging = inFacets(imaging);
    List<ImageTask> tasks = new TaskPlan(imaging, cells, readers, cut).tasks();
    String hex = fingerprint.hex();
    String name = parameters.output().substring(parameters.output().lastIndexOf('/') + 1);
    ProductPlan<ImageTask> product =
        ProductPlan.folder(
            name,
            parameters.output(),
            hex,
            ImageJob.VERB,
            parameters.toJson(),
            inputs,
            new ChunkPlan<>(tasks),
            List.of(),
            new ImagePublisher(imaging, hex, name, Versions.own(), warehouse, hadoop));
    GridPlan grid = imaging.facets().get(0).plan();
    return new Planned(product, imaging, grid, samples, scan.beyond());
  }

  private static Polarization polarization(String name) {
    try {
      Polarization p = Polarization.valueOf(name.toUpperCase(Locale.ROOT));
      if (p.isIntensity()) {
        return p;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("--pol " + name, "no such polarization", "Use I, XX, YY, RR or LL", e);
    }
    throw new UserError("--pol " + name, "it is no intensity", "Use I, XX, YY, RR or LL");
  }

  private void masks(Fingerprint fingerprint) throws IOException {
    String[] masks = {parameters.masks().fits(), parameters.masks().regions()};
    for (String uri : masks) {
      if (uri != null) {
        try (ObjectStore store = Stores.open(FileUri.folder(uri), S3Settings.completed(hadoop))) {
          ObjectStatus status =
              store
                  .status(FileUri.key(uri))
                  .orElseThrow(
                      () -> new UserError(uri, "there is no such file", "Name one that there is"));
          fingerprint.with("mask " + uri, status.version());
        }
      }
    }
  }

  private List<Region.Circle> circles(
      IcrsDirection centre, ImageGeometry geometry, Fingerprint fingerprint) throws IOException {
    ImageParameters.Masks masks = parameters.masks();
    if (masks.catalog() == null) {
      return List.of();
    }
    List<Region.Circle> circles =
        new SourceCircles(masks.catalog(), masks.radiusRad(), masks.minFluxJy())
            .around(centre, reach(geometry), hadoop);
    fingerprint.with("circles", circles);
    return circles;
  }

  /** Angle from the middle to the corners. */
  private static double reach(ImageGeometry geometry) {
    double sine = Math.hypot(geometry.width(), geometry.height()) / 2 * geometry.pixelRad();
    return Math.asin(Math.min(1, sine));
  }

  private PrimaryBeam beam(Msv4Reader reader, IcrsDirection pointing) throws IOException {
    BeamChoice choice = new BeamChoice(parameters.antennas().beam());
    BeamImage image = choice.pattern(hadoop);
    if (image != null) {
      return new PrimaryBeam(Beam.NONE, reader.dishDiameterMetres(), pointing, image);
    }
    Beam beam = choice.beam(reader, true);
    return beam == Beam.NONE ? null : new PrimaryBeam(beam, choice.dish(reader), pointing);
  }

  private ImageGeometry geometry(
      List<Msv4Reader> readers,
      List<ImagedSet> sets,
      IcrsDirection centre,
      PrimaryBeam beam,
      CellPlan cut)
      throws IOException {
    ImageParameters.Field field = parameters.field();
    double pixel = field.pixelRad();
    if (pixel == 0) {
      UvwScan scan = UvwScan.of(readers, sets, centre, Double.POSITIVE_INFINITY);
      requireBaselines(scan);
      pixel = field.coarser() / (PIXELS_A_BEAM * scan.longest());
    }
    int width = field.width();
    int height = field.height();
    if (width == 0) {
      double metres = FringeRotator.SPEED_OF_LIGHT / ((cut.lowestHz() + cut.highestHz()) / 2);
      double dish = beam == null ? 0 : beam.dishDiameterMetres();
      double side = dish > 0 ? FIELD_OF_BEAM * metres / dish : USUAL_FIELD;
      // The corners are to show sky.
      long wanted = Math.round(Math.min(side, 1.2) / pixel);
      long step = wanted > 512 ? 64 : 2;
      width = (int) Math.min(1 << 15, Math.max(2, (wanted + step - 1) / step * step));
      height = width;
    }
    try {
      return new ImageGeometry(width, height, pixel);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--size and --scale", e.getMessage(), "Use an even size, or smaller pixels", e);
    }
  }

  private void requireBaselines(UvwScan scan) {
    if (scan.longest() > 0 && scan.extent().isEmpty()) {
      throw new UserError(
          "--scale", "the pixels are too large for any of the baselines", "Use smaller ones");
    }
    if (!(scan.longest() > 0)) {
      throw new UserError(
          parameters.product(),
          "it has no baseline with a length",
          "Convert data with cross-correlations");
    }
  }

  /** In as many facets as are asked for, or as few as have grids that fit a task. */
  private static Imaging inFacets(Imaging imaging) {
    int asked = imaging.parameters().gridding().facets();
    int images = imaging.polarizations().size() * (imaging.parameters().hasPsf() ? 2 : 1);
    boolean predicts = imaging.parameters().cleans();
    try {
      for (int side = Math.max(1, asked); ; side++) {
        Imaging cut = imaging.inFacets(side);
        long most = 0;
        for (Facet facet : cut.facets()) {
          long bytes = facet.gridBytes(images, predicts, imaging.blockSamples());
          most = Math.max(most, bytes);
        }
        boolean last = side >= Facet.MOST || imaging.geometry().width() / (side + 1) < 128;
        if (asked > 0 || most <= MOST_GRID || last) {
          return cut;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the image of " + imaging.parameters().product(),
          e.getMessage(),
          "See to --scale, --size, --wgridder-accuracy, --precision and --facets",
          e);
    }
  }

  private static Cell bare(Cell cell) {
    return new Cell(
        cell.number(),
        cell.interval(),
        cell.channel(),
        cell.lowHz(),
        cell.highHz(),
        cell.startUnix(),
        cell.endUnix(),
        cell.exposureSeconds(),
        List.of());
  }

  private static Imaging.Headline headline(Msv4Reader reader) throws IOException {
    List<String> fields = reader.fieldNames();
    boolean variance =
        reader
            .array(reader.dataGroup().weight())
            .metadata()
            .attributes()
            .path("weight_scale")
            .path("units")
            .asText("")
            .equals("Jy^-2");
    return new Imaging.Headline(fields.get(fields.size() / 2), reader.telescopeName(), variance);
  }
}
