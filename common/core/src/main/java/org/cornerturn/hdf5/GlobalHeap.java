package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variable-length data (specification III.E), read a collection at a time and kept for a while. */
final class GlobalHeap {
  private static final long KEPT_BYTES = 32L << 20;
  private static final int HEADER = 16;

  private final MetadataReader reader;
  private final LinkedHashMap<Long, Collection> collections = new LinkedHashMap<>(16, 0.75f, true);
  private long kept;

  GlobalHeap(MetadataReader reader) {
    this.reader = reader;
  }

  private record Collection(byte[] bytes, Map<Integer, int[]> objects) {}

  /**
   * @return a cursor over the object's bytes
   */
  ByteCursor object(long address, int index) throws IOException {
    Collection c = collections.get(address);
    if (c == null) {
      c = load(address);
      collections.put(address, c);
      kept += c.bytes.length;
      Iterator<Collection> eldest = collections.values().iterator();
      while (kept > KEPT_BYTES && collections.size() > 1) {
        kept -= eldest.next().bytes.length;
        eldest.remove();
      }
    }
    int[] range = c.objects.get(index);
    if (range == null) {
      throw FormatFault.broken("global heap at " + address + " has no object " + index);
    }
    return reader.cursor(c.bytes, range[0], range[1]);
  }

  private Collection load(long address) throws IOException {
    ByteCursor head = reader.read("global heap", address, 8L + reader.lengthSize());
    head.expect("GCOL");
    head.expectVersion("global heap", 1, 1);
    head.skip(3);
    long size = head.length();
    if (size < HEADER) {
      throw FormatFault.broken("a global heap of " + size + " bytes");
    }
    ByteCursor c = reader.read("global heap", address, size);
    byte[] bytes = c.bytes(size);
    ByteCursor at = reader.cursor(bytes);
    at.skip(8L + reader.lengthSize());
    Map<Integer, int[]> objects = new HashMap<>();
    int objectHead = 8 + reader.lengthSize();
    while (at.remaining() >= objectHead) {
      int index = at.u16();
      at.skip(6);
      long length = at.length();
      if (index == 0) {
        // Object 0 is the free space, which ends the collection.
        break;
      }
      int from = at.position();
      at.skip(length);
      objects.put(index, new int[] {from, from + (int) length});
      at.skip(Math.min(at.remaining(), (8 - length % 8) % 8));
    }
    return new Collection(bytes, objects);
  }
}
