package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.storage.ObjectStore;

/**
 * Samples of a block as they are gridded, with their imaging weights, kept as parts of the product:
 * later major cycles need not decode, combine and weigh them again.
 */
final class KeptSamples {
  private final ObjectStore product;
  private final GridTask task;

  KeptSamples(ObjectStore product, GridTask task) {
    this.product = product;
    this.task = task;
  }

  private String key(String what) {
    return Imaging.samples(task.cell().number(), task.number(), what);
  }

  private String key(int polarization, String what) {
    return key(polarization + "-" + what);
  }

  /** Keeps samples of all polarizations. */
  void put(Samples samples) throws IOException {
    int times = task.block().times();
    int each = samples.uvwMetres().length / times;
    PlaneFile.writeRows(
        product,
        key("uvw"),
        times,
        each,
        Double.BYTES,
        (t, row) -> System.arraycopy(samples.uvwMetres(), t * each, row, 0, each));
    for (int p = 0; p < samples.weight().length; p++) {
      PlaneFile.write(product, key(p, "re"), samples.re()[p]);
      PlaneFile.write(product, key(p, "im"), samples.im()[p]);
      PlaneFile.write(product, key(p, "weight"), samples.weight()[p]);
    }
  }

  /**
   * The same samples.
   *
   * @param polarizations numbers of those that are wanted
   */
  Samples get(Msv4Reader reader, List<Integer> polarizations) throws IOException {
    Cell.Block block = task.block();
    int each = 3 * Samples.crosses(reader).length;
    double[] uvw = new double[Math.multiplyExact(each, block.times())];
    PlaneFile.readRows(
        product,
        key("uvw"),
        block.times(),
        each,
        Double.BYTES,
        (t, row) -> System.arraycopy(row, 0, uvw, t * each, each));
    int images = polarizations.size();
    int count = Math.multiplyExact(uvw.length / 3, block.channels());
    Samples samples =
        new Samples(
            uvw,
            Arrays.copyOfRange(
                reader.frequenciesHz(),
                block.firstChannel(),
                block.firstChannel() + block.channels()),
            new float[images][],
            new float[images][],
            new float[images][]);
    for (int i = 0; i < images; i++) {
      int p = polarizations.get(i);
      samples.re()[i] = PlaneFile.read(product, key(p, "re"), count);
      samples.im()[i] = PlaneFile.read(product, key(p, "im"), count);
      samples.weight()[i] = PlaneFile.read(product, key(p, "weight"), count);
    }
    return samples;
  }
}
