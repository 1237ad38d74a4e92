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
import org.cornerturn.zarr.EmptyChunks;

/** Does the tasks of a model. */
record ModelKernel() implements Kernel<ModelTask> {
  static final String ARRAY = "VISIBILITY_MODEL";

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
}
