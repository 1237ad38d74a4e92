package org.cornerturn.jobs.catalogue;

import java.util.Arrays;

/**
 * Which texts have come, by 64 bits of each: 16 bytes of memory a text. Of ten million texts, two
 * that differ are taken for one with a chance of 3 in a million.
 */
final class IdSet {
  private long[] slots = new long[1 << 12];
  private int count;

  /** False where it has come before. */
  boolean add(String id) {
    if (2 * count >= slots.length) {
      long[] old = slots;
      slots = new long[2 * old.length];
      Arrays.stream(old).filter(h -> h != 0).forEach(this::put);
    }
    boolean fresh = put(hash(id));
    count += fresh ? 1 : 0;
    return fresh;
  }

  private boolean put(long hash) {
    int at = (int) (hash >>> 20) & slots.length - 1;
    while (slots[at] != 0) {
      if (slots[at] == hash) {
        return false;
      }
      at = at + 1 & slots.length - 1;
    }
    slots[at] = hash;
    return true;
  }

  /** FNV-1a over its characters, its bits then mixed; never 0. */
  private static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    h ^= h >>> 33;
    return h == 0 ? 1 : h;
  }
}
