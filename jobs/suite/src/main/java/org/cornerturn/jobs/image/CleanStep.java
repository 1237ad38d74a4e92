package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.crew.Crew;
import org.cornerturn.deconvolution.CleanSettings;
import org.cornerturn.deconvolution.Deconvolution;
import org.cornerturn.deconvolution.SpectralFit;
import org.cornerturn.imaging.BeamFit;
import org.cornerturn.imaging.ImageSums;
import org.cornerturn.imaging.ThermalNoise;
import org.cornerturn.jobs.image.CleanState.Stage;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link CleanTask}. */
final class CleanStep {
  private final CleanTask task;
  private final Imaging imaging;
  private final TaskStores stores;
  private final ObjectStore product;
  private final List<Cell> cells;
  private final List<Facet> facets;
  private final int pixels;
  private Crew crew = Crew.alone();

  CleanStep(CleanTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.imaging = task.imaging();
    this.stores = stores;
    this.product = stores.open(stores.product().uri());
    this.cells = imaging.ofGroup(task.group());
    this.facets = imaging.facets();
    this.pixels = Math.toIntExact(imaging.geometry().pixels());
  }

  void run() throws IOException {
    CleanState before = before();
    if (before.stage() == Stage.FINISHED) {
      before.put(product, task.id());
      return;
    }
    try (Crew several = imaging.parameters().gridding().crew(task.peers())) {
      crew = several;
      run(before);
    }
  }

  private void run(CleanState before) throws IOException {
    if (task.cycle() == 0) {
      begin();
    } else {
      // What the cycle before was made of: nobody asks for it any more.
      for (Cell cell : cells) {
        dropSums(cell, task.cycle() - 1);
      }
    }
    List<Cell> seen = new ArrayList<>();
    for (Cell cell : cells) {
      if (facts(cell).weight() > 0) {
        seen.add(cell);
      }
    }
    boolean cleans =
        before.stage() == Stage.GOES_ON && !task.last() && imaging.parameters().cleans();
    if (seen.isEmpty() || !cleans) {
      finish(seen, before);
    } else {
      clean(seen, before);
    }
  }

  private CleanState before() throws IOException {
    return task.cycle() == 0
        ? new CleanState(Stage.GOES_ON, List.of(), null)
        : CleanState.get(
            product, Imaging.state(task.group(), task.polarization(), task.cycle() - 1));
  }

  private Facts facts(Cell cell) throws IOException {
    return Facts.get(product, Imaging.facts(cell.number(), task.polarization()));
  }

  private String key(Cell cell, String what) {
    return Imaging.plane(cell.number(), task.polarization(), what);
  }

  private void dropSums(Cell cell, int cycle) throws IOException {
    int blocks = task.blocks()[cells.indexOf(cell)];
    for (int b = 0; b < blocks; b++) {
      for (Facet facet : facets) {
        for (boolean psf : new boolean[] {false, true}) {
          product.delete(
              Imaging.sums(cell.number(), cycle, b, facet.number(), task.polarization(), psf));
        }
      }
    }
  }

  /** Makes the point spread functions, and notes what is known of each cell. */
  private void begin() throws IOException {
    for (Cell cell : cells) {
      long samples = 0;
      double weight = 0;
      ThermalNoise noise = new ThermalNoise();
      for (int b = 0; b < task.blocks()[cells.indexOf(cell)]; b++) {
        Counts counts = Counts.get(product, Imaging.counts(cell.number(), 0, b));
        samples += counts.samples();
        weight += counts.weight()[task.polarization()];
        noise.addSums(counts.noise()[task.polarization()]);
      }
      if (!(weight > 0) && imaging.cells().size() == 1) {
        throw new UserError(
            imaging.parameters().product(),
            "no visibility is left for the image: all are flagged, without weight, or of baselines"
                + " beyond the range",
            "See to the flags (cornerturn plot flags), --data-group, --minuv-l and --scale");
      }
      GaussianBeam beam = null;
      if (weight > 0 && imaging.parameters().hasPsf()) {
        float[] psf = image(cell, weight, true);
        beam = beam(psf).orElse(null);
        PlaneFile.write(product, key(cell, "psf"), psf);
      }
      double thermal = imaging.about().variance() ? noise.jyPerBeam() : Double.NaN;
      new Facts(samples, weight, thermal, beam, List.of(), null, null)
          .put(product, Imaging.facts(cell.number(), task.polarization()));
    }
  }

  private Optional<GaussianBeam> beam(float[] psf) {
    return BeamFit.of(imaging.geometry(), psf);
  }

  /** What the blocks of a cell have left, added in their order, in Jy/beam. */
  private float[] image(Cell cell, double weight, boolean psf) throws IOException {
    if (facets.size() == 1) {
      return image(cell, facets.get(0), weight, psf);
    }
    float[] whole = new float[pixels];
    for (Facet facet : facets) {
      facet.put(image(cell, facet, weight, psf), whole, imaging.geometry().width());
    }
    return whole;
  }

