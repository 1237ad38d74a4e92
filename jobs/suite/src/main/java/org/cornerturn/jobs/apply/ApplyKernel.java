package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.jobs.solutions.GainChain;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;

/** Does the tasks of {@code apply}. */
record ApplyKernel() implements Kernel<ApplyTask> {
  @Override
  public Outcome run(ApplyTask task, TaskStores stores) throws IOException {
    Msv4Reader reader =
        ProcessingSet.open(stores.open(task.set()))
            .measurementSet(task.measurementSet())
            .group(task.dataGroup());
    Box box = task.box();
    GainChain chain = new GainChain(task.terms(), task.linear(), data(reader, box), stores::open);
    double[] seconds = reader.unixSeconds();
    ObjectStore product = stores.product();
    CorrectedArrays arrays = task.arrays();
    ObjectAssembly visibilities =
        new ObjectAssembly(
            product, CorrectedArrays.VISIBILITY, arrays.visibilities(), box, EmptyChunks.WRITE);
    ObjectAssembly weights =
        new ObjectAssembly(
            product, CorrectedArrays.WEIGHT, arrays.weights(), box, EmptyChunks.WRITE);
    ObjectAssembly flags =
        new ObjectAssembly(product, CorrectedArrays.FLAG, arrays.flags(), box, EmptyChunks.WRITE);
    boolean wide = arrays.visibilities().type() == Primitive.COMPLEX128;
    long flagged = 0;
    for (Box slab : ObjectAssembly.slabs(arrays.visibilities(), box)) {
      float[] v = reader.visibilities(slab);
      float[] w = reader.weights(slab);
      short[] f = reader.flagBits(slab);
      int times = (int) slab.extent(0);
      for (int t = 0; t < times; t++) {
        chain.apply(seconds[(int) slab.start(0) + t], v, w, f, f.length / times * t);
      }
      flagged += flagged(f);
      visibilities.add(slab, wide ? Block.toBytes(widened(v)) : Block.toBytes(v));
      weights.add(slab, Block.toBytes(w));
      flags.add(slab, Block.toBytes(f));
    }
    visibilities.finish();
    weights.finish();
    flags.finish();
    SampleCounts.put(
        stores.open(product.uri()),
        ApplyPublisher.PARTS,
        task.id(),
        new SampleCounts(flagged, box.size()));
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }

  /** A loop by itself: in a method of all the rest it takes the compiler a second. */
  private static long flagged(short[] flags) {
    long flagged = 0;
    for (short bits : flags) {
      flagged += bits == 0 ? 0 : 1;
    }
    return flagged;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The baselines, channels and polarizations of a box. */
  private static GainChain.Data data(Msv4Reader reader, Box box) throws IOException {
    int baseline = (int) box.start(1);
    int channel = (int) box.start(2);
    List<String> antennas = reader.antennaNames();
    Baselines baselines =
        Baselines.of(
            antennas,
            reader.antenna1Names().subList(baseline, (int) box.end(1)),
            reader.antenna2Names().subList(baseline, (int) box.end(1)));
    double[] hertz =
        Arrays.copyOfRange(reader.frequenciesHz(), channel, channel + (int) box.extent(2));
    List<Polarization> polarizations =
        reader.polarizations().stream().map(Polarization::valueOf).toList();
    return new GainChain.Data(antennas, baselines, polarizations, hertz);
  }
}
