package org.cornerturn.codec;

import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * Decodes the blocks of deflate (RFC 1951), from one array to another.
 *
 * <p>Far from the ends of both arrays a loop runs that reads eight bytes at once, looks up several
 * symbols in them, and writes a few bytes more than it has to; near the ends, and where something
 * is rare, symbols are decoded one by one.
 */
final class DeflateReader {
  private static final int LITERAL_WIDTH = 11;
  private static final int DISTANCE_WIDTH = 8;
  private static final int LENGTH_WIDTH = 7;
  private static final int LITERAL_MASK = (1 << LITERAL_WIDTH) - 1;
  private static final int DISTANCE_MASK = (1 << DISTANCE_WIDTH) - 1;

  /** Where entries for distances begin in the table. */
  private static final int DISTANCE_START =
      HuffmanCode.size(LITERAL_WIDTH, DeflateAlphabet.SYMBOLS);

  /** Bytes that one turn of the quick loop looks at. */
  private static final int IN_MARGIN = 8;

  /** Bytes that one turn of the quick loop writes at most: literals, a match, and too much. */
  private static final int OUT_MARGIN = 300;

  private static final int FIRST_GUESS = 4;

  private final String name;
  private final int[] table =
      new int[DISTANCE_START + HuffmanCode.size(DISTANCE_WIDTH, DeflateAlphabet.DISTANCES)];
  private final HuffmanCode literals =
      new HuffmanCode(LITERAL_WIDTH, DeflateAlphabet.LITERAL_KINDS, table, 0);
  private final HuffmanCode distances =
      new HuffmanCode(DISTANCE_WIDTH, DeflateAlphabet.DISTANCE_KINDS, table, DISTANCE_START);
  private final HuffmanCode codeLengths =
      new HuffmanCode(LENGTH_WIDTH, DeflateAlphabet.LENGTH_KINDS, new int[1 << LENGTH_WIDTH], 0);
  private final byte[] lengths =
      new byte[DeflateAlphabet.MOST_SYMBOLS + DeflateAlphabet.MOST_DISTANCES];
  private boolean isFixed;

  private byte[] src;
  private int in;
  private int inEnd;

  /** Bits that were read and not used yet, first lowest; above them what follows, or zeros. */
  private long hold;

  private int held;

  private byte[] dst;
  private int outStart;
  private int out;
  private int outEnd;

  /** Output bytes to which the target may be made longer; it isn't where it is that long. */
  private int limit;

  /**
   * @param name of the codec, for errors
   */
  DeflateReader(String name) {
    this.name = name;
  }

  /** Gets ready to decode into a given place. */
  void open(byte[] from, int offset, int length, byte[] to, int dstOffset, int dstLength) {
    src = from;
    in = offset;
    inEnd = offset + length;
    hold = 0;
    held = 0;
    dst = to;
    outStart = dstOffset;
    out = dstOffset;
    outEnd = dstOffset + dstLength;
    limit = dstLength;
  }

  /** Gets ready to decode into an array of its own, which grows. */
  void open(byte[] from, int offset, int length, int most) {
    int guess = (int) Math.min(most, Math.max(64L, (long) FIRST_GUESS * length));
    open(from, offset, length, new byte[guess], 0, guess);
    limit = most;
  }

  /** Lets go of the arrays. */
  void close() {
    src = null;
    dst = null;
  }

  /** Bytes decoded so far. */
  int size() {
    return out - outStart;
  }

  /** What was decoded into an array of its own. */
  byte[] decoded() {
    return out == dst.length ? dst : Arrays.copyOf(dst, out);
  }

  /** Adds what was decoded from there on to a sum. */
  void sum(Checksum sum, int from) {
    sum.update(dst, outStart + from, size() - from);
  }

  /** Passes over the header of a gzip member, if one is here. */
  boolean skipGzipHeader() {
    int end = GzipHeader.end(src, in, inEnd);
    if (end >= 0) {
      in = end;
    }
    return end >= 0;
  }

  /** The next byte between blocks and wrapper. */
  int next() throws CodecException {
    if (in == inEnd) {
      throw cut();
    }
    return src[in++] & 0xff;
  }

  /** Four bytes, lowest first. */
  int nextInt() throws CodecException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  CodecException damaged(String why) {
    return new CodecException(name + ": " + why);
  }

  private CodecException cut() {
    return new CodecException(
        name + ": the data end after " + (out - outStart) + " bytes of output");
  }

  /** Makes room for so many bytes more. */
  private void room(int n) throws CodecException {
    if (n <= outEnd - out) {
      return;
    }
    if (n > limit - (out - outStart)) {
      throw new CodecException(name + ": decodes to more than the " + limit + " bytes expected");
    }
    // Only a target of our own, which begins at 0, is shorter than the limit.
    dst = Arrays.copyOf(dst, (int) Math.min(limit, Math.max(2L * outEnd, (long) out + n)));
    outEnd = dst.length;
  }

