package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;

/** Writers of a waveform's arrays, shared by the traces of a task. */
final class WaveformWriters {
  private final WaveformArrays arrays;
  private final ObjectStore scratch;
  private final ObjectWriter raw;
  private final ObjectWriter overview;
  private final LevelArrayWriters levels;

  /**
   * @param product where objects go
   * @param scratch the same root, for parts that only the second wave reads
   */
  WaveformWriters(
      WaveformArrays arrays, ObjectStore product, ObjectStore scratch, EmptyChunks empty) {
    this.arrays = arrays;
    this.scratch = scratch;
    this.raw = new ObjectWriter(product, WaveformArrays.RAW, arrays.raw(), empty);
    this.overview =
        new ObjectWriter(product, WaveformArrays.OVERVIEW, arrays.overview(), EmptyChunks.WRITE);
    this.levels = new LevelArrayWriters(arrays, product, empty);
  }

  WaveformArrays arrays() {
    return arrays;
  }

  ObjectStore scratch() {
    return scratch;
  }

  ObjectWriter raw() {
    return raw;
  }

  LevelArrayWriters levels() {
    return levels;
  }

  void putOverview(long channel, long trc, long segment, List<Overview.Part> parts)
      throws IOException {
    long samples = arrays.layout().samples();
    overview.put(
        new long[] {channel, trc, segment, 0, 0},
        new Block(
            arrays.overview().type(),
            Shape.of(1, 1, 1, 2, Overview.bins(samples)),
            Overview.join(arrays.type(), samples, parts)));
  }

  void putPart(long channel, long trc, long segment, long range, Overview.Part part)
      throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + part.minMax().length)
            .putLong(part.firstBin())
            .putInt(part.count())
            .put(part.minMax())
            .array();
    scratch.put(WaveformArrays.partKey(channel, trc, segment, range), bytes);
  }

  static Overview.Part decode(byte[] part) {
    ByteBuffer b = ByteBuffer.wrap(part);
    long firstBin = b.getLong();
    int count = b.getInt();
    byte[] minMax = new byte[b.remaining()];
    b.get(minMax);
    return new Overview.Part(firstBin, count, minMax);
  }
}
