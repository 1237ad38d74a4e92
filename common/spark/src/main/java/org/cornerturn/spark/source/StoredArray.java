package org.cornerturn.spark.source;

import java.io.Serializable;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * An array of a file or store, and where it lies in the lattice.
 *
 * @param name path of the array, for people
 * @param axes the lattice's axis of each of the array's axes, rising
 * @param chunk extent of the unit in which it is read best
 */
record StoredArray(String name, int[] axes, DataType type, Shape shape, Shape chunk)
    implements Serializable {
  /** Bytes of an element; of varying ones a guess. */
  private static final int VARYING = 32;

  /** Unit for an array that is stored in one piece, bytes. */
  private static final long PIECE = 1 << 20;

  /**
   * @param chunk the stored chunk's shape, or null where the array lies in one piece
   */
  static StoredArray of(String name, int[] axes, DataType type, Shape shape, Shape chunk) {
    Shape unit = chunk == null ? piece(shape, bytes(type)) : chunk;
    return new StoredArray(name, axes, type, shape, unit);
  }

  private static int bytes(DataType type) {
    return type.isFixedSize() ? Math.max(1, type.itemSize()) : VARYING;
  }

  int elementBytes() {
    return bytes(type);
  }

  ChunkGrid grid() {
    return new ChunkGrid(shape, chunk);
  }

  /** The part of this array that a box of the lattice needs. */
  Box part(Box lattice) {
    long[] start = new long[axes.length];
    long[] extent = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      start[i] = lattice.start(axes[i]);
      extent[i] = lattice.extent(axes[i]);
    }
    return Box.of(start, extent);
  }

  /** Chunks of this array that a box of the lattice touches. */
  long chunks(Box lattice) {
    return grid().covering(part(lattice)).size();
  }

  /** Whole fast axes, and as much of the slower ones as makes a piece. */
  private static Shape piece(Shape shape, int itemSize) {
    long[] unit = new long[shape.rank()];
    long room = Math.max(1, PIECE / itemSize);
    for (int i = unit.length - 1; i >= 0; i--) {
      unit[i] = Math.max(1, Math.min(shape.dim(i), room));
      room /= unit[i];
    }
    return Shape.of(unit);
  }
}
