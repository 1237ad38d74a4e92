package org.cornerturn.codec;

import java.util.Arrays;

/**
 * One alphabet of a block of deflate (RFC 1951, 3.2.2), as a table: the next bits of the stream,
 * first lowest, are the index of an entry, which says what they stand for. Bits 0-5 of an entry are
 * how many of them it takes.
 *
 * <ul>
 *   <li>Up to two literals, how many in bits 6-7, the first in bits 8-15, the second in bits 16-23;
 *       and behind them a length (in another alphabet: a distance, a code length), its number in
 *       bits 24-29, 0 for none. The bits taken are those of the codes and the length's extra bits.
 *   <li>Negative with {@link #LONG}: a code longer than the table is wide. Bits 8-23 are where the
 *       entries for the following bits begin.
 *   <li>Negative with {@link #END}: the end of the block.
 *   <li>Negative with neither: no symbol.
 * </ul>
 */
final class HuffmanCode {
  static final int LITERALS = 3 << 6;
  static final int LITERAL = 8;
  static final int NUMBER = 24;
  static final int BITS = 63;
  static final int LONG = 1 << 30;
  static final int END = 1 << 29;
  static final int NOTHING = 1 << 31;

  private static final int LONGEST = 15;
  private static final int ONE_LITERAL = 1 << 6;
  private static final int START_MASK = 0xffff;

  /** Entries get further symbols where at least this part of all are pairs that fit. */
  private static final double WORTH_JOINING = 0.1;

  private final int width;
  private final int[] kinds;
  private final int[] table;
  private final int start;
  private final byte[] lengths;
  private final int[] sorted;
  private final int[] counts = new int[LONGEST + 1];
  private final int[] literals = new int[LONGEST + 1];
  private final int[] places = new int[LONGEST + 2];

  /** Ones for as many bits as the longest code has beyond the width. */
  private int beyond;

  /**
   * @param width bits of the index
   * @param kinds by symbol its entry for a code of no bits
   * @param table gets the entries, from {@code start} on; first those of the index
   */
  HuffmanCode(int width, int[] kinds, int[] table, int start) {
    this.width = width;
    this.kinds = kinds;
    this.table = table;
    this.start = start;
    this.lengths = new byte[kinds.length];
    this.sorted = new int[kinds.length];
  }

  /** Entries that an alphabet needs at most. */
  static int size(int width, int symbols) {
    // Long codes with the same first bits are two at least: so many tables there may be.
    return (1 << width) + symbols / 2 * (1 << LONGEST - width);
  }

  /** The kind of a literal. */
  static int literal(int value) {
    return ONE_LITERAL | value << LITERAL;
  }

  /** The kind of a length, a distance or a code length. */
  static int number(int number, int extraBits) {
    return number << NUMBER | extraBits;
  }

  /** Bits of a symbol's code. */
  int codeLength(int symbol) {
    return lengths[symbol];
  }

  /** The entry for the next bits; of a long code that of the code. */
  int entry(long bits) {
    int e = table[start + ((int) bits & (1 << width) - 1)];
    return e >= 0 || (e & LONG) == 0
        ? e
        : width + table[start + (e >>> LITERAL & START_MASK) + ((int) (bits >>> width) & beyond)];
  }

  /**
   * Takes the codes of another block. A set of codes has to be complete, except that one code of
   * one bit may be alone, and that there may be none: so zlib has it.
   *
   * @param from lengths of the codes by symbol; 0 where a symbol does not occur
   * @param n symbols
   * @return whether the lengths are those of a set of codes
   */
  boolean set(byte[] from, int offset, int n) {
    System.arraycopy(from, offset, lengths, 0, n);
    Arrays.fill(lengths, n, lengths.length, (byte) 0);
    Arrays.fill(counts, 0);
    for (int i = 0; i < n; i++) {
      counts[lengths[i]]++;
    }
    counts[0] = 0;
    int longest = LONGEST;
    while (longest > 0 && counts[longest] == 0) {
      longest--;
    }
    int free = 1;
    for (int bits = 1; bits <= LONGEST; bits++) {
      free = 2 * free - counts[bits];
      if (free < 0) {
        return false;
      }
    }
    if (free > 0 && longest > 1) {
      return false;
    }
    sort(n);
    beyond = (1 << Math.max(0, longest - width)) - 1;
    if (longest > 1) {
      fill(longest);
    } else {
      fillSingle();
    }
    if (isWorthJoining()) {
      join();
    }
    return true;
  }

