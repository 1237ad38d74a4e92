package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;

/** Chunk index of a dataset with one unlimited dimension (specification VII.D). */
final class ExtensibleArray {
  private static final long GAP = 256 << 10;
  private static final int REQUEST = 4 << 20;

  private final MetadataReader reader;
  private final ChunkArray.Taker taker;
  private boolean filtered;
  private int entrySize;
  private int offsetBytes;
  private int pageEntries;
  private int smallestBlock;

  /** Data blocks found so far: address, first entry, entries, and the bitmap of their pages. */
  private long[] address = new long[16];

  private long[] first = new long[16];
  private long[] entries = new long[16];
  private byte[][] pages = new byte[16][];
  private int blocks;

  ExtensibleArray(MetadataReader reader, ChunkArray.Taker taker) {
    this.reader = reader;
    this.taker = taker;
  }

  void read(long at, boolean hasFilters) throws IOException {
    filtered = hasFilters;
    int o = reader.offsetSize();
    ByteCursor c = reader.read("extensible array", at, 16L + 6L * reader.lengthSize() + o);
    c.expect("EAHD");
    c.expectVersion("extensible array", 0, 0);
    ChunkArray.client(c, filtered);
    entrySize = c.u8();
    int bits = c.u8();
    int direct = c.u8();
    smallestBlock = c.u8();
    int pointers = c.u8();
    int pageBits = c.u8();
    c.skip(6L * reader.lengthSize());
    long indexBlock = c.address();
    c.verifyChecksum("extensible array");
    if (entrySize < o
        || bits > 64
        || pageBits > 30
        || Integer.bitCount(smallestBlock) != 1
        || Integer.bitCount(pointers) != 1) {
      throw FormatFault.broken("an extensible array of impossible sizes");
    }
    offsetBytes = (bits + 7) / 8;
    pageEntries = 1 << pageBits;
    if (indexBlock == ByteCursor.UNDEFINED) {
      return;
    }
    int superBlocks = 1 + bits - Integer.numberOfTrailingZeros(smallestBlock);
    indexBlock(indexBlock, direct, pointers, superBlocks);
    dataBlocks();
  }

  /** Data blocks of super block {@code s}. */
  private static long blocksOf(int s) {
    return 1L << s / 2;
  }

  /** Entries of each data block of super block {@code s}. */
  private long entriesOf(int s) {
    return (1L << (s + 1) / 2) * smallestBlock;
  }

  private void indexBlock(long at, int direct, int pointers, int superBlocks) throws IOException {
    int o = reader.offsetSize();
    int inline = 2 * Integer.numberOfTrailingZeros(pointers);
    int dataPointers = 2 * (pointers - 1);
    int superPointers = Math.max(0, superBlocks - inline);
    long size = 6L + o + (long) direct * entrySize + (long) (dataPointers + superPointers) * o + 4;
    ByteCursor c = reader.read("extensible array", at, size);
    c.expect("EAIB");
    c.expectVersion("extensible array", 0, 0);
    ChunkArray.client(c, filtered);
    c.address();
    for (int i = 0; i < direct; i++) {
      taker.take(i, c.slice(entrySize), entrySize);
    }
    long next = direct;
    int s = 0;
    long inSuper = 0;
    for (int i = 0; i < dataPointers; i++) {
      if (inSuper == blocksOf(s)) {
        s++;
        inSuper = 0;
      }
      add(c.address(), next, entriesOf(s), null);
      next += entriesOf(s);
      inSuper++;
    }
    long[] superAddress = new long[superPointers];
    for (int i = 0; i < superPointers; i++) {
      superAddress[i] = c.address();
    }
    c.verifyChecksum("extensible array");
    superBlocks(superAddress, inline, next);
  }

  private void add(long at, long firstEntry, long count, byte[] pageBitmap) {
    if (at == ByteCursor.UNDEFINED) {
      return;
    }
    if (blocks == address.length) {
      address = Arrays.copyOf(address, 2 * blocks);
      first = Arrays.copyOf(first, 2 * blocks);
      entries = Arrays.copyOf(entries, 2 * blocks);
      pages = Arrays.copyOf(pages, 2 * blocks);
    }
    address[blocks] = at;
    first[blocks] = firstEntry;
    entries[blocks] = count;
    pages[blocks++] = pageBitmap;
  }

  private void superBlocks(long[] superAddress, int firstSuper, long firstEntry)
      throws IOException {
    long next = firstEntry;
    for (int i = 0; i < superAddress.length; i++) {
      int s = firstSuper + i;
      long count = entriesOf(s);
      if (superAddress[i] != ByteCursor.UNDEFINED) {
        superBlock(superAddress[i], blocksOf(s), count, next);
      }
      next += blocksOf(s) * count;
      if (next < 0) {
        return;
      }
    }
  }

  private void superBlock(long at, long count, long entriesEach, long firstEntry)
      throws IOException {
    int o = reader.offsetSize();
    boolean paged = entriesEach > pageEntries;
    long bitmapBytes = paged ? (entriesEach / pageEntries + 7) / 8 : 0;
    reader.check("extensible array", at, count);
    ByteCursor c =
        reader.read("extensible array", at, 6L + o + offsetBytes + count * (bitmapBytes + o) + 4);
    c.expect("EASB");
    c.expectVersion("extensible array", 0, 0);
    ChunkArray.client(c, filtered);
    c.skip(o + offsetBytes);
    byte[][] bitmaps = new byte[(int) count][];
    for (int i = 0; paged && i < count; i++) {
      bitmaps[i] = c.bytes(bitmapBytes);
    }
    for (int i = 0; i < count; i++) {
      add(c.address(), firstEntry + i * entriesEach, entriesEach, bitmaps[i]);
    }
    c.verifyChecksum("extensible array");
  }

  private void dataBlocks() throws IOException {
    long[] positions = new long[blocks];
    int[] lengths = new int[blocks];
    long head = 6L + reader.offsetSize() + offsetBytes;
    for (int i = 0; i < blocks; i++) {
      if (entries[i] > reader.end() / entrySize) {
        throw FormatFault.broken("an extensible array of more entries than the file has room for");
      }
      long pageCount = pages[i] == null ? 0 : entries[i] / pageEntries;
      long length = head + entries[i] * entrySize + 4 + 4 * pageCount;
      reader.check("extensible array", address[i], length);
      positions[i] = reader.base() + address[i];
      lengths[i] = (int) length;
    }
    new RangeBatch(GAP, REQUEST)
        .read(
            reader.channelFor(positions.length),
            positions,
            lengths,
            (i, bytes, at, length) -> dataBlock(i, reader.cursor(bytes, at, at + length)));
  }

  private void dataBlock(int i, ByteCursor c) throws IOException {
    c.expect("EADB");
    c.expectVersion("extensible array", 0, 0);
    ChunkArray.client(c, filtered);
    c.skip(reader.offsetSize() + offsetBytes);
    if (pages[i] == null) {
      ChunkArray.entries(c, first[i], entries[i], entrySize, taker, "extensible array");
      return;
    }
    c.verifyChecksum("extensible array");
    for (int p = 0; p < entries[i] / pageEntries; p++) {
      ByteCursor page = c.slice((long) pageEntries * entrySize + 4);
      if (ChunkArray.isSet(pages[i], 0, p)) {
        long from = first[i] + (long) p * pageEntries;
        ChunkArray.entries(page, from, pageEntries, entrySize, taker, "extensible array");
      }
    }
  }
}
