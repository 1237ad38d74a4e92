package org.cornerturn.jobs.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.hdf5.WritePart;
import org.cornerturn.simulate.VisibilitySimulator;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Does the tasks of a simulated observation: parts, files, the truth. */
record Uvh5Kernel() implements Kernel<Uvh5Task> {
  private static final int VISIBILITY_BYTES = 8;

  @Override
  public Outcome run(Uvh5Task task, TaskStores stores) throws IOException {
    // Parts are gone once the file is there, so the ledger doesn't list them as objects.
    ObjectStore scratch = stores.open(stores.product().uri());
    if (task instanceof Uvh5Task.Part part) {
      try (PendingObject out = scratch.create(part.key())) {
        write(part, out);
        out.publish();
      }
    } else if (task instanceof Uvh5Task.File file) {
      try (PendingObject out = stores.product().create(file.key());
          Hdf5Writer writer = Hdf5Writer.sequential(out)) {
        write(file, writer, scratch);
        writer.finish();
        out.publish();
      }
    } else {
      new Uvh5Truth(task.parameters()).write(stores.product());
    }
    return Outcome.done(task.id(), stores.written(), 0);
  }

  private static void write(Uvh5Task.Part task, PendingObject out) throws IOException {
    ChunkSource source = new ChunkSource(task.parameters(), task.subband());
    WritePart part = new WritePart(out);
    for (long i = 0; i < task.chunks(); i++) {
      long number = task.firstChunk() + i;
      source.load(number);
      part.chunk(
          number, WriteFilter.encode(task.parameters().filters(), source.bytes, VISIBILITY_BYTES));
    }
    part.finish();
  }

  private static void write(Uvh5Task.File task, Hdf5Writer writer, ObjectStore parts)
      throws IOException {
    SimulatedUvh5 file = new SimulatedUvh5(task.parameters(), task.subband());
    WriteChunked visibilities = file.define(writer);
    long chunks = 0;
    long bytes = 0;
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key)) {
        WritePart.Index index = WritePart.readIndex(part);
        chunks += index.count();
        bytes += index.dataBytes();
      }
    }
    if (!task.parts().isEmpty()) {
      visibilities.expect(chunks, bytes);
    }
    file.write();
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key)) {
        visibilities.part(part);
      }
    }
    if (task.parts().isEmpty() && !file.isPlaceholder()) {
      ChunkSource source = new ChunkSource(task.parameters(), task.subband());
      for (long i = 0; i < task.parameters().grid().count(); i++) {
        source.load(i);
        visibilities.encodedChunk(i, source.bytes, 0, source.bytes.length, 0);
      }
    }
  }

  /** Chunks of visibilities, one at a time. */
  private static final class ChunkSource {
    private final VisibilitySimulator simulator;
    private final ChunkGrid grid;
    private final float[] numbers;

    /** The chunk loaded last, whole: little-endian, zeros past the last row. */
    final byte[] bytes;

    ChunkSource(Uvh5Parameters p, int subband) {
      simulator = new VisibilitySimulator(p.observation(), p.channels(subband));
      grid = p.grid();
      bytes = new byte[p.chunkBytes()];
      numbers = new float[bytes.length / Float.BYTES];
    }

    void load(long number) {
      long rows = grid.chunk().dim(0);
      long first = number * rows;
      int count = (int) Math.min(rows, grid.array().dim(0) - first);
      int length = simulator.rowLength();
      for (int r = 0; r < count; r++) {
        long row = first + r;
        simulator.integration((int) (row / simulator.baselines()));
        simulator.row((int) (row % simulator.baselines()), numbers, r * length);
      }
      Arrays.fill(numbers, count * length, numbers.length, 0);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    }
  }

  private static ObjectChannel open(ObjectStore parts, String key) throws IOException {
    try {
      return parts.open(key);
    } catch (NoSuchFileException e) {
      throw new IOException(
          parts.uri() + "/" + key + " is gone; simulate again with --overwrite", e);
    }
  }
}
