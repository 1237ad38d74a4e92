package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.codec.Deflate;
import org.cornerturn.codec.Fletcher32;
import org.cornerturn.codec.Lz4FrameEncoder;
import org.cornerturn.codec.LzfEncoder;
import org.cornerturn.codec.Shuffle;

/**
 * A filter that chunks pass through on their way into a file.
 *
 * @param level of deflate, 0 to 9; unused by the others
 */
public record WriteFilter(Kind kind, int level) implements Serializable {
  /** The filters that can be written. */
  public enum Kind {
    DEFLATE(1, "deflate"),
    SHUFFLE(2, "shuffle"),
    FLETCHER32(3, "fletcher32"),
    LZF(32000, "lzf"),
    LZ4(32004, "lz4"),
    BITSHUFFLE(32008, "bitshuffle");

    private final int id;
    private final String label;

    Kind(int id, String label) {
      this.id = id;
      this.label = label;
    }
  }

  public static final WriteFilter SHUFFLE = new WriteFilter(Kind.SHUFFLE, 0);
  public static final WriteFilter FLETCHER32 = new WriteFilter(Kind.FLETCHER32, 0);
  public static final WriteFilter LZF = new WriteFilter(Kind.LZF, 0);

  public static final WriteFilter LZ4 = new WriteFilter(Kind.LZ4, 0);

  /** Bit shuffle and LZ4 in one filter. */
  public static final WriteFilter BITSHUFFLE = new WriteFilter(Kind.BITSHUFFLE, 0);

  private static final int FIRST_NAMED_ID = 256;

  public WriteFilter {
    if (kind == Kind.DEFLATE && (level < 0 || level > 9)) {
      throw new IllegalArgumentException("deflate level outside 0..9: " + level);
    }
  }

  public static WriteFilter deflate(int level) {
    return new WriteFilter(Kind.DEFLATE, level);
  }

  /**
   * A chunk as it is stored.
   *
   * @param mask bit i set where filter i was left out, since it didn't make the chunk smaller
   */
  public record Encoded(byte[] bytes, int length, int mask) {}

  /**
   * Passes a whole chunk through filters in order. Same bytes in, same bytes out.
   *
   * @param itemSize bytes of an element
   */
  public static Encoded encode(List<WriteFilter> filters, byte[] chunk, int itemSize) {
    byte[] at = chunk;
    int length = chunk.length;
    int mask = 0;
    for (int i = 0; i < filters.size(); i++) {
      byte[] next = filters.get(i).apply(at, length, itemSize);
      if (next == null) {
        mask |= 1 << i;
      } else {
        at = next;
        length = next.length;
      }
    }
    return new Encoded(at, length, mask);
  }

  /** The filtered bytes, or null where the filter gains nothing. */
  private byte[] apply(byte[] src, int length, int itemSize) {
    return switch (kind) {
      case DEFLATE -> Deflate.encode(src, 0, length, level);
      case SHUFFLE -> {
        byte[] out = new byte[length];
        Shuffle.shuffle(src, 0, out, 0, length, itemSize);
        yield out;
      }
      case FLETCHER32 -> {
        byte[] out = Arrays.copyOf(src, length + Integer.BYTES);
        int sum = Fletcher32.sum(src, 0, length);
        for (int i = 0; i < Integer.BYTES; i++) {
          out[length + i] = (byte) (sum >>> 8 * i);
        }
        yield out;
      }
      case LZF -> LzfEncoder.encode(src, 0, length);
      case LZ4 -> Lz4FrameEncoder.encode(src, 0, length);
      case BITSHUFFLE -> Lz4FrameEncoder.encodeShuffled(src, 0, length, itemSize);
    };
  }

  /** Filter pipeline message of version 2. */
  static byte[] pipeline(List<WriteFilter> filters, int itemSize, int chunkBytes) {
    WriteBuffer out = new WriteBuffer().u8(2).u8(filters.size());
    for (WriteFilter f : filters) {
      out.u16(f.kind.id);
      if (f.kind.id >= FIRST_NAMED_ID) {
        out.u16(f.kind.label.length() + 1);
      }
      int[] parameters = f.parameters(itemSize, chunkBytes);
      // A checksum must not be left out; the others may be.
      out.u16(f.kind == Kind.FLETCHER32 ? 0 : 1).u16(parameters.length);
      if (f.kind.id >= FIRST_NAMED_ID) {
        out.ascii(f.kind.label).u8(0);
      }
      for (int p : parameters) {
        out.u32(p);
      }
    }
    return out.toBytes();
  }

  private int[] parameters(int itemSize, int chunkBytes) {
    return switch (kind) {
      case DEFLATE -> new int[] {level};
      case SHUFFLE -> new int[] {itemSize};
      case FLETCHER32 -> new int[0];
      // Versions of the filter and of LZF, then the size of a decoded chunk.
      case LZF -> new int[] {4, 0x105, chunkBytes};
      // The default block size.
      case LZ4 -> new int[] {0};
      // Versions of the filter, element size, the default block size, LZ4.
      case BITSHUFFLE -> new int[] {0, 4, itemSize, 0, 2};
    };
  }
}