  /** Symbols by the length of their codes, and by number among those of one length. */
  private void sort(int n) {
    Arrays.fill(literals, 0);
    places[1] = 0;
    for (int bits = 1; bits <= LONGEST; bits++) {
      places[bits + 1] = places[bits] + counts[bits];
    }
    for (int i = 0; i < n; i++) {
      int bits = lengths[i];
      if (bits != 0) {
        sorted[places[bits]++] = i;
        literals[bits] += (kinds[i] & LITERALS) >>> 6;
      }
    }
  }

  /** One or two codes of one bit, or none. */
  private void fillSingle() {
    Arrays.fill(table, start, start + (1 << width), NOTHING);
    for (int i = 0; i < counts[1]; i++) {
      repeat(kinds[sorted[i]] + 1, i, 2, start, 1 << width);
    }
  }

  private void repeat(int entry, int first, int step, int offset, int size) {
    for (int i = first; i < size; i += step) {
      table[offset + i] = entry;
    }
  }

  /**
   * Codes of one length follow each other, first bit highest; in the index the first bit is lowest.
   * A table for one bit more is the one before, twice.
   */
  private void fill(int longest) {
    int code = 0;
    int next = 0;
    for (int bits = 1; bits <= width; bits++) {
      int size = 1 << bits - 1;
      System.arraycopy(table, start, table, start + size, size);
      for (int k = counts[bits]; k > 0; k--) {
        table[start + code] = kinds[sorted[next++]] + bits;
        code = successor(code, bits);
      }
    }
    int further = (1 << width) - beyond - 1;
    int prefix = -1;
    for (int bits = width + 1; bits <= longest; bits++) {
      for (int k = counts[bits]; k > 0; k--) {
        if ((code & (1 << width) - 1) != prefix) {
          prefix = code & (1 << width) - 1;
          further += beyond + 1;
          table[start + prefix] = NOTHING | LONG | further << LITERAL | width;
        }
        int entry = kinds[sorted[next++]] + bits - width;
        repeat(entry, code >>> width, 1 << bits - width, start + further, beyond + 1);
        code = successor(code, bits);
      }
    }
  }

  /** The following code, first bit lowest: adds one from the last bit on. After the last one 0. */
  private static int successor(int code, int bits) {
    int bit = Integer.highestOneBit(~code & (1 << bits) - 1);
    return bit == 0 ? 0 : code & bit - 1 | bit;
  }

  /** Whether enough of what comes are a literal and another symbol that fit into one index. */
  private boolean isWorthJoining() {
    double pairs = 0;
    for (int first = 1; first < width; first++) {
      for (int second = 1; second <= Math.min(LONGEST, width - first); second++) {
        pairs += Math.scalb((double) literals[first] * counts[second], -first - second);
      }
    }
    return pairs >= WORTH_JOINING;
  }

  /** Adds to entries of a literal what follows it in the same index: a literal, a length. */
  private void join() {
    // An entry needs lower ones alone, which have one symbol still.
    for (int i = (1 << width) - 1; i >= 0; i--) {
      int e = table[start + i];
      if (e < 0 || (e & LITERALS) == 0) {
        continue;
      }
      int next = table[start + (i >>> (e & BITS))];
      if (next >= 0 && (next & LITERALS) != 0 && (e & BITS) + (next & BITS) <= width) {
        e += (next & (BITS | LITERALS)) + ((next & 0xff << LITERAL) << 8);
        next = table[start + (i >>> (e & BITS))];
      }
      if (next >= 0
          && (next & LITERALS) == 0
          && (e & BITS) + (next & BITS) - DeflateAlphabet.extraBits(next >>> NUMBER) <= width) {
        e += next;
      }
      table[start + i] = e;
    }
  }
}
