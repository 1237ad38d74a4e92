package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.hdf5.StoredType.Reference;

/**
 * References as text: an object's path; a region as {@code path[0:3,2:5]} with the ends exclusive,
 * several blocks parted by semicolons, {@code [start:stride:count:block,...]} for a regular
 * selection stored as such, and points as {@code path(1,2;3,4)}. A reference that isn't set is the
 * empty text.
 */
final class ReferenceTexts {
  private static final int MAX_RANK = 32;

  private final GlobalHeap heap;
  private final Map<Long, String> paths;
  private final int offsetSize;

  /**
   * @param paths path of the object at each address
   */
  ReferenceTexts(GlobalHeap heap, Map<Long, String> paths, int offsetSize) {
    this.heap = heap;
    this.paths = paths;
    this.offsetSize = offsetSize;
  }

  String text(Reference type, byte[] data, int at) throws IOException {
    ByteCursor c = new ByteCursor(data, at, at + type.size(), offsetSize, offsetSize);
    return switch (type.target()) {
      case OBJECT -> object(c.address());
      case REGION -> region(c);
      case REVISED -> throw FormatFault.unsupported("references of HDF5 1.12");
    };
  }

  private String object(long address) {
    if (address == 0 || address == ByteCursor.UNDEFINED) {
      return "";
    }
    String path = paths.get(address);
    return path == null ? "(no link to the object at address " + address + ")" : path;
  }

  private String region(ByteCursor reference) throws IOException {
    long address = reference.address();
    int index = (int) reference.u32();
    if (address == 0 || address == ByteCursor.UNDEFINED) {
      return "";
    }
    ByteCursor c = heap.object(address, index);
    String path = object(c.address());
    int kind = c.size32();
    int version = c.size32();
    return switch (kind) {
      case 0 -> path + "[]";
      case 1 -> path + points(c, version);
      case 2 -> path + blocks(c, version);
      case 3 -> path;
      default -> throw FormatFault.broken("selection " + kind + " in a region reference");
    };
  }

  private static String points(ByteCursor c, int version) {
    int width = 4;
    if (version == 1) {
      c.skip(8);
    } else if (version == 2) {
      width = c.u8();
    } else {
      throw FormatFault.unsupported("version " + version + " of a point selection");
    }
    int rank = rank(c);
    long n = c.count(width);
    StringBuilder s = new StringBuilder("(");
    for (long p = 0; p < n; p++) {
      s.append(p == 0 ? "" : ";");
      for (int i = 0; i < rank; i++) {
        s.append(i == 0 ? "" : ",").append(c.count(width));
      }
    }
    return s.append(')').toString();
  }

  private static String blocks(ByteCursor c, int version) {
    int width = 4;
    boolean regular = false;
    if (version == 1) {
      c.skip(8);
    } else if (version == 2) {
      regular = (c.u8() & 1) != 0;
      c.skip(4);
      width = 8;
    } else if (version == 3) {
      regular = (c.u8() & 1) != 0;
      width = c.u8();
    } else {
      throw FormatFault.unsupported("version " + version + " of a block selection");
    }
    int rank = rank(c);
    StringBuilder s = new StringBuilder("[");
    if (regular) {
      for (int i = 0; i < rank; i++) {
        s.append(i == 0 ? "" : ",");
        for (int k = 0; k < 4; k++) {
          s.append(k == 0 ? "" : ":").append(c.unsigned(width));
        }
      }
      return s.append(']').toString();
    }
    long n = c.count(width);
    for (long b = 0; b < n; b++) {
      long[] first = new long[rank];
      for (int i = 0; i < rank; i++) {
        first[i] = c.count(width);
      }
      s.append(b == 0 ? "" : ";");
      for (int i = 0; i < rank; i++) {
        s.append(i == 0 ? "" : ",").append(first[i]).append(':').append(c.count(width) + 1);
      }
    }
    return s.append(']').toString();
  }

  private static int rank(ByteCursor c) {
    int rank = c.size32();
    if (rank < 1 || rank > MAX_RANK) {
      throw FormatFault.broken("a selection of " + rank + " dimensions");
    }
    return rank;
  }
}
