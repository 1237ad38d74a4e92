package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.zarr.EmptyChunks;

/**
 * Converts the traces of one {@link WaveTask}: each source chunk is read and decoded once, for
 * store and pyramid together.
 */
final class WaveConversion {
  /** Small enough to stay in the processor's cache from decoding to encoding. */
  private static final long PIECE_BYTES = 4L << 20;

  private final WaveTask task;
  private final TaskStores stores;
  private final WaveformWriters writers;
  private final List<TraceWriter> open = new ArrayList<>();

  WaveConversion(WaveTask task, TaskStores stores, EmptyChunks empty) throws IOException {
    this.task = task;
    this.stores = stores;
    this.writers =
        new WaveformWriters(
            task.arrays(), stores.product(), stores.open(stores.product().uri()), empty);
  }

  /**
   * Traces that are read together, since they share source chunks: extents along (channel, trc,
   * segment).
   */
  static long[] together(Box box, Shape sourceChunk) {
    long[] traces = {1, 1, 1};
    for (int i = 0; sourceChunk != null && i < 3; i++) {
      traces[i] = Math.min(sourceChunk.dim(i), box.extent(i));
    }
    return traces;
  }

  /** Samples that are read at once: the whole range, or whole source chunks of about 4 MiB. */
  static long pieceSamples(Box box, int itemSize, Shape sourceChunk) {
    long[] traces = together(box, sourceChunk);
    long perSample = traces[0] * traces[1] * traces[2] * itemSize;
    long chunk = sourceChunk == null ? 1 : Math.min(sourceChunk.dim(3), box.extent(3));
    long most = Math.max(1, PIECE_BYTES / perSample);
    if (box.extent(3) <= most) {
      return box.extent(3);
    }
    return Math.min(box.extent(3), Math.max(chunk, most - most % chunk));
  }

  Outcome run() throws IOException {
    Box box = task.box();
    long[] step = together(box, task.dataset().chunk());
    try (ObjectChannel input = task.source().open(stores)) {
      DatasetReader reader = new DatasetReader(task.dataset(), task.manifest(), input);
      for (long c = box.start(0); c < box.end(0); c += step[0]) {
        for (long r = box.start(1); r < box.end(1); r += step[1]) {
          for (long s = box.start(2); s < box.end(2); s += step[2]) {
            Box traces =
                Box.of(
                    new long[] {c, r, s, box.start(3)},
                    new long[] {step[0], step[1], step[2], box.extent(3)});
            convert(reader, traces.intersect(box));
          }
        }
      }
      return Outcome.done(task.id(), stores.written(), input.bytesRead());
    }
  }

  private void convert(DatasetReader reader, Box box) throws IOException {
    int itemSize = task.arrays().type().itemSize();
    long piece = pieceSamples(box, itemSize, task.dataset().chunk());
    int traces = Math.toIntExact(box.extent(0) * box.extent(1) * box.extent(2));
    boolean whole = piece == box.extent(3);
    for (long from = box.start(3); from < box.end(3); from += piece) {
      long samples = Math.min(piece, box.end(3) - from);
      Block block =
          reader.read(
              Box.of(
                  new long[] {box.start(0), box.start(1), box.start(2), from},
                  new long[] {box.extent(0), box.extent(1), box.extent(2), samples}));
      for (int i = 0; i < traces; i++) {
        // Read whole, one trace ends before the next begins, and one writer serves them all.
        TraceWriter writer = writer(whole ? 0 : i);
        if (from == box.start(3)) {
          begin(writer, box, i);
        }
        int offset = Math.toIntExact(i * samples * itemSize);
        writer.samples(block.bytes(), offset, Math.toIntExact(samples));
        if (from + samples == box.end(3)) {
          writer.finish();
        }
      }
    }
  }

  private TraceWriter writer(int i) {
    while (open.size() <= i) {
      open.add(new TraceWriter(writers));
    }
    return open.get(i);
  }

  private static void begin(TraceWriter writer, Box box, int trace) {
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
