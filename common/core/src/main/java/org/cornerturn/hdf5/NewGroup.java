package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Links of a group in the form since HDF5 1.8: messages in the header, or a heap with a B-tree. */
final class NewGroup {
  private static final int BY_NAME = 5;
  private static final int EXTERNAL = 64;

  private NewGroup() {}

  static List<LinkEntry> links(MetadataReader reader, ObjectHeader header) throws IOException {
    List<LinkEntry> links = new ArrayList<>();
    for (HeaderMessage m : header.all(HeaderMessage.LINK)) {
      links.add(link(m.body().again()));
    }
    ByteCursor info = header.first(HeaderMessage.LINK_INFO).orElseThrow().body().again();
    info.expectVersion("link info message", 0, 0);
    int flags = info.u8();
    if ((flags & 1) != 0) {
      info.skip(8);
    }
    long heapAddress = info.address();
    long tree = info.address();
    if (heapAddress != ByteCursor.UNDEFINED) {
      FractalHeap heap = FractalHeap.open(reader, heapAddress);
      BTreeV2.open(reader, tree)
          .forEach(
              (type, record) -> {
                if (type != BY_NAME) {
                  throw FormatFault.broken("a group's B-tree of type " + type);
                }
                record.skip(4);
                links.add(link(heap.object(record.bytes(record.remaining()))));
                if (links.size() > reader.limits().objects()) {
                  throw FormatFault.broken("a group of more links than a file may have");
                }
              });
    }
    return links;
  }

  static LinkEntry link(ByteCursor c) {
    c.expectVersion("link message", 1, 1);
    int flags = c.u8();
    int type = (flags & 8) != 0 ? c.u8() : 0;
    if ((flags & 4) != 0) {
      c.skip(8);
    }
    if ((flags & 0x10) != 0) {
      c.skip(1);
    }
    long length = c.count(1 << (flags & 3));
    if (length == 0) {
      throw FormatFault.broken("a link without a name");
    }
    String name = c.text(length);
    if (type == 0) {
      return LinkEntry.hard(name, c.address());
    }
    int size = c.u16();
    if (type == 1) {
      return LinkEntry.soft(name, c.text(size));
    }
    ByteCursor value = c.slice(size);
    if (type == EXTERNAL) {
      value.skip(1);
      String target = value.terminated() + ":" + value.terminated();
      return new LinkEntry(name, Hdf5Link.Kind.EXTERNAL, ByteCursor.UNDEFINED, target);
    }
    return new LinkEntry(
        name, Hdf5Link.Kind.USER_DEFINED, ByteCursor.UNDEFINED, "link class " + type);
  }
}
