package org.cornerturn.jobs.pyramid;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;

/**
 * How a level is made from the one below: the boxes that tasks read, and the chunks that they
 * write. No two tasks share a chunk.
 *
 * @param finer shape of what is read
 * @param factor elements along each reduced axis that make one of the coarser level
 * @param reduced number of fastest axes that are reduced
 * @param task extent of a task's box in the finer level
 * @param chunk extent of a chunk of the coarser level
 */
record LevelLayout(Shape finer, int factor, int reduced, Shape task, Shape chunk) {
  /** What a task reads at once, unless the source's chunks are larger. */
  static final long TASK_BYTES = 32L << 20;

  /** Room for codec and reduction, whatever the size of a task. */
  private static final long OVERHEAD = 8L << 20;

  private static final long LINE_CHUNK = 131_072;
  private static final long IMAGE_CHUNK = 512;
  private static final long IMAGE_TILE = 2048;

  /**
   * Lines along the last axis.
   *
   * @param sourceChunk chunk extent of the finer level
   * @param bytes of an element of the finer level, all its arrays together
   */
  static LevelLayout lines(Shape finer, Shape sourceChunk, int factor, long bytes) {
    int last = finer.rank() - 1;
    long[] lead = leading(finer, sourceChunk, last);
    long most = Math.max(factor, TASK_BYTES / (product(lead) * bytes));
    AxisCut cut = AxisCut.of(finer.dim(last), sourceChunk.dim(last), factor, most, LINE_CHUNK);
    if (cut.task() == finer.dim(last)) {
      grow(lead, finer, cut.task() * bytes);
    }
    long[] chunk = leadingChunk(lead, finer, LINE_CHUNK / cut.chunk());
    return new LevelLayout(
        finer, factor, 1, Shape.of(lead).append(cut.task()), Shape.of(chunk).append(cut.chunk()));
  }

  /** Images over the last two axes, 2 by 2. */
  static LevelLayout images(Shape finer, Shape sourceChunk, long bytes) {
    int y = finer.rank() - 2;
    long[] lead = leading(finer, sourceChunk, y);
    long[] source = {
      Math.min(sourceChunk.dim(y), finer.dim(y)), Math.min(sourceChunk.dim(y + 1), finer.dim(y + 1))
    };
    long[] most = tile(source, TASK_BYTES / (product(lead) * bytes));
    // Chunks of a level have the area of 512 by 512, flat where tiles must be flat.
    long[] cap = {IMAGE_CHUNK, IMAGE_CHUNK};
    for (int axis = 0; axis < 2; axis++) {
      if (most[axis] / 2 < IMAGE_CHUNK) {
        cap[axis] = Math.max(1, most[axis] / 2);
        cap[1 - axis] = IMAGE_CHUNK * IMAGE_CHUNK / cap[axis];
      }
    }
    AxisCut rows = AxisCut.of(finer.dim(y), source[0], 2, most[0], cap[0]);
    AxisCut columns = AxisCut.of(finer.dim(y + 1), source[1], 2, most[1], cap[1]);
    if (rows.task() == finer.dim(y) && columns.task() == finer.dim(y + 1)) {
      grow(lead, finer, rows.task() * columns.task() * bytes);
    }
    long area = rows.chunk() * columns.chunk();
    long[] chunk = leadingChunk(lead, finer, IMAGE_CHUNK * IMAGE_CHUNK / area);
    return new LevelLayout(
        finer,
        2,
        2,
        Shape.of(lead).append(rows.task(), columns.task()),
        Shape.of(chunk).append(rows.chunk(), columns.chunk()));
  }

  /** Largest tile of the area, starting square, not below the source's chunk. */
  private static long[] tile(long[] source, long area) {
    long[] most = {Math.max(IMAGE_TILE, source[0]), Math.max(IMAGE_TILE, source[1])};
    while (most[0] > area / most[1]) {
      int axis = most[0] / source[0] >= most[1] / source[1] ? 0 : 1;
      if (most[axis] <= Math.max(2, source[axis])) {
        break;
      }
      most[axis] = Math.max(Math.max(2, source[axis]), most[axis] / 2);
    }
    return most;
  }

  /** The source's chunk along the axes that aren't reduced. */
  private static long[] leading(Shape finer, Shape sourceChunk, int axes) {
    long[] lead = new long[axes];
    for (int i = 0; i < axes; i++) {
      lead[i] = Math.min(sourceChunk.dim(i), finer.dim(i));
    }
    return lead;
  }

  /** Takes more whole source chunks along the leading axes, the fastest first, while it's small. */
  private static void grow(long[] lead, Shape finer, long bytesEach) {
    for (int axis = lead.length - 1; axis >= 0; axis--) {
      long others = product(lead) / lead[axis] * bytesEach;
      long step = lead[axis];
      long steps = Math.max(1, TASK_BYTES / (others * step));
      lead[axis] = Math.min(finer.dim(axis), step * steps);
      if (lead[axis] < finer.dim(axis)) {
        return;
      }
    }
  }

  /** Small lines or images next to each other share a chunk; tasks end where chunks end. */
  private static long[] leadingChunk(long[] lead, Shape finer, long together) {
    long[] chunk = new long[lead.length];
    Arrays.fill(chunk, 1);
    int last = lead.length - 1;
    if (last >= 0) {
      long n = Math.max(1, Math.min(lead[last], together));
      while (lead[last] < finer.dim(last) && lead[last] % n != 0) {
        n--;
      }
      chunk[last] = n;
    }
    return chunk;
  }

  private static long product(long[] extents) {
    long n = 1;
    for (long e : extents) {
      n = Math.multiplyExact(n, e);
    }
    return n;
  }

  /** Shape of the coarser level. */
  Shape coarser() {
    return coarser(Box.all(finer)).shape();
  }

  /** What a box of the finer level becomes. */
  Box coarser(Box box) {
    long[] start = box.start();
    long[] extent = box.shape().dims();
    for (int axis = start.length - reduced; axis < start.length; axis++) {
      extent[axis] = AxisCut.ceilDiv(box.end(axis), factor) - start[axis] / factor;
      start[axis] /= factor;
    }
    return Box.of(start, extent);
  }

  /**
   * A task's share of a level.
   *
   * @param box of the finer level, which it reads
   * @param out what that becomes in the coarser level
   * @param inputBytes before compression
   */
  record Share(Box box, Box out, long inputBytes, long peakBytes) implements Serializable {}

  /**
   * What the tasks do, in C order.
   *
   * @param read bytes of an element of the finer level
   * @param chunkBytes of the finer level
   * @param made bytes of an element of the coarser level, with what its reduction needs besides
   */
  List<Share> shares(long read, long chunkBytes, long made) {
    ChunkGrid grid = new ChunkGrid(finer, task);
    List<Share> shares = new ArrayList<>();
    for (long i = 0; i < grid.count(); i++) {
      Box box = grid.box(grid.coordinates(i));
      Box out = coarser(box);
      long in = box.size() * read;
      shares.add(new Share(box, out, in, OVERHEAD + 2 * in + chunkBytes + 3 * out.size() * made));
    }
    return shares;
  }
}