  private float[] image(Cell cell, Facet facet, double weight, boolean psf) throws IOException {
    ImageSums sums = ImageSums.of(facet.plan(), 1);
    for (int b = 0; b < task.blocks()[cells.indexOf(cell)]; b++) {
      PlaneFile.readRows(
          product,
          Imaging.sums(cell.number(), task.cycle(), b, facet.number(), task.polarization(), psf),
          facet.plan().geometry().height(),
          facet.plan().geometry().width(),
          imaging.parameters().gridding().precision().bytes(),
          (y, row) -> sums.add(0, y, row));
    }
    sums.addCounts(new double[] {weight}, 0);
    return facet.resampling().toImage(sums.dirty(0), crew);
  }

  /** Keeps the residual of the final model. */
  private void finish(List<Cell> seen, CleanState before) throws IOException {
    for (Cell cell : seen) {
      float[] residual = image(cell, facts(cell).weight(), false);
      PlaneFile.write(product, key(cell, "residual"), residual);
      if (task.cycle() > 0) {
        keepModel(cell);
      }
    }
    new CleanState(Stage.FINISHED, before.cycles(), before.known()).put(product, task.id());
    for (Cell cell : cells) {
      facts(cell)
          .with(before.cycles())
          .put(product, Imaging.facts(cell.number(), task.polarization()));
    }
  }

  private void keepModel(Cell cell) throws IOException {
    String key = Imaging.model(cell.number(), task.polarization(), task.cycle());
    PlaneFile.write(product, key(cell, "model"), PlaneFile.read(product, key, pixels));
  }

  private void clean(List<Cell> seen, CleanState before) throws IOException {
    float[][] residual = new float[seen.size()][];
    float[][] model = new float[seen.size()][];
    float[][] psf = new float[seen.size()][];
    double[] weight = new double[seen.size()];
    double[] hertz = new double[seen.size()];
    double beamPixels = 0;
    for (int c = 0; c < seen.size(); c++) {
      Cell cell = seen.get(c);
      Facts facts = facts(cell);
      weight[c] = facts.weight();
      hertz[c] = cell.middleHz();
      residual[c] = image(cell, weight[c], false);
      if (task.cycle() == 0) {
        PlaneFile.write(product, key(cell, "dirty"), residual[c]);
        model[c] = new float[pixels];
      } else {
        String key = Imaging.model(cell.number(), task.polarization(), task.cycle());
        model[c] = PlaneFile.read(product, key, pixels);
      }
      psf[c] = PlaneFile.read(product, key(cell, "psf"), pixels);
      beamPixels = Math.max(beamPixels, beamPixels(facts.beam()));
    }
    Deconvolution deconvolution =
        new Deconvolution(
            imaging.geometry().width(),
            imaging.geometry().height(),
            psf,
            fit(hertz, weight),
            imaging.parameters().clean(),
            mask(),
            beamPixels,
            crew);
    if (before.known() != null) {
      deconvolution.resume(before.known());
    }
    Deconvolution.Outcome outcome = deconvolution.minorCycle(residual, model);
    List<Deconvolution.Outcome> cycles = new ArrayList<>(before.cycles());
    cycles.add(outcome);
    for (int c = 0; c < seen.size(); c++) {
      String key = Imaging.model(seen.get(c).number(), task.polarization(), task.cycle() + 1);
      PlaneFile.write(product, key, model[c]);
    }
    new CleanState(
            outcome.major() ? Stage.GOES_ON : Stage.NEEDS_RESIDUAL, cycles, deconvolution.state())
        .put(product, task.id());
  }

  private double beamPixels(GaussianBeam beam) {
    if (beam == null) {
      if (imaging.parameters().clean().method() == CleanSettings.Method.MULTISCALE
          && imaging.parameters().clean().scales().isEmpty()) {
        throw new UserError(
            imaging.parameters().product(),
            "no beam can be fitted, from which the sizes of components would follow",
            "Name them with --multiscale-scales, or choose another --scale and --size");
      }
      return 0;
    }
    return beam.majorRad() / imaging.geometry().pixelRad();
  }

  private SpectralFit fit(double[] hertz, double[] weight) {
    SpectralFit.Form form = imaging.parameters().axes().fit();
    return weight.length == 1 || form == SpectralFit.Form.FREE
        ? SpectralFit.free(weight)
        : new SpectralFit(form, hertz, weight, imaging.parameters().axes().terms());
  }

  private PlaneMask mask() throws IOException {
    return MaskFiles.read(imaging, stores);
  }

  /** The weights of channels, for what is said of all of them together. */
  static double[] shares(List<Facts> facts) {
    double[] weight = facts.stream().mapToDouble(Facts::weight).toArray();
    double sum = Arrays.stream(weight).sum();
    return Arrays.stream(weight).map(w -> w / sum).toArray();
  }
}
