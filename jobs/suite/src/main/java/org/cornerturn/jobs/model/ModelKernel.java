package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;

/** Does the tasks of a model. */
record ModelKernel() implements Kernel<ModelTask> {
  static final String ARRAY = "VISIBILITY_MODEL";

  /** Rows times channels that are degridded at once. */
  static final long IMAGE_SAMPLES = 1 << 21;

  @Override
  public Outcome run(ModelTask task, TaskStores stores) throws IOException {
    Msv4Reader reader =
        ProcessingSet.open(stores.open(task.set()))
            .measurementSet(task.measurementSet())
            .group(task.dataGroup());
    Box box = task.box();
    int channel = (int) box.start(2);
    double[] hertz =
        Arrays.copyOfRange(reader.frequenciesHz(), channel, channel + (int) box.extent(2));
    List<Polarization> polarizations =
        reader.polarizations().stream().map(Polarization::valueOf).toList();
    if (task.model().image() != null) {
      image(task, stores, reader, hertz, polarizations);
      return Outcome.done(task.id(), stores.written(), task.inputBytes());
    }
    VisibilityPredictor predictor = task.model().predictor(hertz, polarizations);
    IcrsDirection at = null;
    try (ObjectAssembly out =
        new ObjectAssembly(stores.product(), ARRAY, task.array(), box, EmptyChunks.OMIT)) {
      for (Box slab : ObjectAssembly.slabs(task.array(), box)) {
        int times = (int) slab.extent(0);
        int baselines = (int) slab.extent(1);
        double[] uvw = reader.uvwMetres(slab.start(0), times);
        int all = uvw.length / 3 / times;
        float[] values = new float[Math.toIntExact(2 * slab.size())];
        for (int t = 0; t < times; t++) {
          IcrsDirection centre = task.phaseCentres().get((int) (slab.start(0) - box.start(0)) + t);
          if (!centre.equals(at)) {
            predictor.field(centre, centre);
            at = centre;
          }
          int from = 3 * (t * all + (int) slab.start(1));
          predictor.integration(uvw, from, baselines, values, values.length / times * t);
        }
        out.add(slab, values);
      }
      out.finish();
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }

  /** Predicts an image: as many integrations at once as have few samples enough. */
  private static void image(
      ModelTask task,
      TaskStores stores,
      Msv4Reader reader,
      double[] hertz,
      List<Polarization> polarizations)
      throws IOException {
    ObjectStore folder = stores.open(FitsFile.folder(task.model().image().uri()));
    ImagePrediction prediction = new ImagePrediction(task.model(), folder, hertz, polarizations);
    Box box = task.box();
    long each = box.extent(1) * box.extent(2);
    int most = (int) Math.max(1, IMAGE_SAMPLES / each);
    int row = Math.toIntExact(2 * each * box.extent(3));
    float[] done = {};
    int from = 0;
    int to = 0;
    try (ObjectAssembly out =
        new ObjectAssembly(stores.product(), ARRAY, task.array(), box, EmptyChunks.OMIT)) {
      for (Box slab : ObjectAssembly.slabs(task.array(), box)) {
        float[] values = new float[Math.toIntExact(2 * slab.size())];
        for (int t = 0; t < slab.extent(0); t++) {
          int time = (int) (slab.start(0) - box.start(0)) + t;
          if (time >= to) {
            from = time;
            to = run(task.phaseCentres(), time, most, prediction.dependsOnPointing());
            done = new float[Math.multiplyExact(to - from, row)];
            prediction.predict(
                uvw(reader, box, from, to), task.phaseCentres().subList(from, to), done);
          }
          System.arraycopy(done, (time - from) * row, values, t * row, row);
        }
        out.add(slab, values);
      }
      out.finish();
    }
  }

  /** End of the integrations from one on that are predicted together. */
  private static int run(List<IcrsDirection> centres, int from, int most, boolean one) {
    int to = from + 1;
    while (to < centres.size()
        && to - from < most
        && (!one || centres.get(to).equals(centres.get(from)))) {
      to++;
    }
    return to;
  }

  /** Of a box's baselines. */
  private static double[] uvw(Msv4Reader reader, Box box, int from, int to) throws IOException {
    double[] all = reader.uvwMetres(box.start(0) + from, to - from);
    int baselines = all.length / 3 / (to - from);
    int some = (int) box.extent(1);
    double[] uvw = new double[3 * some * (to - from)];
    for (int t = 0; t < to - from; t++) {
      int at = 3 * (t * baselines + (int) box.start(1));
      System.arraycopy(all, at, uvw, 3 * t * some, 3 * some);
    }
    return uvw;
  }
}