  /** Reads bits ahead: at least 48 of them, where there are so many. */
  private void refill() {
    if (inEnd - in >= Long.BYTES) {
      hold |= (long) Shuffle.LONG.get(src, in) << held;
      in += 63 - held >>> 3;
      held |= 56;
      return;
    }
    while (held < 56 && in < inEnd) {
      hold |= (src[in++] & 0xffL) << held;
      held += 8;
    }
  }

  /** Uses up bits that were looked at. */
  private int take(int bits) throws CodecException {
    if (bits > held) {
      throw cut();
    }
    int value = (int) (hold & (1L << bits) - 1);
    hold >>>= bits;
    held -= bits;
    return value;
  }

  /** Decodes all blocks of a stream, and stops behind them. */
  void blocks() throws CodecException {
    isFixed = false;
    boolean isLast = false;
    while (!isLast) {
      refill();
      isLast = take(1) == 1;
      switch (take(2)) {
        case 0 -> stored();
        case 1 -> {
          fixed();
          symbols();
        }
        case 2 -> {
          isFixed = false;
          codes();
          symbols();
        }
        default -> throw damaged("invalid block type");
      }
    }
    align();
  }

  /** Gives whole bytes back that were read ahead, and drops what is left of the one before. */
  private void align() {
    in -= held >>> 3;
    hold = 0;
    held = 0;
  }

  private void stored() throws CodecException {
    align();
    int n = next() | next() << 8;
    if ((next() | next() << 8) != (n ^ 0xffff)) {
      throw damaged("invalid stored block lengths");
    }
    if (n > inEnd - in) {
      throw cut();
    }
    room(n);
    System.arraycopy(src, in, dst, out, n);
    in += n;
    out += n;
  }

  private void fixed() {
    if (!isFixed) {
      literals.set(DeflateAlphabet.FIXED, 0, DeflateAlphabet.SYMBOLS);
      distances.set(DeflateAlphabet.FIXED, DeflateAlphabet.SYMBOLS, DeflateAlphabet.DISTANCES);
      isFixed = true;
    }
  }

