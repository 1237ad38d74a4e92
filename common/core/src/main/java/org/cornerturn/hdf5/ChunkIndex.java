package org.cornerturn.hdf5;

import java.io.IOException;
import org.cornerturn.hdf5.StorageLayout.Index;

/** Reads the chunk index of a dataset, whatever its kind, into a manifest. */
final class ChunkIndex {
  private final MetadataReader reader;
  private final int chunkK;
  private final StorageLayout layout;
  private final Dataspace space;
  private final ManifestBuilder manifest;
  private final boolean filtered;

  private ChunkIndex(
      MetadataReader reader, int chunkK, StorageLayout layout, Dataspace space, boolean filtered) {
    this.reader = reader;
    this.chunkK = chunkK;
    this.layout = layout;
    this.space = space;
    this.filtered = filtered;
    this.manifest = new ManifestBuilder(reader, space.dims(), layout.chunk());
  }

  /**
   * @param chunkK half the children of a version 1 B-tree node
   * @param filtered whether the dataset has filters
   */
  static ChunkManifest read(
      MetadataReader reader, int chunkK, StorageLayout layout, Dataspace space, boolean filtered)
      throws IOException {
    if (layout.address() == ByteCursor.UNDEFINED || space.size() == 0) {
      return ChunkManifest.none();
    }
    ChunkIndex index = new ChunkIndex(reader, chunkK, layout, space, filtered);
    switch (layout.index()) {
      case BTREE_V1 -> index.treeV1();
      case SINGLE -> index.single();
      case IMPLICIT -> index.implicit();
      case BTREE_V2 -> index.treeV2();
      case FIXED_ARRAY, EXTENSIBLE_ARRAY -> index.array();
      default -> throw FormatFault.unsupported("chunk index " + layout.index());
    }
    return index.manifest.build();
  }

  private void treeV1() throws IOException {
    int rank = layout.chunk().length;
    int o = reader.offsetSize();
    int key = 8 + 8 * (rank + 1);
    int most = 2 * chunkK;
    NodeLevels nodes = new NodeLevels(reader, "chunk B-tree", 8 + 2 * o + most * (key + o) + key);
    nodes.add(layout.address(), -1);
    nodes.walk(
        (level, c, expected) -> {
          c.expect("TREE");
          if (c.u8() != 1) {
            throw FormatFault.broken("a chunk B-tree of another type");
          }
          int height = c.u8();
          int used = c.u16();
          if (expected >= 0 && height != expected || used > most) {
            throw FormatFault.broken("a chunk B-tree node of impossible sizes");
          }
          c.skip(2L * o);
          long[] scaled = new long[rank];
          for (int i = 0; i < used; i++) {
            long size = c.u32();
            int mask = (int) c.u32();
            for (int k = 0; k < rank; k++) {
              long offset = c.count(8);
              if (height == 0 && offset % layout.chunk()[k] != 0) {
                throw FormatFault.broken("a chunk at offset " + offset + " between two chunks");
              }
              scaled[k] = offset / layout.chunk()[k];
            }
            c.skip(8);
            long child = c.address();
            if (height > 0) {
              nodes.add(child, height - 1L);
            } else {
              manifest.add(scaled, child, size, mask);
            }
          }
        },
        reader.limits().treeDepth());
  }

  private void single() {
    long size = layout.singleSize() > 0 ? layout.singleSize() : layout.chunkBytes();
    manifest.add(new long[layout.chunk().length], layout.address(), size, layout.singleMask());
  }

  private void implicit() {
    long[] counts = ManifestBuilder.counts(space.dims(), layout.chunk());
    long chunkBytes = layout.chunkBytes();
    long total = 1;
    for (long c : counts) {
      total *= c;
    }
    if (total > (reader.end() - layout.address()) / chunkBytes) {
      throw FormatFault.broken(total + " chunks don't fit in the file");
    }
    long[] strides = indexStrides(-1);
    long[] scaled = new long[counts.length];
    for (long i = 0; i < total; i++) {
      long linear = 0;
      long rest = i;
      for (int k = counts.length - 1; k >= 0; k--) {
        scaled[k] = rest % counts[k];
        rest /= counts[k];
        linear += scaled[k] * strides[k];
      }
      manifest.add(scaled, layout.address() + linear * chunkBytes, chunkBytes, 0);
    }
  }

