package org.cornerturn.hdf5;

import java.io.IOException;

/** Chunk index of a dataset without unlimited dimensions (specification VII.C), pages and all. */
final class FixedArray {
  private static final long GAP = 256 << 10;
  private static final int REQUEST = 4 << 20;

  private final MetadataReader reader;
  private final ChunkArray.Taker taker;

  FixedArray(MetadataReader reader, ChunkArray.Taker taker) {
    this.reader = reader;
    this.taker = taker;
  }

  void read(long address, boolean filtered) throws IOException {
    int o = reader.offsetSize();
    ByteCursor c = reader.read("fixed array", address, 12L + reader.lengthSize() + o);
    c.expect("FAHD");
    c.expectVersion("fixed array", 0, 0);
    ChunkArray.client(c, filtered);
    int entrySize = c.u8();
    int pageBits = c.u8();
    long count = c.length();
    long block = c.address();
    c.verifyChecksum("fixed array");
    if (pageBits > 31 || entrySize < o) {
      throw FormatFault.broken("a fixed array of impossible sizes");
    }
    if (block == ByteCursor.UNDEFINED || count == 0) {
      return;
    }
    if (count > reader.end() / entrySize) {
      throw FormatFault.broken("a fixed array of more entries than the file has room for");
    }
    long pageEntries = 1L << pageBits;
    if (count > pageEntries) {
      paged(block, filtered, entrySize, count, pageEntries);
      return;
    }
    ByteCursor data = reader.read("fixed array", block, 6L + o + count * entrySize + 4);
    prefix(data, filtered);
    ChunkArray.entries(data, 0, count, entrySize, taker, "fixed array");
  }

  private void prefix(ByteCursor c, boolean filtered) {
    c.expect("FADB");
    c.expectVersion("fixed array", 0, 0);
    ChunkArray.client(c, filtered);
    c.address();
  }

  private void paged(long block, boolean filtered, int entrySize, long count, long pageEntries)
      throws IOException {
    int pages = Math.toIntExact((count - 1) / pageEntries + 1);
    long head = 6L + reader.offsetSize() + (pages + 7) / 8;
    ByteCursor c = reader.read("fixed array", block, head + 4);
    prefix(c, filtered);
    byte[] bitmap = c.bytes((pages + 7) / 8);
    c.verifyChecksum("fixed array");
    int written = 0;
    for (int i = 0; i < pages; i++) {
      written += ChunkArray.isSet(bitmap, 0, i) ? 1 : 0;
    }
    long[] first = new long[written];
    long[] positions = new long[written];
    int[] lengths = new int[written];
    int n = 0;
    for (int i = 0; i < pages; i++) {
      if (ChunkArray.isSet(bitmap, 0, i)) {
        first[n] = i * pageEntries;
        long address = block + head + 4 + i * (pageEntries * entrySize + 4);
        long length = Math.min(pageEntries, count - first[n]) * entrySize + 4;
        reader.check("page of a fixed array", address, length);
        positions[n] = reader.base() + address;
        lengths[n++] = (int) length;
      }
    }
    new RangeBatch(GAP, REQUEST)
        .read(
            reader.channelFor(positions.length),
            positions,
            lengths,
            (i, bytes, at, length) ->
                ChunkArray.entries(
                    reader.cursor(bytes, at, at + length),
                    first[i],
                    (length - 4) / entrySize,
                    entrySize,
                    taker,
                    "page of a fixed array"));
  }
}