  /** Reads the codes of a block (RFC 1951, 3.2.7). */
  private void codes() throws CodecException {
    int symbolCount = take(5) + 257;
    int distanceCount = take(5) + 1;
    int lengthCount = take(4) + 4;
    if (symbolCount > DeflateAlphabet.MOST_SYMBOLS
        || distanceCount > DeflateAlphabet.MOST_DISTANCES) {
      throw damaged("too many length or distance symbols");
    }
    Arrays.fill(lengths, 0, DeflateAlphabet.LENGTH_ORDER.length, (byte) 0);
    for (int i = 0; i < lengthCount; i++) {
      refill();
      lengths[DeflateAlphabet.LENGTH_ORDER[i]] = (byte) take(3);
    }
    if (!codeLengths.set(lengths, 0, DeflateAlphabet.LENGTH_ORDER.length)) {
      throw damaged("invalid code lengths set");
    }
    int n = symbolCount + distanceCount;
    int i = 0;
    while (i < n) {
      refill();
      int e = codeLengths.entry(hold);
      if (e < 0) {
        throw damaged("invalid code lengths set");
      }
      take(e & HuffmanCode.BITS);
      int symbol = e >>> HuffmanCode.NUMBER;
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        throw damaged("invalid bit length repeat");
      }
      byte value = symbol == 16 ? lengths[i - 1] : 0;
      int times =
          switch (symbol) {
            case 16 -> 3 + take(2);
            case 17 -> 3 + take(3);
            default -> 11 + take(7);
          };
      if (times > n - i) {
        throw damaged("invalid bit length repeat");
      }
      Arrays.fill(lengths, i, i + times, value);
      i += times;
    }
    if (lengths[DeflateAlphabet.END] == 0) {
      throw damaged("invalid code -- missing end-of-block");
    }
    if (!literals.set(lengths, 0, symbolCount)) {
      throw damaged("invalid literal/lengths set");
    }
    if (!distances.set(lengths, symbolCount, distanceCount)) {
      throw damaged("invalid distances set");
    }
  }

  /** Decodes symbols up to the end of the block. */
  private void symbols() throws CodecException {
    while (true) {
      if (inEnd - in >= IN_MARGIN && outEnd - out >= OUT_MARGIN) {
        quick();
      }
      if (isEndAfterOne()) {
        return;
      }
    }
  }

  /** Decodes one symbol with regard to the arrays' ends; whether it was the block's last. */
  private boolean isEndAfterOne() throws CodecException {
    refill();
    int e = literals.entry(hold);
    if (e >= 0 && (e & HuffmanCode.LITERALS) != 0) {
      int literal = e >>> 8 & 0xff; // What follows it in the entry is looked up again.
      take(literals.codeLength(literal));
      room(1);
      dst[out++] = (byte) literal;
      return false;
    }
    if (e < 0) {
      if ((e & HuffmanCode.END) == 0) {
        throw damaged("invalid literal/length code");
      }
      take(e & HuffmanCode.BITS);
      return true;
    }
    int length = value(e);
    refill();
    e = distances.entry(hold);
    if (e < 0) {
      throw damaged("invalid distance code");
    }
    int distance = value(e);
    if (distance > out - outStart) {
      throw damaged("invalid distance too far back");
    }
    room(length);
    if (distance == 1) {
      Arrays.fill(dst, out, out + length, dst[out - 1]);
      out += length;
      return false;
    }
    for (int i = 0; i < length; i++, out++) {
      dst[out] = dst[out - distance];
    }
    return false;
  }

  /** A length or a distance: its base and extra bits. */
  private int value(int entry) throws CodecException {
    int number = entry >>> HuffmanCode.NUMBER;
    int extra = DeflateAlphabet.extraBits(number);
    take((entry & HuffmanCode.BITS) - extra);
    return DeflateAlphabet.base(number) + take(extra);
  }

  /**
   * Decodes symbols while both arrays have room, up to what is rare: a long code, the end of the
   * block, whatever is wrong.
   *
   * <p>Shifts take the low six bits of their distance alone, as the language has it. Values that
   * the loop needs of an entry are made from it at once: an entry that lives longer costs the
   * processor's registers.
   */
  private void quick() {
    byte[] from = src;
    byte[] to = dst;
    int[] entries = table;
    int[] values = DeflateAlphabet.VALUES;
    int start = outStart;
    long last = 8L * (inEnd - IN_MARGIN);
    int lastOut = outEnd - OUT_MARGIN;
    long at = 8L * in - held;
    int o = out;
    while (at <= last && o <= lastOut) {
      // 57 bits at least: 11 for literals, 16 for those and a length, 21 for a distance.
      long bits = (long) Shuffle.LONG.get(from, (int) (at >>> 3)) >>> (at & 7);
      int e = entries[(int) bits & LITERAL_MASK];
      long rest = bits >>> e;
      long next = at + (e & HuffmanCode.BITS);
      int p = o + (e >>> 6 & 3);
      int number = e >>> HuffmanCode.NUMBER;
      Bytes.putInt(to, o, e >>> HuffmanCode.LITERAL);
      if (number == 0) {
        at = next;
        o = p;
        bits = rest;
        int f = entries[(int) bits & LITERAL_MASK];
        rest = bits >>> f;
        next = at + (f & HuffmanCode.BITS);
        p = o + (f >>> 6 & 3);
        number = f >>> HuffmanCode.NUMBER;
        Bytes.putInt(to, o, f >>> HuffmanCode.LITERAL);
        if (number == 0) {
          // After two entries of literals mostly more of them: two more, if so.
          int g = entries[(int) rest & LITERAL_MASK];
          if (g >>> HuffmanCode.NUMBER == 0) {
            Bytes.putInt(to, p, g >>> HuffmanCode.LITERAL);
            p += g >>> 6 & 3;
            next += g & HuffmanCode.BITS;
            int h = entries[(int) (rest >>> g) & LITERAL_MASK];
            if (h >>> HuffmanCode.NUMBER == 0) {
              Bytes.putInt(to, p, h >>> HuffmanCode.LITERAL);
              p += h >>> 6 & 3;
              next += h & HuffmanCode.BITS;
            }
          }
          at = next;
          o = p;
          continue;
        }
      }
      if (number > 63) {
        break;
      }
      int value = values[number & 63];
      int length = (value >>> 6) + ((int) (bits >>> (next - at - value)) & (1 << value) - 1);
      int d = entries[DISTANCE_START + ((int) rest & DISTANCE_MASK)];
      if (d < 0) {
        break;
      }
      value = values[d >>> HuffmanCode.NUMBER & 63];
      int distance = (value >>> 6) + ((int) (rest >>> (d - value)) & (1 << value) - 1);
      int source = p - distance;
      if (source < start) {
        break;
      }
      at = next + (d & HuffmanCode.BITS);
      o = p + length;
      if (distance >= Long.BYTES) {
        Shuffle.LONG.set(to, p, (long) Shuffle.LONG.get(to, source));
        Shuffle.LONG.set(to, p + 8, (long) Shuffle.LONG.get(to, source + 8));
        for (int k = 16; k < length; k += 8) {
          Shuffle.LONG.set(to, p + k, (long) Shuffle.LONG.get(to, source + k));
        }
      } else if (distance == 1) {
        long fill = (to[source] & 0xffL) * 0x0101010101010101L;
        for (; p < o; p += Long.BYTES) {
          Shuffle.LONG.set(to, p, fill);
        }
      } else {
        // Of the eight bytes the first are right, as many as the distance is long.
        for (; p < o; p += distance, source += distance) {
          Shuffle.LONG.set(to, p, (long) Shuffle.LONG.get(to, source));
        }
      }
    }
    in = (int) (at + 7 >>> 3);
    out = o;
    held = (int) (8L * in - at);
    hold = held == 0 ? 0 : (src[in - 1] & 0xffL) >>> 8 - held;
  }
}
