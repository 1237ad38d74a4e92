package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.jobs.solutions.GainChain;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SampleReader;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedChunk;

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
    BlockCorrection correction = new BlockCorrection(chain, reader.unixSeconds(), box);
    SampleReader samples = new SampleReader(reader);
    ObjectStore product = stores.product();
    CorrectedArrays arrays = task.arrays();
    boolean wide = arrays.visibilities().type() == Primitive.COMPLEX128;
    long flagged = 0;
    try (ObjectAssembly visibilities =
            assembly(product, CorrectedArrays.VISIBILITY, arrays.visibilities(), box);
        ObjectAssembly weights = assembly(product, CorrectedArrays.WEIGHT, arrays.weights(), box);
        ObjectAssembly flags = assembly(product, CorrectedArrays.FLAG, arrays.flags(), box)) {
      boolean sameFlags = flags.isStoredAs(samples.flagMetadata());
      for (Box piece : ObjectAssembly.pieces(arrays.visibilities(), box)) {
        byte[] v = samples.visibilityBytes(piece);
        byte[] w = samples.weightBytes(piece);
        short[] f = samples.flagBits(piece);
        boolean changed = correction.correct(piece, v, w, f);
        flagged += flagged(f);
        visibilities.add(piece, wide ? widened(v) : v);
        weights.add(piece, w);
        // Flags that are as they were are not encoded again.
        Optional<EncodedChunk> same =
            sameFlags && !changed ? samples.encodedFlags() : Optional.empty();
        if (same.isPresent()) {
          flags.add(piece, same.get());
        } else {
          flags.add(piece, f);
        }
      }
      visibilities.finish();
      weights.finish();
      flags.finish();
    }
    SampleCounts.put(
        stores.open(product.uri()),
        ApplyPublisher.PARTS,
        task.id(),
        new SampleCounts(flagged, box.size()));
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }

  private static ObjectAssembly assembly(
      ObjectStore store, String name, ArrayMetadata array, Box box) {
    return new ObjectAssembly(store, name, array, box, EmptyChunks.WRITE);
  }

  /** A loop by itself: in a method of all the rest it takes the compiler a second. */
  private static long flagged(short[] flags) {
    long flagged = 0;
    for (short bits : flags) {
      flagged += bits == 0 ? 0 : 1;
    }
    return flagged;
  }

  /** Floats as doubles, little-endian bytes both. */
  private static byte[] widened(byte[] floats) {
    FloatBuffer values = ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[] wide = new double[values.remaining()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values.get(i);
    }
    return Block.toBytes(wide);
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
