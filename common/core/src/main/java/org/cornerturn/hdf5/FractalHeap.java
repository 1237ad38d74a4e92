package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Heap of links, attributes and shared messages (specification III.G). */
final class FractalHeap {
  private static final int KEPT_BLOCKS = 64;
  private static final int CHECKSUMMED = 2;

  private final MetadataReader reader;
  private final int idLength;
  private final int flags;
  private final long largestManaged;
  private final long hugeTree;
  private final int width;
  private final long startSize;
  private final long largestDirect;
  private final int offsetBits;
  private final long root;
  private final int rootRows;
  private final FilterPipeline filters;
  private final long rootFilteredSize;
  private final int rootFilterMask;
  private Map<Long, long[]> hugeObjects;
  private final LinkedHashMap<Long, byte[]> blocks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT_BLOCKS;
        }
      };

  private FractalHeap(MetadataReader reader, ByteCursor c) {
    this.reader = reader;
    c.expect("FRHP");
    c.expectVersion("fractal heap", 0, 0);
    idLength = c.u16();
    int filterLength = c.u16();
    flags = c.u8();
    largestManaged = c.u32();
    c.length();
    hugeTree = c.address();
    c.length();
    c.address();
    c.skip(8L * reader.lengthSize());
    width = c.u16();
    startSize = c.length();
    largestDirect = c.length();
    offsetBits = c.u16();
    c.u16();
    root = c.address();
    rootRows = c.u16();
    if (filterLength > 0) {
      rootFilteredSize = c.length();
      rootFilterMask = (int) c.u32();
      filters = FilterPipeline.parse(c.slice(filterLength));
    } else {
      rootFilteredSize = 0;
      rootFilterMask = 0;
      filters = FilterPipeline.NONE;
    }
    c.verifyChecksum("fractal heap");
    if (width == 0
        || Long.bitCount(startSize) != 1
        || Long.bitCount(largestDirect) != 1
        || largestDirect < startSize
        || offsetBits == 0
        || offsetBits > 64
        || idLength < 1) {
      throw FormatFault.broken("a fractal heap of impossible sizes");
    }
  }

  static FractalHeap open(MetadataReader reader, long address) throws IOException {
    ByteCursor head = reader.read("fractal heap", address, 9);
    head.skip(7);
    int filterLength = head.u16();
    int o = reader.offsetSize();
    int l = reader.lengthSize();
    long size = 22L + 12L * l + 3L * o + 4L;
    if (filterLength > 0) {
      size += l + 4L + filterLength;
    }
    return new FractalHeap(reader, reader.read("fractal heap", address, size));
  }

  /** The object with this identifier. */
  ByteCursor object(byte[] id) throws IOException {
    if (id.length < idLength) {
      throw FormatFault.broken("a heap identifier of " + id.length + " bytes");
    }
    ByteCursor c = reader.cursor(id, 0, idLength);
    int first = c.u8();
    return switch (first >> 4 & 3) {
      case 0 -> managed(c);
      case 1 -> huge(c);
      case 2 -> tiny(c, first);
      default -> throw FormatFault.broken("heap identifier of an unknown kind");
    };
  }

  private ByteCursor tiny(ByteCursor c, int first) {
    int length = idLength - 1 <= 16 ? (first & 0xf) + 1 : ((first & 0xf) << 8 | c.u8()) + 1;
    return c.slice(length);
  }

  private ByteCursor managed(ByteCursor c) throws IOException {
    int offsetBytes = (offsetBits + 7) / 8;
    int log = 63 - Long.numberOfLeadingZeros(largestDirect);
    int lengthBytes = Math.min((log + 7) / 8, widthFor(largestManaged));
    long offset = c.count(offsetBytes);
    long length = c.count(lengthBytes);
    return rootRows == 0
        ? inBlock(root, startSize, 0, offset, length, rootFilteredSize, rootFilterMask)
        : inRows(offset, length);
  }

  /** Bytes that hold numbers up to a limit. */
  static int widthFor(long limit) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, limit))) / 8 + 1;
  }

  /** Descends from the root indirect block to the direct block that holds an offset. */
  private ByteCursor inRows(long offset, long length) throws IOException {
    long block = root;
    int rows = rootRows;
    long start = 0;
    int directRows =
        Long.numberOfTrailingZeros(largestDirect) - Long.numberOfTrailingZeros(startSize) + 2;
    for (int depth = 0; depth < reader.limits().treeDepth(); depth++) {
      int row = 0;
      long rowStart = start;
      long blockSize = startSize;
      while (row < rows && offset - rowStart >= blockSize * width) {
        rowStart += blockSize * width;
        row++;
        blockSize = row <= 1 ? startSize : startSize << row - 1;
        if (blockSize <= 0) {
          throw FormatFault.broken("a heap offset beyond the heap");
        }
      }
      if (row >= rows) {
        throw FormatFault.broken("a heap offset beyond the heap");
      }
      long column = (offset - rowStart) / blockSize;
      long entry = (long) row * width + column;
      long childStart = rowStart + column * blockSize;
      long[] child = indirectEntry(block, rows, directRows, row, entry);
      if (row < directRows) {
        return inBlock(child[0], blockSize, childStart, offset, length, child[1], (int) child[2]);
      }
      block = child[0];
      rows =
          Long.numberOfTrailingZeros(blockSize)
              - Long.numberOfTrailingZeros(startSize)
              - (31 - Integer.numberOfLeadingZeros(width))
              + 1;
      start = childStart;
    }
    throw FormatFault.broken("a fractal heap nested too deeply");
  }

  /**
   * @return address, filtered size and filter mask of a child
   */
  private long[] indirectEntry(long block, int rows, int directRows, int row, long entry)
      throws IOException {
    int o = reader.offsetSize();
    int filtered = filters.isEmpty() ? 0 : reader.lengthSize() + 4;
    long direct = (long) Math.min(rows, directRows) * width;
    long all = (long) rows * width;
    long head = 5L + o + (offsetBits + 7) / 8;
    ByteCursor c =
        reader.read("heap block", block, head + direct * (o + filtered) + (all - direct) * o + 4);
    c.expect("FHIB");
    c.expectVersion("heap block", 0, 0);
    c.skip(head - 5);
    if (row < directRows) {
      c.skip(entry * (o + filtered));
      long address = c.address();
      return filtered > 0 ? new long[] {address, c.length(), c.u32()} : new long[] {address, 0, 0};
    }
    c.skip(direct * (o + filtered) + (entry - direct) * o);
    return new long[] {c.address(), 0, 0};
  }

  private ByteCursor inBlock(
      long address, long size, long start, long offset, long length, long filteredSize, int mask)
      throws IOException {
    if (address == ByteCursor.UNDEFINED || offset < start || offset - start > size - length) {
      throw FormatFault.broken("a heap object outside its block");
    }
    byte[] block = blocks.get(address);
    if (block == null) {
      block = loadBlock(address, size, filteredSize, mask);
      blocks.put(address, block);
    }
    int from = (int) (offset - start);
    return reader.cursor(block, from, from + (int) length);
  }

  private byte[] loadBlock(long address, long size, long filteredSize, int mask)
      throws IOException {
    long stored = filters.isEmpty() ? size : filteredSize;
    byte[] bytes = reader.read("heap block", address, stored).bytes(stored);
    if (!filters.isEmpty()) {
      bytes = filters.decodeAll(bytes, mask, Math.toIntExact(size), reader.limits());
      if (bytes.length != size) {
        throw FormatFault.broken("a heap block that decodes to " + bytes.length + " bytes");
      }
    }
    ByteCursor c = reader.cursor(bytes);
    c.expect("FHDB");
    c.expectVersion("heap block", 0, 0);
    if ((flags & CHECKSUMMED) != 0) {
      verify(c, bytes);
    }
    return bytes;
  }

  /** The checksum covers the whole block with its own four bytes as zeros. */
  private void verify(ByteCursor c, byte[] bytes) {
    c.skip(reader.offsetSize() + (offsetBits + 7L) / 8);
    int at = c.position();
    int stored = (int) c.u32();
    byte[] blank = bytes.clone();
    for (int i = 0; i < 4; i++) {
      blank[at + i] = 0;
    }
    if (Lookup3.hash(blank, 0, blank.length) != stored) {
      throw FormatFault.broken("checksum of a heap block is wrong");
    }
  }

  private ByteCursor huge(ByteCursor c) throws IOException {
    int o = reader.offsetSize();
    int l = reader.lengthSize();
    int direct = filters.isEmpty() ? o + l : o + l + 4 + l;
    if (direct <= idLength - 1) {
      long address = c.address();
      long length = c.length();
      int mask = filters.isEmpty() ? 0 : (int) c.u32();
      long memory = filters.isEmpty() ? length : c.length();
      return hugeObject(address, length, mask, memory);
    }
    long id = c.unsigned(Math.min(idLength - 1, 8));
    if (hugeObjects == null) {
      hugeObjects = readHugeTree();
    }
    long[] found = hugeObjects.get(id);
    if (found == null) {
      throw FormatFault.broken("no huge heap object " + id);
    }
    return hugeObject(found[0], found[1], (int) found[2], found[3]);
  }

  private ByteCursor hugeObject(long address, long length, int mask, long memory)
      throws IOException {
    byte[] bytes = reader.read("huge heap object", address, length).bytes(length);
    if (!filters.isEmpty()) {
      if (memory > reader.limits().attributeBytes()) {
        throw FormatFault.broken("a heap object of " + memory + " bytes");
      }
      bytes = filters.decodeAll(bytes, mask, (int) memory, reader.limits());
    }
    return reader.cursor(bytes);
  }

  private Map<Long, long[]> readHugeTree() throws IOException {
    Map<Long, long[]> found = new HashMap<>();
    BTreeV2.open(reader, hugeTree)
        .forEach(
            (type, record) -> {
              long address = record.address();
              long length = record.length();
              boolean filtered = type == 2;
              int mask = filtered ? (int) record.u32() : 0;
              long memory = filtered ? record.length() : length;
              found.put(record.length(), new long[] {address, length, mask, memory});
            });
    return found;
  }
}
