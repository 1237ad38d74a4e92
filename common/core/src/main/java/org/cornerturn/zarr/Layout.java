package org.cornerturn.zarr;

import java.io.Serializable;
import java.util.Arrays;
import org.cornerturn.array.Shape;

/**
 * Chunk shapes of an array.
 *
 * @param chunk extent of a (inner) chunk
 * @param shard extent of a shard, a multiple of the chunk; null where chunks are objects of their
 *     own
 */
public record Layout(Shape chunk, Shape shard) implements Serializable {
  /** A source chunk is taken as it is when it is at most this many times off the size wanted. */
  private static final int TOLERANCE = 4;

  /**
   * Sizes to aim for, in bytes before compression.
   *
   * @param chunkBytes of an inner chunk
   * @param shardBytes of a shard; 0 for no shards
   * @param unshardedBelow arrays smaller than this get no shards
   */
  public record Targets(long chunkBytes, long shardBytes, long unshardedBelow)
      implements Serializable {
    /** Chunks of 1 MiB, shards of 64 MiB, no shards below 16 MiB. */
    public static final Targets STANDARD = new Targets(1L << 20, 64L << 20, 16L << 20);

    /** The same without shards (Zarr v2 has none). */
    public static final Targets UNSHARDED = new Targets(1L << 20, 0, 0);
  }

  /**
   * Chooses chunks near {@code targets.chunkBytes} that share borders with the source's chunks
   * where those are of a useful size (as they are, in whole parts, or several together), and shards
   * of whole chunks near {@code targets.shardBytes} that don't reach past the array's edge rounded
   * up to whole chunks. A shard covers whole source chunks unless those are much larger, and is
   * longest on the fastest axes.
   *
   * @param shape of the array
   * @param itemSize bytes of an element; for elements of varying size an estimate, at least 1
   * @param sourceChunk the chunk shape of the array that this one is made from, or null
   */
  public static Layout choose(Shape shape, int itemSize, Shape sourceChunk, Targets targets) {
    long[] dims = single(shape).dims();
    long chunkItems = Math.max(1, targets.chunkBytes / itemSize);
    long[] source = sourceChunk == null ? null : sourceChunk.dims();
    long[] chunk;
    if (source == null) {
      chunk = halved(dims, chunkItems);
    } else {
      for (int i = 0; i < dims.length; i++) {
        source[i] = Math.max(1, Math.min(source[i], dims[i]));
      }
      double ratio = product(source) / chunkItems;
      chunk =
          ratio > TOLERANCE
              ? parts(source, chunkItems)
              : ratio * TOLERANCE < 1 ? multiple(source, dims, chunkItems) : source.clone();
    }
    long shardItems = targets.shardBytes / itemSize;
    boolean small = product(dims) < (double) targets.unshardedBelow / itemSize;
    if (targets.shardBytes == 0 || small) {
      return new Layout(Shape.of(chunk), null);
    }
    long[] base = chunk;
    if (source != null
        && product(source) <= TOLERANCE * shardItems
        && product(source) > product(chunk)
        && divides(chunk, source)) {
      base = source;
    }
    long[] shard = slab(base, dims, shardItems);
    for (int i = 0; i < dims.length; i++) {
      shard[i] = Math.min(shard[i], ceilDiv(dims[i], chunk[i]) * chunk[i]);
    }
    return new Layout(Shape.of(chunk), Arrays.equals(shard, chunk) ? null : Shape.of(shard));
  }

  /** One chunk of the whole array. */
  static Shape single(Shape shape) {
    long[] n = shape.dims();
    for (int i = 0; i < n.length; i++) {
      n[i] = Math.max(1, n[i]);
    }
    return Shape.of(n);
  }

  /** Halves the longest axis, the slowest of equals, until the box is small enough. */
  private static long[] halved(long[] dims, long items) {
    long[] chunk = dims.clone();
    while (product(chunk) > items) {
      int longest = 0;
      for (int i = 1; i < chunk.length; i++) {
        if (chunk[i] > chunk[longest]) {
          longest = i;
        }
      }
      chunk[longest] = ceilDiv(chunk[longest], 2);
    }
    return chunk;
  }

  /** Divides a chunk that is too large into equal parts, slowest axis first. */
  private static long[] parts(long[] source, long items) {
    long[] chunk = source.clone();
    for (int i = 0; i < chunk.length && product(chunk) > items; i++) {
      double rest = product(chunk) / chunk[i];
      long want = (long) Math.max(1, items / rest);
      long divisor = 1;
      for (long d = 1; d <= source[i] / d; d++) {
        if (source[i] % d == 0) {
          divisor = d <= want ? Math.max(divisor, d) : divisor;
          divisor = source[i] / d <= want ? Math.max(divisor, source[i] / d) : divisor;
        }
      }
      // A length without useful divisors is cut unevenly rather than into slivers.
      chunk[i] = divisor * 2 > want ? divisor : want;
    }
    return chunk;
  }

  /** Joins chunks that are too small, doubling the shortest axis, the fastest of equals. */
  private static long[] multiple(long[] source, long[] dims, long items) {
    long[] chunk = source.clone();
    while (true) {
      int shortest = -1;
      for (int i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] < dims[i] && (shortest < 0 || chunk[i] < chunk[shortest])) {
          shortest = i;
        }
      }
      if (shortest < 0) {
        return chunk;
      }
      long before = chunk[shortest];
      chunk[shortest] = Math.min(2 * before, dims[shortest]);
      if (product(chunk) > items) {
        chunk[shortest] = before;
        return chunk;
      }
    }
  }

  /** Multiplies a box along the fastest axes first, in equal shares of each axis. */
  private static long[] slab(long[] base, long[] dims, long items) {
    long[] shard = base.clone();
    for (int i = shard.length - 1; i >= 0; i--) {
      long whole = ceilDiv(dims[i], base[i]);
      long room = (long) Math.max(1, items / product(shard));
      shard[i] = base[i] * ceilDiv(whole, ceilDiv(whole, Math.min(whole, room)));
    }
    return shard;
  }

  private static boolean divides(long[] chunk, long[] source) {
    for (int i = 0; i < chunk.length; i++) {
      if (source[i] % chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** As a floating-point number, since hostile shapes pass 2^63. */
  private static double product(long[] dims) {
    double n = 1;
    for (long d : dims) {
      n *= d;
    }
    return n;
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
