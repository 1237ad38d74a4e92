package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks a tree of nodes level by level, each level in the order of its addresses and neighbouring
 * nodes in one request, so that the requests grow with the bytes of the tree and not with its
 * nodes. No node is visited twice, whatever the file says.
 */
final class NodeLevels {
  private static final long GAP = 256 << 10;
  private static final int REQUEST = 4 << 20;

  private final MetadataReader reader;
  private final String structure;
  private final int nodeSize;
  private final Set<Long> seen = new HashSet<>();
  private final RangeBatch batch = new RangeBatch(GAP, REQUEST);
  private long[] next = new long[16];
  private long[] nextExtra = new long[16];
  private int count;

  /**
   * @param nodeSize bytes of a node, which may be cut short by the file's end
   */
  NodeLevels(MetadataReader reader, String structure, int nodeSize) {
    this.reader = reader;
    this.structure = structure;
    this.nodeSize = nodeSize;
  }

  /** Reads a node; {@code extra} is what its parent said of it. */
  interface NodeReader {
    void read(int level, ByteCursor node, long extra) throws IOException;
  }

  /** Announces a node of the next level. */
  void add(long address, long extra) {
    if (!seen.add(address)) {
      throw FormatFault.broken("the " + structure + " has a cycle");
    }
    if (count == next.length) {
      next = Arrays.copyOf(next, 2 * count);
      nextExtra = Arrays.copyOf(nextExtra, 2 * count);
    }
    next[count] = address;
    nextExtra[count++] = extra;
  }

  /** Reads the nodes added, then those they add, down to {@code depth} levels below the first. */
  void walk(NodeReader visitor, int depth) throws IOException {
    for (int level = 0; count > 0; level++) {
      if (level > depth) {
        throw FormatFault.broken("the " + structure + " is deeper than it says");
      }
      long[] extra = Arrays.copyOf(nextExtra, count);
      long[] positions = new long[count];
      int[] lengths = new int[count];
      for (int i = 0; i < count; i++) {
        reader.check(structure, next[i], 0);
        positions[i] = reader.base() + next[i];
        lengths[i] = (int) Math.min(nodeSize, reader.end() - next[i]);
      }
      count = 0;
      int now = level;
      batch.read(
          reader.channelFor(positions.length),
          positions,
          lengths,
          (i, bytes, at, n) -> visitor.read(now, reader.cursor(bytes, at, at + n), extra[i]));
    }
  }
}
