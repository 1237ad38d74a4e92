package org.cornerturn.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text of any length, kept in global heap collections (format specification III.E). */
final class WriteHeap {
  // The library reads this much of a collection at once.
  private static final int SMALLEST = 4096;
  private static final int HEADER = 16;
  private static final int USUAL_CONTENT = 60_000;

  private static final class Collection {
    final WriteBuffer content = new WriteBuffer();
    int objects;
    long address;

    int size() {
      return Math.max(SMALLEST, HEADER + content.size() + HEADER);
    }
  }

  private final List<Collection> collections = new ArrayList<>();

  /** Where a text is kept; collection -1 for an empty text, which is kept nowhere. */
  record Ticket(int length, int collection, int index) {}

  Ticket add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == 0) {
      return new Ticket(0, -1, 0);
    }
    Collection c = collections.isEmpty() ? null : collections.get(collections.size() - 1);
    if (c == null || c.content.size() > 0 && c.content.size() + utf8.length > USUAL_CONTENT) {
      c = new Collection();
      collections.add(c);
    }
    c.objects++;
    c.content.u16(c.objects).u16(0).zeros(4).u64(utf8.length).bytes(utf8);
    c.content.zeros(-utf8.length & 7);
    return new Ticket(utf8.length, collections.size() - 1, c.objects);
  }

  /** The reference that is stored in a value's place. */
  void reference(WriteBuffer out, Ticket t) {
    long address = t.collection() < 0 ? 0 : collections.get(t.collection()).address;
    out.u32(t.length()).u64(address).u32(t.index());
  }

  /** Places the collections one after another; returns the end. */
  long place(long base) {
    long at = base;
    for (Collection c : collections) {
      c.address = at;
      at += c.size();
    }
    return at;
  }

  void write(WriteSink sink) throws java.io.IOException {
    for (Collection c : collections) {
      int free = c.size() - HEADER - c.content.size();
      WriteBuffer out = new WriteBuffer().ascii("GCOL").u8(1).zeros(3).u64(c.size());
      out.bytes(c.content.toBytes());
      // Object 0 is the free space, its own header included.
      out.u16(0).u16(0).zeros(4).u64(free).zeros(free - HEADER);
      sink.append(out.toBytes());
    }
  }
}
