package org.cornerturn.hdf5;

import java.io.IOException;

/** Version 2 B-tree, all records in no particular order (specification III.A.2). */
final class BTreeV2 {
  private static final int NODE_OVERHEAD = 10;

  private final MetadataReader reader;
  private final int type;
  private final int nodeSize;
  private final int recordSize;
  private final int depth;
  private final long root;
  private final int rootRecords;
  private final long total;

  private BTreeV2(MetadataReader reader, ByteCursor c) {
    this.reader = reader;
    c.expect("BTHD");
    c.expectVersion("B-tree", 0, 0);
    type = c.u8();
    nodeSize = c.size32();
    recordSize = c.u16();
    depth = c.u16();
    c.skip(2);
    root = c.address();
    rootRecords = c.u16();
    total = c.length();
    c.verifyChecksum("B-tree");
    if (recordSize == 0
        || nodeSize < NODE_OVERHEAD + recordSize
        || nodeSize > reader.limits().headerBytes()
        || depth > reader.limits().treeDepth()) {
      throw FormatFault.broken("a B-tree of impossible sizes");
    }
  }

  static BTreeV2 open(MetadataReader reader, long address) throws IOException {
    long size = 22L + reader.offsetSize() + reader.lengthSize();
    return new BTreeV2(reader, reader.read("B-tree", address, size));
  }

  int type() {
    return type;
  }

  int recordSize() {
    return recordSize;
  }

  /** Takes a record of a type. */
  interface RecordTaker {
    void take(int type, ByteCursor record) throws IOException;
  }

  void forEach(RecordTaker taker) throws IOException {
    if (root == ByteCursor.UNDEFINED || total == 0) {
      return;
    }
    int[] countBytes = new int[depth + 1];
    int recordBytes = widths(countBytes);
    NodeLevels levels = new NodeLevels(reader, "B-tree", nodeSize);
    levels.add(root, rootRecords);
    levels.walk(
        (level, node, records) -> {
          int height = depth - level;
          node.expect(height == 0 ? "BTLF" : "BTIN");
          node.expectVersion("B-tree node", 0, 0);
          if (node.u8() != type) {
            throw FormatFault.broken("a B-tree node of another type");
          }
          for (long i = 0; i < records; i++) {
            taker.take(type, node.slice(recordSize));
          }
          for (long i = 0; height > 0 && i <= records; i++) {
            long child = node.address();
            long n = node.count(recordBytes);
            if (height > 1) {
              node.skip(countBytes[height - 1]);
            }
            levels.add(child, n);
          }
          node.verifyChecksum("B-tree node");
        },
        depth);
  }

  /**
   * Finds the bytes of child pointers' fields, which follow from how many records fit below.
   *
   * @param countBytes gets the bytes of the field for all records below a node of each height
   * @return bytes of the field for a node's own records
   */
  private int widths(int[] countBytes) {
    long fit = (nodeSize - NODE_OVERHEAD) / recordSize;
    int recordBytes = FractalHeap.widthFor(fit);
    long below = fit;
    for (int h = 1; h <= depth; h++) {
      int pointer = reader.offsetSize() + recordBytes + (h > 1 ? countBytes[h - 1] : 0);
      long here = (nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer);
      if (here < 1) {
        throw FormatFault.broken("a B-tree whose nodes hold no records");
      }
      below = (here + 1) * below + here;
      if (below < 0) {
        throw FormatFault.broken("a B-tree of impossible sizes");
      }
      countBytes[h] = FractalHeap.widthFor(below);
    }
    return recordBytes;
  }
}
