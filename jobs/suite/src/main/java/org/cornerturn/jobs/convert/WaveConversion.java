package org.cornerturn.jobs.convert;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;

/**
 * Converts the traces of one {@link WaveTask}: each source chunk is read and decoded once, for
 * store and pyramid together.
 */
final class WaveConversion {
  private static final long PIECE_BYTES = 32L << 20;

  private final WaveTask task;
  private final TaskStores stores;
  private final EmptyChunks empty;

  WaveConversion(WaveTask task, TaskStores stores, EmptyChunks empty) {
    this.task = task;
    this.stores = stores;
    this.empty = empty;
  }

  /** Samples that are read at once: all of the box, or whole source chunks of about 32 MiB. */
  static long pieceSamples(Box box, int itemSize, Shape sourceChunk) {
    long perSample = box.extent(0) * box.extent(1) * box.extent(2) * itemSize;
    long chunk = sourceChunk == null ? 1 : Math.min(sourceChunk.dim(3), box.extent(3));
    long most = Math.max(1, PIECE_BYTES / perSample);
    if (box.extent(3) <= most) {
      return box.extent(3);
    }
    return Math.min(box.extent(3), Math.max(chunk, most - most % chunk));
  }

  Outcome run() throws IOException {
    Box box = task.box();
    ObjectStore scratch = stores.open(stores.product().uri());
    long piece = pieceSamples(box, task.arrays().type().itemSize(), task.dataset().chunk());
    int traces = Math.toIntExact(box.extent(0) * box.extent(1) * box.extent(2));
    boolean whole = piece == box.extent(3);
    // Read whole, one trace ends before the next begins, and one writer serves them all.
    TraceWriter[] writers = new TraceWriter[whole ? 1 : traces];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = new TraceWriter(task.arrays(), stores.product(), scratch, empty);
    }
    try (ObjectChannel input = task.source().open(stores)) {
      DatasetReader reader = new DatasetReader(task.dataset(), task.manifest(), input);
      for (long from = box.start(3); from < box.end(3); from += piece) {
        long samples = Math.min(piece, box.end(3) - from);
        Block block =
            reader.read(
                Box.of(
                    new long[] {box.start(0), box.start(1), box.start(2), from},
                    new long[] {box.extent(0), box.extent(1), box.extent(2), samples}));
        for (int i = 0; i < traces; i++) {
          TraceWriter writer = writers[whole ? 0 : i];
          if (from == box.start(3)) {
            begin(writer, i);
          }
          int offset = Math.toIntExact(i * samples * task.arrays().type().itemSize());
          writer.samples(block.bytes(), offset, Math.toIntExact(samples));
          if (from + samples == box.end(3)) {
            writer.finish();
          }
        }
      }
      return Outcome.done(task.id(), stores.written(), input.bytesRead());
    }
  }

  private void begin(TraceWriter writer, int trace) {
    Box box = task.box();
    long segments = box.extent(2);
    long trcs = box.extent(1);
    writer.begin(
        box.start(0) + trace / (trcs * segments),
        box.start(1) + trace / segments % trcs,
        box.start(2) + trace % segments,
        box.start(3),
        box.end(3));
  }
}
