package org.cornerturn.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes what a chain of HDF5 filters encoded, last filter first. Keeps tables and buffers from
 * one call to the next, so it serves one thread.
 */
public final class FilterChain {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int BZIP2 = 307;
  private static final int LZF = 32000;
  private static final int BLOSC = 32001;
  private static final int LZ4 = 32004;
  private static final int BITSHUFFLE = 32008;
  private static final int ZSTD = 32015;

  /** Registered filters that are known by name; those not in {@link #decodes} aren't read. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(DEFLATE, "deflate"),
          Map.entry(SHUFFLE, "shuffle"),
          Map.entry(FLETCHER32, "fletcher32"),
          Map.entry(4, "szip"),
          Map.entry(5, "nbit"),
          Map.entry(6, "scaleoffset"),
          Map.entry(305, "lzo"),
          Map.entry(BZIP2, "bzip2"),
          Map.entry(LZF, "lzf"),
          Map.entry(BLOSC, "blosc"),
          Map.entry(LZ4, "lz4"),
          Map.entry(BITSHUFFLE, "bitshuffle"),
          Map.entry(32013, "zfp"),
          Map.entry(ZSTD, "zstd"),
          Map.entry(32026, "blosc2"));

  private final List<Step> steps;
  private final int expansion;
  private final long freeExpansion;
  private final Inflate inflate = new Inflate("zlib");
  private byte[] one = new byte[0];
  private byte[] other = new byte[0];

  /**
   * A filter and its client data.
   *
   * @param id registered number
   * @param name for errors
   */
  public record Step(int id, String name, int[] parameters) {
    /** Why this filter isn't decoded, where it isn't. */
    public Optional<String> unsupported() {
      if (!decodes(id)) {
        return Optional.of("filter " + name + " (" + id + ")");
      }
      if (id == BITSHUFFLE) {
        return BitShuffleFrame.unsupported(parameters);
      }
      if (id == SHUFFLE && (parameters.length < 1 || parameters[0] < 1)) {
        return Optional.of("filter shuffle without an element size");
      }
      return Optional.empty();
    }
  }

  /**
   * @param expansion most decoded bytes per stored byte
   * @param freeExpansion decoded bytes up to which any expansion is accepted
   */
  public FilterChain(List<Step> steps, int expansion, long freeExpansion) {
    this.steps = List.copyOf(steps);
    this.expansion = expansion;
    this.freeExpansion = freeExpansion;
  }

  /** The customary name of a registered filter. */
  public static Optional<String> name(int id) {
    return Optional.ofNullable(NAMES.get(id));
  }

  /** Whether a filter can be decoded. */
  public static boolean decodes(int id) {
    return switch (id) {
      case DEFLATE, SHUFFLE, FLETCHER32, BZIP2, LZF, BLOSC, LZ4, BITSHUFFLE, ZSTD -> true;
      default -> false;
    };
  }

  /** A place in an array. */
  private record Span(byte[] bytes, int offset, int length) {}

