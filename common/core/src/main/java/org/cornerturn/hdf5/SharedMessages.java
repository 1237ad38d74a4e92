package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds messages that objects share: a committed datatype in its own header, any other in the heap
 * of the file's shared message table (specification III.C.1 and IV.A.2.p).
 */
final class SharedMessages {
  private static final int IN_HEAP = 1;

  private record Index(int types, long heap) {}

  private final MetadataReader reader;
  private final List<Index> indexes = new ArrayList<>();
  private final Map<Long, FractalHeap> heaps = new HashMap<>();

  SharedMessages(MetadataReader reader) {
    this.reader = reader;
  }

  /** Reads the table that a message of the superblock's extension points to. */
  void readTable(ByteCursor message) throws IOException {
    message.expectVersion("shared message table message", 0, 0);
    long address = message.address();
    int count = message.u8();
    int entry = 2 + 2 + 4 + 2 + 2 + 2 + 2 * reader.offsetSize();
    ByteCursor c = reader.read("shared message table", address, 4L + (long) count * entry + 4L);
    c.expect("SMTB");
    for (int i = 0; i < count; i++) {
      c.skip(2);
      int types = c.u16();
      c.skip(4 + 2 + 2 + 2);
      c.address();
      indexes.add(new Index(types, c.address()));
    }
    c.verifyChecksum("shared message table");
  }

  /** The fields of a message, wherever they lie. */
  ByteCursor body(HeaderMessage m) throws IOException {
    return m.isShared() ? shared(m.type(), m.body().again()) : m.body().again();
  }

  /** Follows a pointer to a shared message. */
  ByteCursor shared(int type, ByteCursor pointer) throws IOException {
    int version = pointer.expectVersion("shared message", 1, 3);
    int kind = pointer.u8();
    if (version == 3 && kind == IN_HEAP) {
      return inHeap(type, pointer.bytes(8));
    }
    if (version == 1) {
      pointer.skip(6L + reader.lengthSize());
    }
    long address = pointer.address();
    HeaderMessage found =
        ObjectHeader.read(reader, address)
            .first(type)
            .orElseThrow(() -> FormatFault.broken("no shared message at address " + address));
    if (found.isShared()) {
      throw FormatFault.broken("a shared message that is itself a pointer");
    }
    return found.body().again();
  }

  /** A message of the shared heap for its type. */
  ByteCursor inHeap(int type, byte[] id) throws IOException {
    // Old and new fill values share one index.
    int asked =
        type == HeaderMessage.OLD_FILL
            ? 1 << HeaderMessage.FILL | 1 << HeaderMessage.OLD_FILL
            : 1 << type;
    for (Index i : indexes) {
      if ((i.types & asked) != 0) {
        FractalHeap heap = heaps.get(i.heap);
        if (heap == null) {
          heap = FractalHeap.open(reader, i.heap);
          heaps.put(i.heap, heap);
        }
        return heap.object(id);
      }
    }
    throw FormatFault.broken("a shared message of type " + type + " without a table for it");
  }
}
