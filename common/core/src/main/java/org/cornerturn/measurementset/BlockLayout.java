package org.cornerturn.measurementset;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;

/**
 * Blocks in which the correlated arrays of a measurement set are stored, all alike: an axis order
 * of (time, baseline, frequency, polarization), correlations whole. Calibration and imaging read
 * all baselines of some times and channels at once, so a chunk has them all as long as it can.
 *
 * @param shape of the arrays
 * @param chunk unit of compression
 * @param block what one task writes: whole chunks; one shard where there are shards
 * @param sharded whether a block is one stored object
 */
public record BlockLayout(Shape shape, Shape chunk, Shape block, boolean sharded)
    implements Serializable {
  /** Chunks may be so much larger than asked for. */
  private static final double TOLERANCE = 1.25;

  /** How the rows of the source follow each other. */
  public enum RowOrder {
    /** All baselines of a time, then those of the next. */
    TIME_MAJOR,
    /** All times of a baseline, then those of the next. */
    BASELINE_MAJOR
  }

  /**
   * Sizes to aim for, bytes of visibilities before compression.
   *
   * @param chunkBytes of a chunk
   * @param blockBytes of a block
   * @param sharded whether large arrays are stored in shards
   * @param unshardedBelow arrays smaller than this are not
   */
  public record Targets(long chunkBytes, long blockBytes, boolean sharded, long unshardedBelow) {
    /** Chunks of 1 MiB in shards of 64 MiB; no shards below 16 MiB. */
    public static final Targets STANDARD = new Targets(1L << 20, 64L << 20, true, 16L << 20);
  }

  /**
   * Chooses blocks that follow the rows of the source, so that each of its chunks is read by as few
   * tasks as can be, and whose borders on the frequency axis are those of the sub-bands.
   *
   * @param itemSize bytes of a visibility
   * @param subbandChannels channels of each of the files that share the frequency axis; all of them
   *     where there is one file, or their numbers differ
   */
  public static BlockLayout choose(
      Shape shape, int itemSize, int subbandChannels, RowOrder order, Targets targets) {
    long[] n = {
      Math.max(1, shape.dim(0)),
      Math.max(1, shape.dim(1)),
      Math.max(1, shape.dim(2)),
      Math.max(1, shape.dim(3))
    };
    long cell = n[3] * itemSize;
    long chunkItems = Math.max(1, targets.chunkBytes / cell);
    boolean divided = subbandChannels > 0 && subbandChannels < n[2];
    long channels = divided ? subbandChannels : n[2];
    if (divided
        && divisor(channels, Math.max(1, chunkItems / n[1])) * 4 < chunkItems / n[1]
        && channels * n[1] > 4 * chunkItems) {
      // No useful part of a sub-band has whole channels; blocks pay no heed to sub-bands then.
      divided = false;
      channels = n[2];
    }
    long[] block = block(n, channels, cell, order, targets.blockBytes);
    long[] chunk = chunk(block, channels, divided, chunkItems, order);
    for (int axis = 0; axis < 4; axis++) {
      long whole = up(n[axis], chunk[axis]);
      block[axis] = Math.min(up(block[axis], chunk[axis]), whole);
    }
    boolean small = (double) n[0] * n[1] * n[2] * cell < targets.unshardedBelow;
    return new BlockLayout(shape, Shape.of(chunk), Shape.of(block), targets.sharded && !small);
  }

  private static long[] block(long[] n, long channels, long cell, RowOrder order, long bytes) {
    int outer = order == RowOrder.TIME_MAJOR ? 0 : 1;
    int inner = 1 - outer;
    long[] block = {1, 1, channels, n[3]};
    double row = (double) channels * cell;
    double slab = n[inner] * row;
    if (slab <= 1.5 * bytes) {
      block[inner] = n[inner];
      block[outer] = share(n[outer], Math.max(1, Math.round(bytes / slab)));
    } else {
      block[inner] = share(n[inner], Math.max(1, (long) (bytes / row)));
    }
    return block;
  }

  private static long[] chunk(
      long[] block, long channels, boolean divided, long items, RowOrder order) {
    int outer = order == RowOrder.TIME_MAJOR ? 0 : 1;
    int inner = 1 - outer;
    long[] chunk = {1, 1, channels, block[3]};
    chunk[inner] = block[inner];
    if (chunk[inner] * channels > TOLERANCE * items) {
      long want = Math.max(1, items / chunk[inner]);
      chunk[2] = divided ? divisor(channels, want) : share(channels, want);
    }
    if (chunk[inner] * chunk[2] > TOLERANCE * items) {
      chunk[inner] = share(block[inner], Math.max(1, items / chunk[2]));
    }
    long room = items / (chunk[inner] * chunk[2]);
    if (room > 1) {
      chunk[outer] = share(block[outer], room);
    }
    return chunk;
  }

  /** Length of equal parts of a length, none longer than wanted. */
  private static long share(long length, long most) {
    long parts = (length + most - 1) / most;
    return (length + parts - 1) / parts;
  }

  /** The largest divisor not much above the number wanted. */
  private static long divisor(long length, long want) {
    for (long d = Math.min(length, (long) (want * TOLERANCE)); d > 1; d--) {
      if (length % d == 0) {
        return d;
      }
    }
    return 1;
  }

  private static long up(long n, long step) {
    return (n + step - 1) / step * step;
  }

  /** The grid of blocks. */
  public ChunkGrid blocks() {
    return new ChunkGrid(shape, block);
  }

  /** Boxes of the chunks of a block, in C order, cut at the arrays' edge. */
  public List<Box> chunksOf(Box region) {
    ChunkGrid grid = new ChunkGrid(shape, chunk);
    Box cover = grid.covering(region);
    List<Box> boxes = new ArrayList<>();
    for (long t = cover.start(0); t < cover.end(0); t++) {
      for (long b = cover.start(1); b < cover.end(1); b++) {
        for (long f = cover.start(2); f < cover.end(2); f++) {
          boxes.add(grid.box(t, b, f, 0));
        }
      }
    }
    return boxes;
  }
}