  /**
   * Decodes into a given place, which is filled entirely.
   *
   * @param mask bit i set: filter i was left out when this piece was written
   * @throws CodecException when the data are damaged or decode to another size
   */
  public void decode(
      byte[] src, int offset, int length, int mask, byte[] dst, int dstOffset, int size)
      throws CodecException {
    check(length, mask, size);
    long[] before = sizesBefore(mask, size);
    Span now = new Span(src, offset, length);
    int last = firstApplied(mask);
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (skipped(mask, i)) {
        continue;
      }
      now = decodeStep(i, now, before[i], i == last ? new Span(dst, dstOffset, size) : null, size);
    }
    if (now.length != size) {
      throw new CodecException("decodes to " + now.length + " bytes instead of " + size);
    }
    if (now.bytes != dst || now.offset != dstOffset) {
      System.arraycopy(now.bytes, now.offset, dst, dstOffset, size);
    }
  }

  /**
   * Refuses what can't or mustn't be decoded, before anything is allocated for it.
   *
   * @param length stored bytes
   * @param size decoded bytes
   * @throws CodecException when the expansion is absurd, or unfiltered data have another size
   */
  public void check(int length, int mask, int size) throws CodecException {
    if (firstApplied(mask) < 0 && length != size) {
      throw new CodecException("decodes to " + length + " bytes instead of " + size);
    }
    if (size > freeExpansion && size / expansion > length) {
      throw new CodecException(
          length + " bytes that claim to decode to " + size + ": more than " + expansion + " fold");
    }
  }

  private static boolean skipped(int mask, int step) {
    return step < 32 && (mask >>> step & 1) != 0;
  }

  private int firstApplied(int mask) {
    for (int i = 0; i < steps.size(); i++) {
      if (!skipped(mask, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Bytes that each step was given when writing; -1 after a step whose result isn't known. */
  private long[] sizesBefore(int mask, int size) {
    long[] before = new long[steps.size()];
    long n = size;
    for (int i = 0; i < before.length; i++) {
      before[i] = n;
      if (skipped(mask, i) || steps.get(i).id == SHUFFLE) {
        continue;
      }
      n = n >= 0 && steps.get(i).id == FLETCHER32 ? n + 4 : -1;
    }
    return before;
  }

  /**
   * @param expected bytes that come out, -1 if not known
   * @param target where the last step's output goes, else null
   */
  private Span decodeStep(int i, Span in, long expected, Span target, int size)
      throws CodecException {
    Step step = steps.get(i);
    int limit = Math.toIntExact(Math.min(Integer.MAX_VALUE - 16L, 2L * size + 1024));
    return switch (step.id) {
      case FLETCHER32 -> {
        int n = Fletcher32.verify(in.bytes, in.offset, in.length);
        yield new Span(in.bytes, in.offset, n);
      }
      case SHUFFLE -> {
        Span out = target != null && target.length == in.length ? target : scratch(in, in.length);
        Shuffle.unshuffle(
            in.bytes, in.offset, out.bytes, out.offset, in.length, step.parameters[0]);
        yield out;
      }
      case DEFLATE -> {
        if (expected < 0) {
          byte[] out = inflate.zlib(in.bytes, in.offset, in.length, limit);
          yield new Span(out, 0, out.length);
        }
        Span out = out(in, expected, target);
        int n =
            NativeInflate.zlib(in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        if (n < 0) {
          n = inflate.zlib(in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        }
        yield new Span(out.bytes, out.offset, n);
      }
      case LZF -> {
        Span out =
            out(in, expected < 0 ? Lzf.decodedSize(step.parameters, limit) : expected, target);
        int n = Lzf.decode(in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        yield new Span(out.bytes, out.offset, n);
      }
      case LZ4 -> {
        Span out = out(in, Lz4Frame.decodedSize(in.bytes, in.offset, in.length, limit), target);
        Lz4Frame.decode(in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        yield out;
      }
      case BITSHUFFLE -> {
        int n = BitShuffleFrame.decodedSize(step.parameters, in.bytes, in.offset, in.length, limit);
        Span out = out(in, n, target);
        BitShuffleFrame.decode(
            step.parameters, in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        yield out;
      }
      case ZSTD -> {
        if (expected < 0) {
          byte[] out = Zstd.decode(in.bytes, in.offset, in.length, limit);
          yield new Span(out, 0, out.length);
        }
        Span out = out(in, expected, target);
        int n = Zstd.decode(in.bytes, in.offset, in.length, out.bytes, out.offset, out.length);
        yield new Span(out.bytes, out.offset, n);
      }
      case BLOSC -> {
        byte[] out = Blosc.decode(in.bytes, in.offset, in.length, limit);
        yield new Span(out, 0, out.length);
      }
      case BZIP2 -> {
        byte[] out = Bzip2.decode(in.bytes, in.offset, in.length, limit);
        yield new Span(out, 0, out.length);
      }
      default -> throw new CodecException("filter " + step.name + " isn't supported");
    };
  }

  private Span out(Span in, long size, Span target) {
    return target != null && target.length == size ? target : scratch(in, (int) size);
  }

  /** A reused buffer that isn't the input's. */
  private Span scratch(Span in, int size) {
    if (in.bytes == one) {
      if (other.length < size) {
        other = new byte[size];
      }
      return new Span(other, 0, size);
    }
    if (one.length < size) {
      one = new byte[size];
    }
    return new Span(one, 0, size);
  }
}
