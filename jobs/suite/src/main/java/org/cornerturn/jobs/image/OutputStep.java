package org.cornerturn.jobs.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.crew.Crew;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.image.ColorMap;
import org.cornerturn.image.SkyMark;
import org.cornerturn.image.SkyPicture;
import org.cornerturn.image.Stretch;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.imaging.BeamFit;
import org.cornerturn.plane.CutOut;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.restoration.Restoration;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.sky.WscleanComponents;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Does an {@link OutputTask}. */
final class OutputStep {
  private static final int PICTURE = 1024;
  private static final int SMALL_PICTURE = 512;

  /** Pixels of the point spread function that its picture shows. */
  private static final int PSF_SIDE = 256;

  /** Roles with a small picture, beside the image's. */
  static final List<Role> SHOWN = List.of(Role.RESIDUAL, Role.PSF, Role.PB);

  private static final int MOST_LISTED = 100_000;

  private final OutputTask task;
  private final Imaging imaging;
  private final TaskStores stores;
  private final ObjectStore parts;
  private final int pixels;
  private final int width;
  private final int height;

  /** The cells whose weighted mean this is: one, or those of an interval that have data. */
  private final List<Cell> cells;

  private final List<Facts> facts;
  private final double[] shares;
  private Crew crew = Crew.alone();

  OutputStep(OutputTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.imaging = task.imaging();
    this.stores = stores;
    this.parts = stores.open(stores.product().uri());
    this.width = imaging.geometry().width();
    this.height = imaging.geometry().height();
    this.pixels = Math.toIntExact(imaging.geometry().pixels());
    cells = new ArrayList<>();
    facts = new ArrayList<>();
    for (Cell cell : imaging.cells()) {
      if (cell.number() == task.cell() || cell.interval() == -1 - task.cell()) {
        Facts known = Facts.get(parts, Imaging.facts(cell.number(), task.polarization()));
        if (known.weight() > 0) {
          cells.add(cell);
          facts.add(known);
        }
      }
    }
    shares = CleanStep.shares(facts);
  }

  private boolean joined() {
    return task.cell() < 0;
  }

  void run() throws IOException {
    try (Crew several = imaging.parameters().gridding().crew(task.peers())) {
      crew = several;
      write();
    }
  }

  private void write() throws IOException {
    boolean psf = imaging.parameters().hasPsf();
    GaussianBeam beam =
        !psf || cells.isEmpty()
            ? null
            : joined()
                ? BeamFit.of(imaging.geometry(), plane("psf")).orElse(null)
                : facts.get(0).beam();
    float[] plane = cells.isEmpty() ? null : make(beam);
    Facts known = known(beam);
    if (task.role() == Role.IMAGE) {
      if (plane != null) {
        ImageQuality quality = ImageQuality.measure(plane, width, height, crew);
        FieldCheck check = check(plane, quality);
        known = known.with(quality, check.check());
        check.seen().put(parts, Imaging.seen(task.cell(), task.polarization()));
        List<SkyMark> marks = new ArrayList<>(rings());
        marks.addAll(check.seen().marks());
        Stretch stretch = Stretch.percentiles(Stretch.Curve.ASINH, plane, 1, 99.95);
        SkyPicture picture = new SkyPicture(stretch, ColorMap.DUSK, PICTURE);
        picture("", picture.png(plane, width, height));
        picture("-overlay", picture.png(plane, width, height, marks));
      }
      known.put(parts, Imaging.facts(task.cell(), task.polarization()));
    } else if (plane != null && SHOWN.contains(task.role())) {
      show(plane);
    }
    fits(plane, beam, known);
    if (task.role() == Role.MODEL && plane != null) {
      list(plane);
    }
    if (!joined() && task.role().array() != null) {
      Cell cell = imaging.cells().get(task.cell());
      new ImageArrays(imaging)
          .write(stores.product(), task.role(), cell, task.polarization(), plane);
    }
  }

  /** The model as a list of components, for other programs; none where it would be endless. */
  private void list(float[] model) throws IOException {
    double hertz = 0;
    for (int c = 0; c < shares.length; c++) {
      hertz += shares[c] * cells.get(c).middleHz();
    }
    List<SkyComponent> components = new ArrayList<>();
    for (int i = 0; i < model.length; i++) {
      if (model[i] != 0 && components.size() < MOST_LISTED) {
        components.add(
            SkyComponent.point(
                "s" + i,
                imaging.wcs().direction(i % width, i / width),
                new Spectrum(model[i], hertz, List.of(), Spectrum.Form.LOGARITHMIC)));
      }
    }
    if (components.size() < MOST_LISTED) {
      stores
          .product()
          .put(
              components(name(imaging, task.cell(), task.polarization())),
              WscleanComponents.format(components).getBytes(StandardCharsets.UTF_8));
    }
  }

