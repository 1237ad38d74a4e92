package org.cornerturn.hdf5;

/**
 * Where a dataset's bytes lie (specification IV.A.2.i, versions 1 to 5).
 *
 * @param compact the bytes of compact storage, else null
 * @param address of contiguous storage or of the chunk index; may be undefined
 * @param size bytes of contiguous storage; -1 where the message doesn't say
 * @param chunk chunk extents, element size not included; null where not chunked
 * @param elementSize bytes of an element as the layout of chunks gives it
 * @param wholeEdges whether filters leave out chunks that reach past the dataset's edge
 * @param singleSize stored bytes of a single filtered chunk, else 0
 * @param singleMask its filter mask
 */
record StorageLayout(
    StorageKind kind,
    byte[] compact,
    long address,
    long size,
    long[] chunk,
    long elementSize,
    Index index,
    boolean wholeEdges,
    long singleSize,
    int singleMask) {
  private static final int MAX_RANK = 33;

  /** How chunks are found. */
  enum Index {
    NONE,
    BTREE_V1,
    SINGLE,
    IMPLICIT,
    FIXED_ARRAY,
    EXTENSIBLE_ARRAY,
    BTREE_V2
  }

  static StorageLayout parse(ByteCursor c) {
    int version = c.expectVersion("layout message", 1, 5);
    return version <= 2 ? old(c) : version == 3 ? third(c) : fourth(c);
  }

  static StorageLayout external() {
    return plain(StorageKind.EXTERNAL, null, ByteCursor.UNDEFINED, -1);
  }

  private static StorageLayout plain(StorageKind kind, byte[] compact, long address, long size) {
    return new StorageLayout(kind, compact, address, size, null, 0, Index.NONE, false, 0, 0);
  }

  private static StorageLayout old(ByteCursor c) {
    int rank = c.u8();
    int kind = c.u8();
    c.skip(5);
    if (rank > MAX_RANK) {
      throw FormatFault.broken("a layout of " + rank + " dimensions");
    }
    if (kind == 0) {
      c.skip(4L * rank);
      return plain(StorageKind.COMPACT, c.bytes(c.u32()), ByteCursor.UNDEFINED, -1);
    }
    long address = c.address();
    if (kind == 1) {
      return plain(StorageKind.CONTIGUOUS, null, address, -1);
    }
    checkKind(kind);
    return treeChunks(c, address, rank);
  }

  private static void checkKind(int kind) {
    if (kind != 2) {
      throw FormatFault.unsupported("storage layout " + kind);
    }
  }

  private static StorageLayout treeChunks(ByteCursor c, long address, int rank) {
    long[] dims = dims(c, rank, 4);
    return chunked(dims, address, Index.BTREE_V1, false, 0, 0);
  }

  private static long[] dims(ByteCursor c, int rank, int width) {
    if (rank < 2 || rank > MAX_RANK) {
      throw FormatFault.broken("chunks of " + (rank - 1) + " dimensions");
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = c.count(width);
      if (dims[i] == 0) {
        throw FormatFault.broken("a chunk dimension of 0");
      }
    }
    return dims;
  }

  private static StorageLayout chunked(
      long[] dims, long address, Index index, boolean wholeEdges, long size, int mask) {
    long[] chunk = java.util.Arrays.copyOf(dims, dims.length - 1);
    return new StorageLayout(
        StorageKind.CHUNKED,
        null,
        address,
        -1,
        chunk,
        dims[dims.length - 1],
        index,
        wholeEdges,
        size,
        mask);
  }

  private static StorageLayout third(ByteCursor c) {
    int kind = c.u8();
    if (kind <= 1) {
      return compactOrContiguous(c, kind);
    }
    checkKind(kind);
    int rank = c.u8();
    long address = c.address();
    return treeChunks(c, address, rank);
  }

  private static StorageLayout compactOrContiguous(ByteCursor c, int kind) {
    return kind == 0
        ? plain(StorageKind.COMPACT, c.bytes(c.u16()), ByteCursor.UNDEFINED, -1)
        : plain(StorageKind.CONTIGUOUS, null, c.address(), c.length());
  }

  private static StorageLayout fourth(ByteCursor c) {
    int kind = c.u8();
    if (kind <= 1) {
      return compactOrContiguous(c, kind);
    }
    if (kind == 3) {
      return plain(StorageKind.VIRTUAL, null, ByteCursor.UNDEFINED, -1);
    }
    checkKind(kind);
    int flags = c.u8();
    int rank = c.u8();
    int width = c.u8();
    long[] dims = dims(c, rank, width);
    boolean wholeEdges = (flags & 1) != 0;
    int indexType = c.u8();
    long singleSize = 0;
    int singleMask = 0;
    Index index =
        switch (indexType) {
          case 1 -> Index.SINGLE;
          case 2 -> Index.IMPLICIT;
          case 3 -> Index.FIXED_ARRAY;
          case 4 -> Index.EXTENSIBLE_ARRAY;
          case 5 -> Index.BTREE_V2;
          default -> throw FormatFault.unsupported("chunk index " + indexType);
        };
    switch (index) {
      case SINGLE -> {
        if ((flags & 2) != 0) {
          singleSize = c.length();
          singleMask = (int) c.u32();
        }
      }
      case FIXED_ARRAY -> c.skip(1);
      case EXTENSIBLE_ARRAY -> c.skip(5);
      case BTREE_V2 -> c.skip(6);
      default -> {
        // An implicit index has no parameters.
      }
    }
    return chunked(dims, c.address(), index, wholeEdges, singleSize, singleMask);
  }

  /** Decoded bytes of a chunk. */
  long chunkBytes() {
    long n = elementSize;
    for (long d : chunk) {
      if (d > Long.MAX_VALUE / n) {
        throw FormatFault.broken("a chunk of more than 2^63 bytes");
      }
      n *= d;
    }
    return n;
  }
}
