package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.SmallArray;
import org.cornerturn.measurementset.SourceHeader;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.uvh5.RowMap;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.VisibilityReader;
import org.cornerturn.uvh5.VisibilityWindow;
import org.cornerturn.visibility.SampleWeights;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;

/** Does the tasks of a measurement set. */
final class VisibilityConversion {
  private final TaskStores stores;
  private final EmptyChunks empty;

  VisibilityConversion(TaskStores stores, EmptyChunks empty) {
    this.stores = stores;
    this.empty = empty;
  }

  Outcome run(VisibilityTask task) throws IOException {
    List<OpenPart> parts = new ArrayList<>();
    try {
      for (VisibilityTask.Part part : task.parts()) {
        ObjectChannel channel = part.source().open(stores);
        parts.add(new OpenPart(part, channel, new VisibilityReader(part.uvh5(), channel)));
      }
      return run(task, parts);
    } finally {
      for (OpenPart part : parts) {
        part.channel.close();
      }
    }
  }

  private record OpenPart(
      VisibilityTask.Part part, ObjectChannel channel, VisibilityReader reader) {
    VisibilityWindow window() {
      return part.window();
    }
  }

  private Outcome run(VisibilityTask task, List<OpenPart> parts) throws IOException {
    VisibilityArrays arrays = task.arrays();
    Box region = task.region();
    Primitive complex = type(arrays.visibility());
    boolean rotates = task.phasing() != null && !task.phasing().turnsOnly();
    byte[] visibilities =
        assembled(
            region,
            parts,
            complex,
            part -> {
              Block read = part.reader.visibilities(part.window(), complex);
              return rotates ? rotated(read, task.phasing(), part.part) : read.bytes();
            });
    put(arrays.path(Msv4Layout.VISIBILITY), arrays.visibility(), region, visibilities);
    byte[] flags = assembled(region, parts, Primitive.UINT8, VisibilityConversion::flags);
    flagLost(task, flags);
    put(arrays.path(Msv4Layout.FLAG), arrays.flag(), region, flags);
    long flagged = SampleWeights.countNonZero(flags);
    byte[] samples =
        assembled(
            region,
            parts,
            type(arrays.samples()),
            part -> part.reader.samples(part.window()).bytes());
    put(arrays.path(Msv4Layout.NSAMPLES), arrays.samples(), region, samples);
    byte[] weights = weights(task, samples);
    put(arrays.path(Msv4Layout.WEIGHT), arrays.weight(), region, weights);
    SampleCounts.put(
        stores.open(stores.product().uri()),
        ProcessingSetPublisher.PARTS,
        task.id(),
        new SampleCounts(flagged, flags.length));
    long bytesIn = parts.stream().mapToLong(p -> p.channel.bytesRead()).sum();
    return Outcome.done(task.id(), stores.written(), bytesIn);
  }

  private static Primitive type(ArrayMetadata array) {
    return (Primitive) array.type();
  }

  /** Reads what a part holds of one of the arrays: dense over the part's box. */
  private interface PartReader {
    byte[] read(OpenPart part) throws IOException;
  }

  /** The region's elements, zero where no part has any. */
  private static byte[] assembled(Box region, List<OpenPart> parts, Primitive type, PartReader of)
      throws IOException {
    int width = type.itemSize();
    byte[] all = null;
    for (OpenPart part : parts) {
      Box box = box(region, part.part);
      byte[] bytes = of.read(part);
      if (box.equals(region)) {
        return bytes;
      }
      if (all == null) {
        all = new byte[Math.toIntExact(region.size() * width)];
      }
      BoxCopy.copy(bytes, box, all, region, width);
    }
    return all == null ? new byte[Math.toIntExact(region.size() * width)] : all;
  }

  private static Box box(Box region, VisibilityTask.Part part) {
    long[] start = region.start();
    start[2] += part.firstChannel();
    long[] extent = region.shape().dims();
    extent[2] = part.window().channels();
    return Box.of(start, extent);
  }

  private static byte[] flags(OpenPart part) throws IOException {
    VisibilityWindow window = part.window();
    byte[] flags = part.reader.flags(window).bytes();
    RowMap rows = window.rows();
    int cell = window.channels() * window.polarizations();
    for (int t = 0; t < rows.times(); t++) {
      for (int b = 0; b < rows.baselines(); b++) {
        if (rows.row(t, b) < 0) {
          int at = (t * rows.baselines() + b) * cell;
          Arrays.fill(flags, at, at + cell, (byte) FlagBit.DATA_LOST.mask());
        }
      }
    }
    return flags;
  }

