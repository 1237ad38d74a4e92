package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.imaging.Degridder;
import org.cornerturn.imaging.GridPlan;
import org.cornerturn.imaging.Gridder;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.ImageSums;
import org.cornerturn.imaging.Resampling;
import org.cornerturn.imaging.ThermalNoise;
import org.cornerturn.imaging.UvBlock;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link GridTask}. */
final class GridStep {
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
    GridPlan plan = imaging.plan();
    ImagedSet set = imaging.sets().get(task.block().set());
    Samples samples =
        Samples.read(
            set.reader(stores),
            set,
            task.block(),
            imaging.centre(),
            Imaging.longest(imaging.geometry()),
            open.stream().map(imaging.polarizations()::get).toList(),
            true);
    Counts counts = weigh(samples, open);
    boolean first = task.cycle() == 0;
    if (!first) {
      subtract(plan, samples, open);
    }
    boolean psf = first && imaging.parameters().hasPsf();
    UvBlock block = block(samples, psf);
    Gridder gridder = Gridder.ofFewPlanes(plan, block.images());
    gridder.add(block);
    ImageSums sums = gridder.finish();
    for (int i = 0; i < open.size(); i++) {
      put(sums, i, open.get(i), false);
      if (psf) {
        put(sums, open.size() + i, open.get(i), true);
      }
    }
    if (first) {
      counts.put(product, Imaging.counts(task.cell().number(), 0, task.number()));
    }
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
  private Counts weigh(Samples samples, List<Integer> open) throws IOException {
    double[] weight = new double[imaging.polarizations().size()];
    double[][] noise = new double[weight.length][2];
    long most = 0;
    for (int i = 0; i < open.size(); i++) {
      int p = open.get(i);
      float[] natural = samples.weight()[i];
      float[] imagingWeight = new float[natural.length];
      WeighStep.read(product, imaging, task.cell().interval(), p)
          .weighting()
          .apply(samples.uvwMetres(), samples.frequencyHz(), natural, imagingWeight);
      ThermalNoise thermal = new ThermalNoise();
      thermal.add(natural, imagingWeight);
      noise[p] = thermal.sums();
      long count = 0;
      for (float w : imagingWeight) {
        weight[p] += w;
        count += w != 0 ? 1 : 0;
      }
      most = Math.max(most, count);
      samples.weight()[i] = imagingWeight;
    }
    return new Counts(most, weight, noise);
  }

  /** Takes what the model is seen as away from the visibilities. */
  private void subtract(GridPlan plan, Samples samples, List<Integer> open) throws IOException {
    int pixels = Math.toIntExact(imaging.geometry().pixels());
    Resampling resampling = imaging.resampling();
    float[][] model = new float[open.size()][];
    for (int i = 0; i < model.length; i++) {
      String key = Imaging.model(task.cell().number(), open.get(i), task.cycle());
      model[i] = resampling.toGridded(PlaneFile.read(product, key, pixels));
    }
    Degridder degridder = Degridder.of(plan, model);
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

  private void put(ImageSums sums, int image, int polarization, boolean psf) throws IOException {
    ImageGeometry gridded = imaging.resampling().gridded();
    PlaneFile.writeRows(
        product,
        Imaging.sums(task.cell().number(), task.cycle(), task.number(), polarization, psf),
        gridded.height(),
        gridded.width(),
        imaging.parameters().gridding().precision().bytes(),
        (y, row) -> sums.read(image, y, row));
  }
}
