package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.BinRun;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.pyramid.WaveformPyramid;

/**
 * Writes traces, one after the other, or one range of each: raw chunks as they fill, the bins of
 * the fine levels, the overview or the range's part of it.
 */
final class TraceWriter {
  private final WaveformWriters writers;
  private final WaveformArrays arrays;
  private final Overview overview;
  private final WaveformPyramid pyramid;
  private final byte[] chunk;
  private final int width;
  private int chunkBytes;
  private long channel;
  private long trc;
  private long segment;
  private long start;
  private long stop;
  private long next;

  TraceWriter(WaveformWriters writers) {
    this.writers = writers;
    this.arrays = writers.arrays();
    this.width = arrays.type().itemSize();
    this.chunk = new byte[Math.toIntExact(arrays.raw().objectShape().dim(3) * width)];
    this.overview = new Overview(arrays.type(), arrays.layout().samples());
    int fine = Math.min(arrays.layout().fineLevels(), arrays.levels().size());
    this.pyramid =
        WaveformPyramid.fromSamples(
                arrays.layout().levels(),
                arrays.type(),
                arrays.chunkBins(1, fine),
                arrays.kept(),
                this::accept)
            .alongside(overview);
  }

  private void accept(BinRun run) {
    try {
      writers.levels().put(channel, trc, segment, run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void begin(long channelIndex, long trcIndex, long segmentIndex, long first, long end) {
    channel = channelIndex;
    trc = trcIndex;
    segment = segmentIndex;
    start = first;
    stop = end;
    next = first;
    chunkBytes = 0;
    pyramid.begin(first, end);
  }

  /** The next samples of the trace: little-endian from {@code offset} on. */
  void samples(byte[] src, int offset, int count) throws IOException {
    pyramid.samples(src, offset, count);
    int at = offset;
    int left = count * width;
    while (left > 0) {
      int n = Math.min(left, chunk.length - chunkBytes);
      System.arraycopy(src, at, chunk, chunkBytes, n);
      chunkBytes += n;
      at += n;
      left -= n;
      next += n / width;
      if (chunkBytes == chunk.length || next == stop) {
        putRaw();
      }
    }
  }

  private void putRaw() throws IOException {
    long samples = chunkBytes / width;
    long perObject = arrays.raw().objectShape().dim(3);
    byte[] data = chunkBytes == chunk.length ? chunk : Arrays.copyOf(chunk, chunkBytes);
    writers
        .raw()
        .put(
            new long[] {channel, trc, segment, (next - samples) / perObject},
            new Block(arrays.type(), Shape.of(1, 1, 1, samples), data));
    chunkBytes = 0;
  }

  void finish() throws IOException {
    pyramid.finish();
    Overview.Part part = overview.part();
    if (arrays.layout().ranges() > 1) {
      writers.putPart(channel, trc, segment, start / arrays.layout().range(), part);
    } else {
      writers.putOverview(channel, trc, segment, List.of(part));
    }
  }
}