  private float[] make(GaussianBeam beam) throws IOException {
    return switch (task.role()) {
      case IMAGE -> image(beam);
      case RESIDUAL -> plane("residual");
      case MODEL -> plane("model");
      case DIRTY -> plane("dirty");
      case PSF -> plane("psf");
      case MASK -> mask();
      case PB -> pattern();
      case IMAGE_PB ->
          PrimaryBeam.correct(image(beam), pattern(), imaging.parameters().antennas().limit());
    };
  }

  /** Of what tasks have left, the weighted mean of all channels where there are several. */
  private float[] plane(String what) throws IOException {
    if (cells.size() == 1) {
      return plane(cells.get(0), what);
    }
    float[] mean = new float[pixels];
    for (int c = 0; c < cells.size(); c++) {
      float[] one = plane(cells.get(c), what);
      float share = (float) shares[c];
      for (int i = 0; i < pixels; i++) {
        mean[i] += share * one[i];
      }
    }
    return mean;
  }

  private float[] plane(Cell cell, String what) throws IOException {
    return PlaneFile.read(parts, Imaging.plane(cell.number(), task.polarization(), what), pixels);
  }

  /** The residual, and where something was cleaned and a beam is known the model as it shows it. */
  private float[] image(GaussianBeam beam) throws IOException {
    float[] residual = plane("residual");
    return !imaging.parameters().cleans() || beam == null
        ? residual
        : Restoration.restore(residual, plane("model"), width, height, beam, imaging.wcs(), crew);
  }

  /** 1 where components could be in the last cycle: of the automatic mask, or the user's. */
  private float[] mask() throws IOException {
    CleanState last =
        CleanState.get(
            parts,
            Imaging.state(
                imaging.group(cells.get(0)),
                task.polarization(),
                imaging.parameters().majorCycles()));
    PlaneMask mask = PlaneMask.none(width, height);
    if (last.known() != null && last.known().automatic()) {
      for (long[] words : last.known().found()) {
        mask = mask.or(PlaneMask.ofWords(words, width, height));
      }
    } else {
      PlaneMask given = MaskFiles.read(imaging, stores);
      mask = given == null ? PlaneMask.inside(width, height, 0) : given;
    }
    return mask.plane();
  }

  private float[] pattern() {
    double[] hertz = cells.stream().mapToDouble(Cell::middleHz).toArray();
    return imaging.beam().plane(imaging.wcs(), width, height, hertz, shares);
  }

  /** What is known of the image; of the mean of several, from what is known of each. */
  private Facts known(GaussianBeam beam) throws IOException {
    if (cells.isEmpty()) {
      return new Facts(0, 0, Double.NaN, null, List.of(), null, null);
    }
    if (!joined()) {
      return facts.get(0);
    }
    double variance = 0;
    double weight = 0;
    long samples = 0;
    for (int c = 0; c < cells.size(); c++) {
      variance += Math.pow(shares[c] * facts.get(c).thermalJy(), 2);
      weight += facts.get(c).weight();
      samples += facts.get(c).samples();
    }
    return new Facts(samples, weight, Math.sqrt(variance), beam, facts.get(0).cycles(), null, null);
  }

  /** The image's peaks, beside the catalogue's sources that should be seen where there is one. */
  private FieldCheck check(float[] plane, ImageQuality quality) {
    float[] pattern = imaging.hasBeam() ? pattern() : null;
    double limit = imaging.parameters().antennas().limit();
    return FieldCheck.of(
        plane,
        width,
        height,
        imaging.wcs(),
        FieldCheck.Response.of(pattern, limit, quality.rms()),
        quality.rms(),
        imaging.catalog(),
        cells.stream().mapToDouble(Cell::middleHz).average().orElseThrow());
  }

  /** Where the antennas see half as much as in the middle, and where the image begins to count. */
  private List<SkyMark> rings() {
    return rings(imaging, cells.stream().mapToDouble(Cell::middleHz).average().orElseThrow());
  }

  /** Rings at which the beam of a shape is so much; a beam of an image need not have any. */
  static List<SkyMark> rings(Imaging imaging, double hertz) {
    List<SkyMark> rings = new ArrayList<>();
    if (imaging.hasBeam() && imaging.beam().image() == null) {
      PrimaryBeam beam = imaging.beam();
      double[] at = imaging.wcs().pixel(beam.pointing());
      for (double level : new double[] {0.5, imaging.parameters().antennas().limit()}) {
        if (level > 0 && Double.isFinite(at[0])) {
          double radius = Math.sin(beam.radiusRad(level, hertz)) / imaging.geometry().pixelRad();
          String label = String.format(Locale.ROOT, "the antennas' beam at %.2f", level);
          rings.add(new SkyMark(SkyMark.Kind.BEAM, at[0], at[1], radius, label));
        }
      }
    }
    return rings;
  }

