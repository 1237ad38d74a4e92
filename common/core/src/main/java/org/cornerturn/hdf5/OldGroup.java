package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Links of a group in the old form: B-tree of symbol table nodes, names in a local heap. */
final class OldGroup {
  private static final int SOFT = 2;

  private final MetadataReader reader;
  private final Superblock superblock;
  private ByteCursor heap;
  private final List<LinkEntry> links = new ArrayList<>();

  private OldGroup(MetadataReader reader, Superblock superblock) {
    this.reader = reader;
    this.superblock = superblock;
  }

  static List<LinkEntry> links(MetadataReader reader, Superblock superblock, ByteCursor message)
      throws IOException {
    OldGroup g = new OldGroup(reader, superblock);
    long tree = message.address();
    g.heap = g.localHeap(message.address());
    g.walk(tree);
    return g.links;
  }

  private ByteCursor localHeap(long address) throws IOException {
    int l = reader.lengthSize();
    ByteCursor c = reader.read("local heap", address, 8L + 2L * l + reader.offsetSize());
    c.expect("HEAP");
    c.expectVersion("local heap", 0, 0);
    c.skip(3);
    long size = c.length();
    long free = c.unsigned(l);
    long data = c.address();
    // The free list's end is marked by 1 (or an undefined offset).
    if (free >= 0 && free != 1 && l == 8 && free >= size) {
      throw FormatFault.broken("a local heap whose free list lies outside it");
    }
    return reader.read("local heap", data, size);
  }

  private String name(long offset) {
    ByteCursor c = heap.again();
    c.skip(offset);
    return c.terminated();
  }

  private void walk(long tree) throws IOException {
    int o = reader.offsetSize();
    int l = reader.lengthSize();
    int children = 2 * superblock.groupInternalK();
    int nodeSize = 8 + 2 * o + children * (o + l) + l;
    List<Long> tables = new ArrayList<>();
    NodeLevels nodes = new NodeLevels(reader, "group B-tree", nodeSize);
    nodes.add(tree, -1);
    nodes.walk(
        (level, node, expected) -> {
          node.expect("TREE");
          if (node.u8() != 0) {
            throw FormatFault.broken("a group's B-tree of another type");
          }
          int height = node.u8();
          if (expected >= 0 && height != expected) {
            throw FormatFault.broken("a B-tree whose levels don't follow each other");
          }
          int used = node.u16();
          if (used > children) {
            throw FormatFault.broken("a B-tree node of " + used + " children");
          }
          node.skip(2L * o);
          for (int i = 0; i < used; i++) {
            node.skip(l);
            long child = node.address();
            if (height == 0) {
              tables.add(child);
            } else {
              nodes.add(child, height - 1L);
            }
          }
        },
        reader.limits().treeDepth());
    readTables(tables);
  }

  private void readTables(List<Long> tables) throws IOException {
    int entry = 2 * reader.offsetSize() + 24;
    int most = 2 * superblock.groupLeafK();
    NodeLevels nodes = new NodeLevels(reader, "symbol table", 8 + most * entry);
    for (long t : tables) {
      nodes.add(t, 0);
    }
    nodes.walk(
        (level, c, extra) -> {
          c.expect("SNOD");
          c.expectVersion("symbol table", 1, 1);
          c.skip(1);
          int count = c.u16();
          if (count > most) {
            throw FormatFault.broken("a symbol table of " + count + " entries");
          }
          for (int i = 0; i < count; i++) {
            entry(c);
          }
        },
        0);
  }

  private void entry(ByteCursor c) {
    long nameAt = c.length();
    long header = c.address();
    long cacheType = c.u32();
    c.skip(4);
    ByteCursor scratch = c.slice(16);
    String name = name(nameAt);
    if (cacheType > SOFT) {
      throw FormatFault.broken("symbol table entry " + name + " has cache type " + cacheType);
    }
    if (cacheType == SOFT) {
      links.add(LinkEntry.soft(name, name(scratch.u32())));
    } else {
      links.add(LinkEntry.hard(name, header));
    }
  }
}
