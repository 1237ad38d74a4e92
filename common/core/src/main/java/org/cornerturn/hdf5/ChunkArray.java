package org.cornerturn.hdf5;

import java.io.IOException;

/** What fixed and extensible arrays share: a run of equal entries behind a checksum. */
final class ChunkArray {
  private ChunkArray() {}

  /** Takes an entry by its number; the cursor stands at the entry. */
  interface Taker {
    void take(long number, ByteCursor entry, int entrySize) throws IOException;
  }

  /** Gives out entries, then verifies the checksum over the cursor's bytes so far. */
  static void entries(
      ByteCursor c, long first, long count, int entrySize, Taker taker, String structure)
      throws IOException {
    for (long i = 0; i < count; i++) {
      taker.take(first + i, c.slice(entrySize), entrySize);
    }
    c.verifyChecksum(structure);
  }

  static int client(ByteCursor c, boolean filtered) {
    int client = c.u8();
    if (client != (filtered ? 1 : 0)) {
      throw FormatFault.broken("a chunk index for other entries than the dataset's");
    }
    return client;
  }

  /** Whether a page was ever written; bits count from a byte's highest. */
  static boolean isSet(byte[] bitmap, int at, long bit) {
    return (bitmap[at + (int) (bit / 8)] >> 7 - (int) (bit % 8) & 1) != 0;
  }
}