  /** A picture for the report; of the point spread function its middle. */
  private void show(float[] plane) throws IOException {
    float[] shown = plane;
    int w = width;
    int h = height;
    if (task.role() == Role.PSF) {
      w = Math.min(width, PSF_SIDE);
      h = Math.min(height, PSF_SIDE);
      shown = new CutOut(width / 2 - w / 2, height / 2 - h / 2, w, h).of(plane, width, height);
    }
    Stretch stretch = Stretch.percentiles(Stretch.Curve.ASINH, shown, 1, 99.95);
    if (task.role() == Role.PB) {
      stretch = new Stretch(Stretch.Curve.LINEAR, 0, 1);
    }
    picture(
        "-" + task.role().suffix(true),
        new SkyPicture(stretch, ColorMap.DUSK, SMALL_PICTURE).png(shown, w, h));
  }

  private void picture(String ending, byte[] png) throws IOException {
    stores.product().put(picture(imaging, task.cell(), task.polarization(), ending), png);
  }

  private void fits(float[] plane, GaussianBeam beam, Facts known) throws IOException {
    PixelSource source =
        plane != null
            ? PixelSource.of(plane)
            : (first, target, count) -> Arrays.fill(target, 0, count, Double.NaN);
    boolean hasBeam = task.role().isSeen();
    try (PendingObject out = stores.product().create(task.id())) {
      new FitsImageWriter(describe(hasBeam ? beam : null, known), FitsImageWriter.Precision.SINGLE)
          .write(source, out);
      out.publish();
    }
  }

  private ImageDescription describe(GaussianBeam beam, Facts known) {
    List<Cell> shown = imaging.shown(task.cell());
    double low = shown.stream().mapToDouble(Cell::lowHz).min().orElseThrow();
    double high = shown.stream().mapToDouble(Cell::highHz).max().orElseThrow();
    double middle = (low + high) / 2;
    Cell first = shown.get(0);
    Map<String, Object> cards = new LinkedHashMap<>();
    cards.put("EXPTIME", first.exposureSeconds());
    cards.put("WSCNVIS", known.samples());
    cards.put("WSCNORMF", known.weight());
    cards.put("WSCVWSUM", known.weight());
    cards.put("WSCMINOR", (long) known.iterations());
    cards.put("WSCMAJOR", (long) known.cycles().size());
    cards.put("WSCWEIGH", imaging.weighting());
    cards.put("WSCGAIN", imaging.parameters().clean().gain());
    cards.put("WSCMGAIN", imaging.parameters().clean().majorGain());
    if (!Double.isNaN(known.thermalJy())) {
      cards.put("CTTHERM", known.thermalJy());
    }
    String unit = task.role().unit();
    return ImageDescription.plane(
            width, height, imaging.wcs(), unit.isEmpty() ? "" : unit.toUpperCase(Locale.ROOT))
        .withAxes(
            LinearAxis.channel(middle, high - low),
            LinearAxis.of(imaging.polarizations().get(task.polarization())))
        .withBeam(beam)
        .withOrigin(
            new ImageDescription.Origin(
                imaging.about().object(),
                imaging.about().telescope(),
                "",
                Instant.ofEpochMilli(Math.round(first.startUnix() * 1000)),
                middle))
        .withCards(cards, List.of(imaging.facets().get(0).plan().toString()));
  }

  /** What the files of an image begin with, as WSClean names them. */
  static String name(Imaging imaging, int cell, int polarization) {
    StringBuilder name = new StringBuilder(imaging.parameters().name());
    int interval = cell < 0 ? -1 - cell : imaging.cells().get(cell).interval();
    if (imaging.intervals() > 1) {
      name.append(String.format(Locale.ROOT, "-t%04d", interval));
    }
    if (cell < 0) {
      name.append("-MFS");
    } else if (imaging.channels() > 1) {
      name.append(String.format(Locale.ROOT, "-%04d", imaging.cells().get(cell).channel()));
    }
    if (imaging.polarizations().size() > 1) {
      name.append('-').append(imaging.polarizations().get(polarization));
    }
    return name.toString();
  }

  /** Key of the list of components of an image. */
  static String components(String name) {
    return "fits/" + name + "-sources.txt";
  }

  /** Key of a FITS file. */
  static String key(Imaging imaging, int cell, int polarization, Role role) {
    return "fits/"
        + name(imaging, cell, polarization)
        + "-"
        + role.suffix(imaging.parameters().cleans())
        + ".fits";
  }

  /** Pixels of an image along a side of a pixel of its picture. */
  static int factor(Imaging imaging) {
    return new SkyPicture(new Stretch(Stretch.Curve.LINEAR, 0, 1), ColorMap.DUSK, PICTURE)
        .factor(imaging.geometry().width(), imaging.geometry().height());
  }

  /**
   * Key of a picture.
   *
   * @param ending empty for the image's, else as in -residual
   */
  static String picture(Imaging imaging, int cell, int polarization, String ending) {
    return "preview/" + name(imaging, cell, polarization) + ending + ".png";
  }
}
