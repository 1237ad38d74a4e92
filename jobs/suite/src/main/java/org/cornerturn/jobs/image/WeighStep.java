package org.cornerturn.jobs.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cornerturn.crew.Crew;
import org.cornerturn.imaging.UvWeights.Density;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Weights by cell of the uv plane: summed up, added, kept and read again. */
final class WeighStep {
  private WeighStep() {}

  static void run(WeighTask task, TaskStores stores) throws IOException {
    Imaging imaging = task.imaging();
    ImagedSet set = imaging.sets().get(task.block().set());
    Samples samples =
        Samples.read(
            set.reader(stores),
            set,
            task.block(),
            imaging.centre(),
            Imaging.longest(imaging.geometry()),
            imaging.polarizations(),
            false,
            Crew.alone());
    ObjectStore product = stores.open(stores.product().uri());
    for (int p = 0; p < imaging.polarizations().size(); p++) {
      Density density = imaging.weights().density(imaging.geometry());
      density.add(samples.uvwMetres(), samples.frequencyHz(), samples.weight()[p]);
      put(
          product,
          Imaging.density(task.interval(), p, task.parts() == 1 ? -1 : task.part()),
          density);
    }
  }

  static void run(JoinTask task, TaskStores stores) throws IOException {
    Imaging imaging = task.imaging();
    ObjectStore product = stores.open(stores.product().uri());
    Density all = imaging.weights().density(imaging.geometry());
    for (int part = 0; part < task.parts(); part++) {
      add(product, Imaging.density(task.interval(), task.polarization(), part), all);
    }
    put(product, Imaging.density(task.interval(), task.polarization(), -1), all);
  }

  /** The summed weights of an interval; empty with natural weights, which need none. */
  static Density read(ObjectStore product, Imaging imaging, int interval, int polarization)
      throws IOException {
    Density all = imaging.weights().density(imaging.geometry());
    if (imaging.isWeighed()) {
      add(product, Imaging.density(interval, polarization, -1), all);
    }
    return all;
  }

  private static void put(ObjectStore store, String key, Density density) throws IOException {
    PlaneFile.writeLines(
        store, key, density.lines(), density.columns(), Double.BYTES, density::line);
    byte[] total = ByteBuffer.allocate(Double.BYTES).putDouble(density.total()).array();
    store.put(key + ".total", total);
  }

  private static void add(ObjectStore store, String key, Density density) throws IOException {
    PlaneFile.readRows(
        store, key, density.lines(), density.columns(), Double.BYTES, density::addLine);
    density.addTotal(ByteBuffer.wrap(store.get(key + ".total")).getDouble());
  }
}
