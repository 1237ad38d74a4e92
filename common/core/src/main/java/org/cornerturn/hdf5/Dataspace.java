package org.cornerturn.hdf5;

import org.cornerturn.array.Shape;

/**
 * Extent of a dataset or attribute (specification IV.A.2.b).
 *
 * @param empty whether it is a null dataspace, of no elements
 * @param max largest extents, -1 where unlimited
 */
record Dataspace(boolean empty, long[] dims, long[] max) {
  private static final int MAX_RANK = 32;

  static Dataspace parse(ByteCursor c) {
    int version = c.expectVersion("dataspace message", 1, 2);
    int rank = c.u8();
    int flags = c.u8();
    int kind = version == 2 ? c.u8() : rank == 0 ? 0 : 1;
    if (version == 1) {
      c.skip(5);
    }
    if (rank > MAX_RANK) {
      throw FormatFault.broken("a dataspace of " + rank + " dimensions");
    }
    if (kind > 2 || kind != 1 && rank != 0) {
      throw FormatFault.broken("a dataspace of kind " + kind + " with " + rank + " dimensions");
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = c.length();
    }
    long[] max = dims.clone();
    if ((flags & 1) != 0) {
      for (int i = 0; i < rank; i++) {
        max[i] = c.dimension();
        if (max[i] != -1 && (max[i] < dims[i])) {
          throw FormatFault.broken("a dimension of " + dims[i] + " of at most " + max[i]);
        }
      }
    }
    return new Dataspace(kind == 2, dims, max);
  }

  /** Number of elements, checked against what an index can hold. */
  long size() {
    if (empty) {
      return 0;
    }
    try {
      return Shape.of(dims).size();
    } catch (ArithmeticException e) {
      throw FormatFault.broken("a dataspace of more than 2^63 elements");
    }
  }
}
