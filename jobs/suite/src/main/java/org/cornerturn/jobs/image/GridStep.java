package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.crew.Crew;
import org.cornerturn.imaging.Degridder;
import org.cornerturn.imaging.Gridder;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.ImageSums;
import org.cornerturn.imaging.ThermalNoise;
import org.cornerturn.imaging.UvBlock;
import org.cornerturn.imaging.UvWeights;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link GridTask}. */
final class GridStep {
  /** Rows that are weighed together: sums over them are added in their order. */
  private static final int ROWS = 4096;

  private final GridTask task;
  private final Imaging imaging;
  private final TaskStores stores;
  private final ObjectStore product;

  GridStep(GridTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.imaging = task.imaging();
    this.stores = stores;
    // Parts are not recorded: they are gone once the product is published.
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    List<Integer> open = open();
    if (open.isEmpty()) {
      return;
    }
    try (Crew crew = imaging.parameters().gridding().crew(task.peers())) {
      run(open, crew);
    }
  }

  private void run(List<Integer> open, Crew crew) throws IOException {
    ImagedSet set = imaging.sets().get(task.block().set());
    KeptSamples kept = new KeptSamples(product, task);
    boolean first = task.cycle() == 0;
    Samples samples = first ? read(set, crew) : kept.get(set.reader(stores), open);
    if (first) {
      Counts counts = weigh(samples, open, crew);
      counts.put(product, Imaging.counts(task.cell().number(), 0, task.number()));
      if (imaging.parameters().cleans()) {
        kept.put(samples);
      }
    }
    List<Facet> facets = imaging.facets();
    if (!first) {
      for (Facet facet : facets) {
        subtract(facet, samples, open, crew);
      }
    }
    boolean psf = first && imaging.parameters().hasPsf();
    UvBlock block = block(samples, psf);
    for (Facet facet : facets) {
      Gridder gridder = Gridder.ofFewPlanes(facet.plan(), block.images(), crew);
      gridder.add(block);
      ImageSums sums = gridder.finish();
      for (int i = 0; i < open.size(); i++) {
        put(facet, sums, i, open.get(i), false);
        if (psf) {
          put(facet, sums, open.size() + i, open.get(i), true);
        }
      }
    }
  }

  /** All polarizations, with natural weights. */
  private Samples read(ImagedSet set, Crew crew) throws IOException {
    return Samples.read(
        set.reader(stores),
        set,
        task.block(),
        imaging.centre(),
        Imaging.longest(imaging.geometry()),
        imaging.polarizations(),
        true,
        crew);
  }

  /** Polarizations that are not finished. */
  private List<Integer> open() throws IOException {
    List<Integer> open = new ArrayList<>();
    for (int p = 0; p < imaging.polarizations().size(); p++) {
      if (task.cycle() == 0
          || CleanState.get(product, Imaging.state(imaging.group(task.cell()), p, task.cycle() - 1))
                  .stage()
              != CleanState.Stage.FINISHED) {
        open.add(p);
      }
    }
    return open;
  }

  /** Puts imaging weights in the place of natural ones. */
  private Counts weigh(Samples samples, List<Integer> open, Crew crew) throws IOException {
    double[] weight = new double[imaging.polarizations().size()];
    double[][] noise = new double[weight.length][2];
    long most = 0;
    for (int i = 0; i < open.size(); i++) {
      int p = open.get(i);
      float[] natural = samples.weight()[i];
      float[] imagingWeight = new float[natural.length];
      UvWeights.Weighting weighting =
          WeighStep.read(product, imaging, task.cell().interval(), p).weighting();
      int rows = samples.uvwMetres().length / 3;
      int channels = samples.frequencyHz().length;
      int pieces = (rows + ROWS - 1) / ROWS;
      ThermalNoise[] noises = new ThermalNoise[pieces];
      double[] weights = new double[pieces];
      long[] counts = new long[pieces];
      crew.each(
          pieces,
          (piece, member) -> {
            int first = piece * ROWS;
            int end = Math.min(rows, first + ROWS);
            weighting.apply(
                samples.uvwMetres(), samples.frequencyHz(), natural, imagingWeight, first, end);
            noises[piece] = new ThermalNoise();
            noises[piece].add(natural, imagingWeight, first * channels, end * channels);
            for (int at = first * channels; at < end * channels; at++) {
              weights[piece] += imagingWeight[at];
              counts[piece] += imagingWeight[at] != 0 ? 1 : 0;
            }
          });
      ThermalNoise thermal = new ThermalNoise();
      long count = 0;
      for (int piece = 0; piece < pieces; piece++) {
        thermal.merge(noises[piece]);
        weight[p] += weights[piece];
        count += counts[piece];
      }
      noise[p] = thermal.sums();
      most = Math.max(most, count);
      samples.weight()[i] = imagingWeight;
    }
    return new Counts(most, weight, noise);
  }

  /** Takes what a facet of the model is seen as away from the visibilities. */
  private void subtract(Facet facet, Samples samples, List<Integer> open, Crew crew)
      throws IOException {
    float[][] model = new float[open.size()][];
    boolean empty = true;
    for (int i = 0; i < model.length; i++) {
      String key = Imaging.model(task.cell().number(), open.get(i), task.cycle());
      float[] components = PlaneFile.read(product, key, imaging.geometry(), facet);
      empty &= isZero(components);
      model[i] = facet.resampling().toGridded(components, crew);
    }
    if (empty) {
      return;
    }
    Degridder degridder = Degridder.of(facet.plan(), crew, model);
    Arrays.fill(model, null);
    int count = samples.weight()[0].length;
    float[][] re = new float[open.size()][count];
    float[][] im = new float[open.size()][count];
    degridder.predict(block(samples, false), re, im);
    for (int i = 0; i < re.length; i++) {
      minus(samples.re()[i], re[i]);
      minus(samples.im()[i], im[i]);
    }
  }

  private static boolean isZero(float[] plane) {
    for (float v : plane) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  private static void minus(float[] from, float[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= what[i];
    }
  }

  /** The samples as images: of each polarization, then the point spread function of each. */
  private static UvBlock block(Samples samples, boolean psf) {
    int images = samples.weight().length;
    int all = psf ? 2 * images : images;
    float[][] re = Arrays.copyOf(samples.re(), all);
    float[][] im = Arrays.copyOf(samples.im(), all);
    float[][] weight = new float[all][];
    for (int i = 0; i < all; i++) {
      weight[i] = samples.weight()[i % images];
    }
    return new UvBlock(samples.uvwMetres(), samples.frequencyHz(), re, im, weight);
  }

  private void put(Facet facet, ImageSums sums, int image, int polarization, boolean psf)
      throws IOException {
    ImageGeometry gridded = facet.plan().geometry();
    PlaneFile.writeRows(
        product,
        Imaging.sums(
            task.cell().number(), task.cycle(), task.number(), facet.number(), polarization, psf),
        gridded.height(),
        gridded.width(),
        imaging.parameters().gridding().precision().bytes(),
        (y, row) -> sums.read(image, y, row));
  }
}