  /** Flags the channels that no part covers. */
  private static void flagLost(VisibilityTask task, byte[] flags) {
    boolean[] covered = new boolean[(int) task.region().extent(2)];
    for (VisibilityTask.Part p : task.parts()) {
      Arrays.fill(covered, p.firstChannel(), p.firstChannel() + p.window().channels(), true);
    }
    int pols = (int) task.region().extent(3);
    int cells = (int) (task.region().extent(0) * task.region().extent(1));
    for (int c = 0; c < covered.length; c++) {
      if (!covered[c]) {
        for (int cell = 0; cell < cells; cell++) {
          int at = (cell * covered.length + c) * pols;
          Arrays.fill(flags, at, at + pols, (byte) FlagBit.DATA_LOST.mask());
        }
      }
    }
  }

  private byte[] weights(VisibilityTask task, byte[] samples) throws IOException {
    Box region = task.region();
    int cells = (int) (region.extent(0) * region.extent(1));
    SampleWeights.CellSeconds seconds = seconds(task);
    int pols = (int) region.extent(3);
    return type(task.arrays().samples()) == Primitive.FLOAT32
        ? SampleWeights.ofFloats(samples, cells, seconds, task.widthHz(), pols, task.weightScale())
        : SampleWeights.ofDoubles(
            samples, cells, seconds, task.widthHz(), pols, task.weightScale());
  }

  private SampleWeights.CellSeconds seconds(VisibilityTask task) throws IOException {
    if (task.parts().isEmpty()) {
      return cell -> 0;
    }
    VisibilityTask.Part first = task.parts().get(0);
    RowMap rows = first.window().rows();
    if (Double.isNaN(task.seconds())) {
      double[] each = new RowSource(first.source()).integrationSeconds(rows, stores);
      return cell -> each[cell];
    }
    int baselines = rows.baselines();
    return cell -> rows.row(cell / baselines, cell % baselines) < 0 ? Double.NaN : task.seconds();
  }

  /** Visibilities of a part in the measurement set's phase reference. */
  private byte[] rotated(Block read, Phasing phasing, VisibilityTask.Part part) throws IOException {
    VisibilityWindow w = part.window();
    double[] uvw = new RowSource(part.source()).uvwMetres(w.rows(), stores);
    double[] shift = phasing.turn(uvw, w.baselines());
    double[] frequency = new double[w.channels()];
    for (int c = 0; c < frequency.length; c++) {
      frequency[c] = w.group().window().frequencyHz(w.firstChannel() + c);
    }
    if (read.type() == Primitive.COMPLEX64) {
      float[] values = read.floats();
      Phasing.rotate(values, shift, frequency, w.polarizations());
      return Block.toBytes(values);
    }
    double[] wide = read.doubles();
    Phasing.rotate(wide, shift, frequency, w.polarizations());
    return Block.toBytes(wide);
  }

  /** Writes the stored objects that a region holds, chunk after chunk. */
  private void put(String path, ArrayMetadata array, Box region, byte[] bytes) throws IOException {
    if (array.sharding() == null) {
      new ArrayWriter(stores.product(), path, array, empty).put(region, bytes);
      return;
    }
    ChunkGrid grid = array.objectGrid();
    long[] at = grid.covering(region).start();
    Block block = new Block(array.type(), region.shape(), bytes);
    Optional<EncodedObject> object = new ObjectEncoder(array, empty).encode(at, block);
    if (object.isPresent()) {
      String key = ObjectWriter.key(path, array, at);
      stores.product().put(key, object.get().bytes(), 0, object.get().length());
    }
  }

  Outcome run(RowTask task) throws IOException {
    double[] uvw = task.source().uvwMetres(task.rows(), stores);
    if (task.phasing() != null) {
      task.phasing().turn(uvw, task.rows().baselines());
    }
    Box times = task.times();
    new ArrayWriter(stores.product(), task.set() + "/" + Msv4Layout.UVW, task.uvw(), empty)
        .put(times.append(3), Block.toBytes(uvw));
    if (task.seconds() != null) {
      double[] seconds = task.source().integrationSeconds(task.rows(), stores);
      String path = task.set() + "/" + Msv4Layout.EFFECTIVE_INTEGRATION_TIME;
      new ArrayWriter(stores.product(), path, task.seconds(), empty)
          .put(times, Block.toBytes(seconds));
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }

  Outcome run(HeaderTask task) throws IOException {
    try (ObjectChannel channel = task.source().open(stores);
        Uvh5File file = Uvh5File.open(channel)) {
      SourceHeader.write(stores.product(), task.number(), file.record(), file::read);
      return Outcome.done(task.id(), stores.written(), channel.bytesRead());
    }
  }

  Outcome run(CoordinateTask task) throws IOException {
    for (SmallArray a : task.arrays()) {
      if (a.metadata().shape().size() > 0) {
        long[] origin = new long[a.metadata().shape().rank()];
        // Coordinates are read by everyone: they are there whatever their values are.
        EncodedObject object =
            new ObjectEncoder(a.metadata(), EmptyChunks.WRITE).encode(origin, a.block()).get();
        String key = ObjectWriter.key(a.path(), a.metadata(), origin);
        stores.product().put(key, object.bytes(), 0, object.length());
      }
    }
    return Outcome.done(task.id(), stores.written(), 0);
  }
}
