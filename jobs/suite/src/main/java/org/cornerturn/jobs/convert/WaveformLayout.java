package org.cornerturn.jobs.convert;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.PyramidLevels;

/**
 * How a waveform array (channel, trc, segment, sample) is cut into tasks and stored chunks. A task
 * owns a group of traces and a range of samples that starts and ends on a boundary of every array
 * it writes, so no two tasks share an object. Levels whose chunks end within one range are fine and
 * written by the range's task; coarser ones and the overview of a trace of several ranges come from
 * a second wave.
 *
 * @param shape (channel, trc, segment, sample)
 * @param itemSize bytes of a sample
 * @param factor bins of a level that make one bin of the next, a power of two
 * @param group traces of a task: extents along (channel, trc, segment)
 * @param range samples of a task: a power of two times {@link #RAW_CHUNK}, or the whole trace
 */
record WaveformLayout(Shape shape, int itemSize, int factor, Shape group, long range)
    implements Serializable {
  /** Samples of a stored chunk: small enough for a viewer's read, large enough for the codec. */
  static final long RAW_CHUNK = 262_144;

  private static final long LEVEL_CHUNK = 131_072;
  private static final long SMALLEST_FINE_CHUNK = 16_384;
  private static final long TASK_BYTES = 32L << 20;

  /**
   * @param sourceChunk the source's chunk shape, or null where its storage is contiguous
   */
  static WaveformLayout of(Shape shape, int itemSize, Shape sourceChunk, int factor) {
    long samples = shape.dim(3);
    long[] base = {1, 1, 1};
    long chunkSamples = 1;
    if (sourceChunk != null) {
      for (int i = 0; i < 3; i++) {
        base[i] = Math.max(1, Math.min(sourceChunk.dim(i), shape.dim(i)));
      }
      chunkSamples = Math.min(sourceChunk.dim(3), Math.max(samples, 1));
    }
    long traceBytes = Math.max(1, samples) * itemSize;
    long baseTraces = base[0] * base[1] * base[2];
    long range = samples;
    if (baseTraces * traceBytes > TASK_BYTES && samples > RAW_CHUNK) {
      long power = RAW_CHUNK;
      while (power * 2 * itemSize * baseTraces <= TASK_BYTES || power < chunkSamples) {
        power *= 2;
      }
      // A source chunk that straddles two ranges would be decoded twice: such traces are streamed
      // by one task each.
      boolean aligned = power % chunkSamples == 0;
      range = aligned && power < samples ? power : samples;
    }
    if (range == samples) {
      grow(base, shape, traceBytes);
    }
    return new WaveformLayout(shape, itemSize, factor, Shape.of(base), range);
  }

  /** Widens the group by whole source chunks, along segments first, while it stays small. */
  private static void grow(long[] group, Shape shape, long traceBytes) {
    for (int axis = 2; axis >= 0; axis--) {
      long step = group[axis];
      while (group[axis] < shape.dim(axis)) {
        long wider = Math.min(shape.dim(axis), group[axis] + step);
        long traces = group[0] * group[1] * group[2] / group[axis] * wider;
        if (traces * traceBytes > TASK_BYTES) {
          return;
        }
        group[axis] = wider;
      }
    }
  }

  long samples() {
    return shape.dim(3);
  }

  /** The levels over a trace; their arithmetic. */
  PyramidLevels levels() {
    return PyramidLevels.of(samples(), factor);
  }

  /** Ranges of each trace. */
  long ranges() {
    return samples() == 0 ? 0 : (samples() + range - 1) / range;
  }

  /** Shape of a level's array: (channel, trc, segment, bin, stat), stat being min and max. */
  Shape levelShape(int level) {
    return Shape.of(shape.dim(0), shape.dim(1), shape.dim(2), levels().bins(level), 2);
  }

  /**
   * Chunk of a level's array. Short traces of a task share a chunk, so that objects don't become
   * too small.
   */
  Shape levelChunk(int level) {
    long bins =
        isFine(level) && ranges() > 1
            ? levels().chunkBins(level, range, LEVEL_CHUNK)
            : levels().wholeTraceChunkBins(level, LEVEL_CHUNK);
    return Shape.of(1, 1, segmentsPerChunk(), bins, 2);
  }

  private long segmentsPerChunk() {
    long bins = levels().count() == 0 ? 1 : levels().bins(1);
    long segments = Math.max(1, Math.min(group.dim(2), LEVEL_CHUNK / bins));
    // Where several tasks follow each other along segments, chunks must end where tasks end.
    while (group.dim(2) < shape.dim(2) && group.dim(2) % segments != 0) {
      segments--;
    }
    return segments;
  }

  /** Whether the task of a range writes this level's chunks; else the trace's second task does. */
  boolean isFine(int level) {
    return ranges() <= 1
        || level <= levels().levelsWithin(range)
            && range / levels().samplesPerBin(level) >= SMALLEST_FINE_CHUNK;
  }

  /** Number of levels that first-wave tasks write. */
  int fineLevels() {
    int level = 0;
    while (level < levels().count() && isFine(level + 1)) {
      level++;
    }
    return level;
  }

  Shape rawChunk() {
    return Shape.of(1, 1, 1, Math.max(1, Math.min(samples(), RAW_CHUNK)));
  }

  /** Boxes of the first wave's tasks, in C order. */
  List<Box> taskBoxes() {
    List<Box> boxes = new ArrayList<>();
    for (long c = 0; c < shape.dim(0); c += group.dim(0)) {
      for (long r = 0; r < shape.dim(1); r += group.dim(1)) {
        for (long s = 0; s < shape.dim(2); s += group.dim(2)) {
          for (long n = 0; n < samples(); n += range) {
            Box full =
                Box.of(
                    new long[] {c, r, s, n},
                    new long[] {group.dim(0), group.dim(1), group.dim(2), range});
            boxes.add(full.intersect(Box.all(shape)));
          }
        }
      }
    }
    return boxes;
  }
}