  private void treeV2() throws IOException {
    int rank = layout.chunk().length;
    BTreeV2 tree = BTreeV2.open(reader, layout.address());
    int fixed = reader.offsetSize() + 8 * rank;
    int sizeBytes = tree.recordSize() - fixed - 4;
    long chunkBytes = layout.chunkBytes();
    boolean withSizes = tree.type() == 11;
    if (tree.type() != 10 && !withSizes || withSizes != filtered) {
      throw FormatFault.broken("a chunk B-tree of type " + tree.type());
    }
    long[] scaled = new long[rank];
    tree.forEach(
        (type, c) -> {
          long address = c.address();
          long size = withSizes ? c.count(sizeBytes) : chunkBytes;
          int mask = withSizes ? (int) c.u32() : 0;
          for (int i = 0; i < rank; i++) {
            scaled[i] = c.count(8);
          }
          manifest.add(scaled, address, size, mask);
        });
  }

  private void array() throws IOException {
    boolean extensible = layout.index() == Index.EXTENSIBLE_ARRAY;
    int unlimited = extensible ? unlimitedAxis() : -1;
    long[] strides = indexStrides(unlimited);
    int[] order = strideOrder(strides);
    long chunkBytes = layout.chunkBytes();
    long[] scaled = new long[strides.length];
    ChunkArray.Taker taker =
        (number, c, entrySize) -> {
          long rest = number;
          for (int k : order) {
            scaled[k] = rest / strides[k];
            rest %= strides[k];
          }
          long address = c.address();
          int sizeBytes = entrySize - reader.offsetSize() - 4;
          long size = filtered ? c.count(sizeBytes) : chunkBytes;
          int mask = filtered ? (int) c.u32() : 0;
          manifest.add(scaled, address, size, mask);
        };
    if (extensible) {
      new ExtensibleArray(reader, taker).read(layout.address(), filtered);
    } else {
      new FixedArray(reader, taker).read(layout.address(), filtered);
    }
  }

  private int unlimitedAxis() {
    for (int i = 0; i < space.max().length; i++) {
      if (space.max()[i] == -1) {
        return i;
      }
    }
    throw FormatFault.broken("an extensible array of chunks without an unlimited dimension");
  }

  /**
   * What each chunk coordinate counts in an array index, which numbers chunks over the largest
   * extent; an unlimited axis is the slowest.
   */
  private long[] indexStrides(int unlimited) {
    long[] max = space.max().clone();
    for (int i = 0; i < max.length; i++) {
      if (max[i] == -1) {
        max[i] = i == unlimited ? 1 : space.dims()[i];
      }
    }
    long[] counts = ManifestBuilder.counts(max, layout.chunk());
    long[] strides = new long[counts.length];
    long n = 1;
    for (int i = counts.length - 1; i >= 0; i--) {
      if (i != unlimited) {
        strides[i] = n;
        n *= Math.max(1, counts[i]);
      }
    }
    if (unlimited >= 0) {
      strides[unlimited] = n;
    }
    return strides;
  }

  /** Axes from the slowest to the fastest in the index. */
  private int[] strideOrder(long[] strides) {
    int unlimited = layout.index() == Index.EXTENSIBLE_ARRAY ? unlimitedAxis() : -1;
    int[] order = new int[strides.length];
    int n = 0;
    if (unlimited >= 0) {
      order[n++] = unlimited;
    }
    for (int i = 0; i < strides.length; i++) {
      if (i != unlimited) {
        order[n++] = i;
      }
    }
    return order;
  }
}
