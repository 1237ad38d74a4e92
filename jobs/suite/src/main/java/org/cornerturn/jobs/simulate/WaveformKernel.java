package org.cornerturn.jobs.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.hdf5.WritePart;
import org.cornerturn.simulate.Waveform;
import org.cornerturn.simulate.WaveformTrace;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Does the tasks of a simulated recording: parts, then the file. */
record WaveformKernel() implements Kernel<WaveformTask> {
  private static final int PIECE = 4 << 20;

  @Override
  public Outcome run(WaveformTask task, TaskStores stores) throws IOException {
    // Parts are gone once the file is there, so the ledger doesn't list them as objects.
    ObjectStore scratch = stores.open(stores.product().uri());
    if (task instanceof WaveformPartTask part) {
      try (PendingObject out = scratch.create(part.key())) {
        write(part, out);
        out.publish();
      }
    } else {
      WaveformFileTask file = (WaveformFileTask) task;
      try (PendingObject out = stores.product().create(file.key());
          Hdf5Writer writer = Hdf5Writer.sequential(out)) {
        write(file, writer, scratch);
        writer.finish();
        out.publish();
      }
    }
    return Outcome.done(task.id(), stores.written(), 0);
  }

  private static void write(WaveformPartTask task, PendingObject out) throws IOException {
    WaveformParameters p = task.parameters();
    ChunkSource source = new ChunkSource(p);
    if (p.layout() == WaveformParameters.Layout.CONTIGUOUS) {
      for (long i = 0; i < task.chunks(); i++) {
        int samples = source.load(task.firstChunk() + i);
        out.write(source.bytes, 0, samples * Short.BYTES);
      }
      return;
    }
    WritePart part = new WritePart(out);
    for (long i = 0; i < task.chunks(); i++) {
      long number = task.firstChunk() + i;
      source.load(number);
      part.chunk(number, WriteFilter.encode(p.filters(), source.bytes, Short.BYTES));
    }
    part.finish();
  }

  /** Chunks of a recording, one at a time. */
  private static final class ChunkSource {
    private final Waveform waveform;
    private final ChunkGrid grid;
    private final short[] samples;

    /** The chunk loaded last, whole: little-endian, zeros past the trace's end. */
    final byte[] bytes;

    private WaveformTrace trace;
    private long[] traceAt = {-1, -1, -1};

    ChunkSource(WaveformParameters p) {
      waveform = p.waveform();
      grid = p.grid();
      samples = new short[Math.toIntExact(p.chunkSamples())];
      bytes = new byte[samples.length * Short.BYTES];
    }

    /**
     * @return samples of the trace in this chunk
     */
    int load(long number) {
      long[] at = grid.coordinates(number);
      Box box = grid.box(at);
      long[] place = Arrays.copyOf(at, 3);
      if (!Arrays.equals(place, traceAt)) {
        trace = waveform.trace((int) at[0], (int) at[1], (int) at[2]);
        traceAt = place;
      }
      int count = (int) box.extent(3);
      trace.fill(box.start(3), samples, 0, count);
      Arrays.fill(samples, count, samples.length, (short) 0);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples);
      return count;
    }
  }

  private static void write(WaveformFileTask task, Hdf5Writer writer, ObjectStore parts)
      throws IOException {
    WaveformParameters p = task.parameters();
    WaveformFile.describe(writer, p.waveform());
    if (p.layout() == WaveformParameters.Layout.CONTIGUOUS) {
      copy(task, WaveformFile.contiguous(writer, p), parts);
      return;
    }
    WriteChunked samples = WaveformFile.chunked(writer, p);
    long chunks = 0;
    long bytes = 0;
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key)) {
        WritePart.Index index = WritePart.readIndex(part);
        chunks += index.count();
        bytes += index.dataBytes();
      }
    }
    samples.expect(chunks, bytes);
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key)) {
        samples.part(part);
      }
    }
  }

  private static void copy(WaveformFileTask task, WriteContiguous samples, ObjectStore parts)
      throws IOException {
    byte[] piece = new byte[PIECE];
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key)) {
        for (long at = 0; at < part.size(); at += PIECE) {
          int n = (int) Math.min(PIECE, part.size() - at);
          part.readFully(at, piece, 0, n);
          samples.write(piece, 0, n);
        }
      }
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
