package org.cornerturn.codec;

import java.util.Arrays;

/** The symbols of deflate and what they stand for (RFC 1951, 3.2.5 to 3.2.7). */
final class DeflateAlphabet {
  static final int END = 256;

  /** Symbols of literals and lengths, and of distances, with those that no block may use. */
  static final int SYMBOLS = 288;

  static final int DISTANCES = 32;
  static final int MOST_SYMBOLS = 286;
  static final int MOST_DISTANCES = 30;

  private static final int LONGEST_MATCH = 258;

  /** Lengths are numbered from 1 on, symbol 257, and distances from here. */
  private static final int FIRST_DISTANCE = 32;

  /** Order in which lengths of the codes of lengths are stored. */
  static final byte[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  /** Lengths of the fixed codes: of literals and lengths, then of distances. */
  static final byte[] FIXED = fixed();

  /** Lengths and distances by number: the number of extra bits in bits 0-5, above them the base. */
  static final int[] VALUES = values();

  /** Entries of {@link HuffmanCode} for literals and lengths, and for distances. */
  static final int[] LITERAL_KINDS = literalKinds();

  static final int[] DISTANCE_KINDS = distanceKinds();

  /** For code lengths: the symbol is the number. */
  static final int[] LENGTH_KINDS = lengthKinds();

  private DeflateAlphabet() {}

  static int extraBits(int number) {
    return VALUES[number] & 63;
  }

  static int base(int number) {
    return VALUES[number] >>> 6;
  }

  private static byte[] fixed() {
    byte[] lengths = new byte[SYMBOLS + DISTANCES];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, SYMBOLS, (byte) 8);
    Arrays.fill(lengths, SYMBOLS, lengths.length, (byte) 5);
    return lengths;
  }

  private static int[] values() {
    int[] values = new int[FIRST_DISTANCE + DISTANCES];
    int base = 3;
    for (int i = 1; i < MOST_SYMBOLS - 1 - END; i++) {
      int extra = i < 9 ? 0 : (i - 1) / 4 - 1;
      values[i] = base << 6 | extra;
      base += 1 << extra;
    }
    values[MOST_SYMBOLS - 1 - END] = LONGEST_MATCH << 6;
    base = 1;
    for (int i = 0; i < MOST_DISTANCES; i++) {
      int extra = i < 4 ? 0 : i / 2 - 1;
      values[FIRST_DISTANCE + i] = base << 6 | extra;
      base += 1 << extra;
    }
    return values;
  }

  private static int[] literalKinds() {
    int[] kinds = new int[SYMBOLS];
    Arrays.fill(kinds, HuffmanCode.NOTHING);
    Arrays.setAll(kinds, i -> i < END ? HuffmanCode.literal(i) : kinds[i]);
    kinds[END] = HuffmanCode.NOTHING | HuffmanCode.END;
    for (int i = END + 1; i < MOST_SYMBOLS; i++) {
      kinds[i] = HuffmanCode.number(i - END, extraBits(i - END));
    }
    return kinds;
  }

  private static int[] distanceKinds() {
    int[] kinds = new int[DISTANCES];
    Arrays.fill(kinds, HuffmanCode.NOTHING);
    for (int i = 0; i < MOST_DISTANCES; i++) {
      kinds[i] = HuffmanCode.number(FIRST_DISTANCE + i, extraBits(FIRST_DISTANCE + i));
    }
    return kinds;
  }

  private static int[] lengthKinds() {
    int[] kinds = new int[LENGTH_ORDER.length];
    Arrays.setAll(kinds, i -> HuffmanCode.number(i, 0));
    return kinds;
  }
}
