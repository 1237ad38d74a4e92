package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;

/**
 * Puts bins of one level array, axes (channel, trc, segment, bin[, stat]), into stored chunks.
 * Where a chunk holds several segments, each with all its bins, they must come one after the other.
 */
final class LevelWriter {
  private final ArrayMetadata metadata;
  private final ObjectWriter writer;
  private final int binBytes;
  private final Map<List<Long>, Gathered> gathered = new HashMap<>();

  /** A chunk of several segments in the making. */
  private static final class Gathered {
    final byte[] bytes;
    int segments;

    Gathered(int size) {
      bytes = new byte[size];
    }
  }

  LevelWriter(ObjectStore store, String path, ArrayMetadata metadata, EmptyChunks empty) {
    this.metadata = metadata;
    this.writer = new ObjectWriter(store, path, metadata, empty);
    int stats = metadata.shape().rank() == 5 ? Math.toIntExact(metadata.shape().dim(4)) : 1;
    this.binBytes = metadata.type().itemSize() * stats;
  }

  /**
   * @param bins little-endian; one chunk's bins where chunks hold one segment, else all bins of the
   *     segment
   */
  void put(long channel, long trc, long segment, long firstBin, int count, byte[] bins)
      throws IOException {
    long perChunk = metadata.chunk().dim(2);
    if (perChunk == 1) {
      writer.put(
          coordinates(channel, trc, segment, firstBin / metadata.chunk().dim(3)),
          new Block(metadata.type(), shape(1, count), bins));
      return;
    }
    long first = segment - segment % perChunk;
    int segments = (int) Math.min(perChunk, metadata.shape().dim(2) - first);
    List<Long> place = List.of(channel, trc, first);
    Gathered chunk =
        gathered.computeIfAbsent(
            place, p -> new Gathered(Math.multiplyExact(segments, count * binBytes)));
    System.arraycopy(bins, 0, chunk.bytes, (int) (segment - first) * count * binBytes, bins.length);
    if (++chunk.segments == segments) {
      gathered.remove(place);
      writer.put(
          coordinates(channel, trc, segment / perChunk, 0),
          new Block(metadata.type(), shape(segments, count), chunk.bytes));
    }
  }

  private long[] coordinates(long channel, long trc, long segmentChunk, long binChunk) {
    return metadata.shape().rank() == 5
        ? new long[] {channel, trc, segmentChunk, binChunk, 0}
        : new long[] {channel, trc, segmentChunk, binChunk};
  }

  private Shape shape(int segments, int count) {
    return metadata.shape().rank() == 5
        ? Shape.of(1, 1, segments, count, metadata.shape().dim(4))
        : Shape.of(1, 1, segments, count);
  }
}
