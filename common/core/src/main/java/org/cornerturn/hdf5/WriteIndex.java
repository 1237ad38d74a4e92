package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.ChunkGrid;

/**
 * Where chunks are: a version 1 B-tree (format specification III.A.1), which every reader since
 * HDF5 1.0 knows. Chunks may come in any order; they take 20 bytes of memory each. Nodes are full
 * but the last of each level, and lie one after another, leaves first, the root last.
 */
final class WriteIndex {
  /** Children of a node: twice the 32 that a superblock of version 2 stands for. */
  static final int FAN_OUT = 64;

  private static final int HEADER = 24;

  private long[] numbers = new long[64];
  private long[] addresses = new long[64];
  private int[] sizes = new int[64];
  private int[] masks;
  private int count;
  private boolean sorted = true;

  /**
   * @param number C-order number of the chunk in its grid
   */
  void add(long number, long address, int size, int mask) {
    if (count == numbers.length) {
      int more = Math.multiplyExact(count, 2);
      numbers = Arrays.copyOf(numbers, more);
      addresses = Arrays.copyOf(addresses, more);
      sizes = Arrays.copyOf(sizes, more);
      masks = masks == null ? null : Arrays.copyOf(masks, more);
    }
    if (mask != 0 && masks == null) {
      masks = new int[numbers.length];
    }
    if (masks != null) {
      masks[count] = mask;
    }
    sorted &= count == 0 || number > numbers[count - 1];
    numbers[count] = number;
    addresses[count] = address;
    sizes[count] = size;
    count++;
  }

  int count() {
    return count;
  }

  /**
   * Sorts the chunks by number.
   *
   * @return number of a chunk that was given twice, or -1
   */
  long sort() {
    if (!sorted) {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(numbers[a], numbers[b]));
      long[] n = new long[count];
      long[] a = new long[count];
      int[] s = new int[count];
      int[] m = masks == null ? null : new int[count];
      for (int i = 0; i < count; i++) {
        n[i] = numbers[order[i]];
        a[i] = addresses[order[i]];
        s[i] = sizes[order[i]];
        if (m != null) {
          m[i] = masks[order[i]];
        }
      }
      numbers = n;
      addresses = a;
      sizes = s;
      masks = m;
      sorted = true;
    }
    for (int i = 1; i < count; i++) {
      if (numbers[i] == numbers[i - 1]) {
        return numbers[i];
      }
    }
    return -1;
  }

  private static int nodeSize(int rank) {
    return HEADER + (FAN_OUT + 1) * keySize(rank) + FAN_OUT * Long.BYTES;
  }

  private static int keySize(int rank) {
    return 8 + 8 * (rank + 1);
  }

  /** Bytes of the tree over a number of chunks. */
  static long treeBytes(long chunks, int rank) {
    long nodes = 0;
    for (long n = chunks; n > 0; ) {
      n = parents(n);
      nodes += n;
      if (n == 1) {
        break;
      }
    }
    return Math.multiplyExact(nodes, (long) nodeSize(rank));
  }

  private static long parents(long n) {
    return (n + FAN_OUT - 1) / FAN_OUT;
  }

  /** Writes the tree that starts at {@code base}; its root is its last node. */
  void write(WriteSink sink, ChunkGrid grid, long base) throws IOException {
    int rank = grid.array().rank();
    int nodeSize = nodeSize(rank);
    long levelBase = base;
    // First chunk of a child, and children of a level: chunks below the leaves.
    long span = 1;
    long children = count;
    for (int level = 0; children > 0; level++) {
      long nodes = parents(children);
      for (long node = 0; node < nodes; node++) {
        long first = node * FAN_OUT;
        int used = (int) Math.min(FAN_OUT, children - first);
        WriteBuffer out = new WriteBuffer().ascii("TREE").u8(1).u8(level).u16(used);
        out.u64(node == 0 ? WriteBuffer.UNDEFINED : levelBase + (node - 1) * nodeSize);
        out.u64(node == nodes - 1 ? WriteBuffer.UNDEFINED : levelBase + (node + 1) * nodeSize);
        for (int i = 0; i < used; i++) {
          long chunk = (first + i) * span;
          key(out, grid, (int) chunk);
          long below = levelBase - children * nodeSize + (first + i) * nodeSize;
          out.u64(level == 0 ? addresses[(int) chunk] : below);
        }
        key(out, grid, (int) Math.min(count, (first + used) * span));
        out.zeros(nodeSize - out.size());
        sink.append(out.toBytes());
      }
      levelBase += nodes * nodeSize;
      span *= FAN_OUT;
      if (nodes == 1) {
        return;
      }
      children = nodes;
    }
  }

  /** The key before a chunk; after the last one, a key beyond every chunk. */
  private void key(WriteBuffer out, ChunkGrid grid, int chunk) {
    boolean end = chunk == count;
    long[] at = grid.coordinates(numbers[end ? count - 1 : chunk]);
    out.u32(end ? 0 : sizes[chunk] & 0xffffffffL);
    out.u32(end || masks == null ? 0 : masks[chunk]);
    for (int i = 0; i < at.length; i++) {
      out.u64((at[i] + (end ? 1 : 0)) * grid.chunk().dim(i));
    }
    out.u64(0);
  }
}
