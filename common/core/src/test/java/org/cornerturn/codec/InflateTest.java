package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InflateTest {
  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };

  private enum Content {
    NOISE,
    FEW_VALUES,
    SKEWED,
    WORDS,
    PERIODS,
    ZEROS
  }

  private static byte[] raw(Content content, int n, long seed) {
    Random random = new Random(seed);
    byte[] raw = new byte[n];
    int values = 1 + random.nextInt(40);
    int period = 1 + random.nextInt(20);
    for (int i = 0; i < n; i++) {
      raw[i] =
          switch (content) {
            case NOISE -> (byte) random.nextInt();
            case FEW_VALUES -> (byte) random.nextInt(values);
            case SKEWED -> (byte) (random.nextGaussian() * values);
            case WORDS -> (byte) "cornerturn turns corners of cubes ".charAt(random.nextInt(34));
            case PERIODS -> (byte) (i % period + i / 1_000);
            case ZEROS -> 0;
          };
    }
    return raw;
  }

  private static byte[] deflated(byte[] raw, int level, int strategy) {
    Deflater deflater = new Deflater(level);
    deflater.setStrategy(strategy);
    try {
      return Deflate.drain(deflater, raw, 0, raw.length, 0, 0);
    } finally {
      deflater.end();
    }
  }

  /** What zlib itself makes of a stream; empty where it fails, or has more than the limit. */
  private static Optional<byte[]> zlib(byte[] src, int limit) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(src);
      byte[] out = new byte[limit + 1];
      int n = 0;
      while (!inflater.finished() && n <= limit) {
        int got = inflater.inflate(out, n, out.length - n);
        if (got == 0 && !inflater.finished()) {
          return Optional.empty();
        }
        n += got;
      }
      return n > limit ? Optional.empty() : Optional.of(Arrays.copyOf(out, n));
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static Optional<byte[]> ours(byte[] src, int limit) {
    try {
      byte[] decoded = new Inflate("zlib").zlib(src, 0, src.length, limit);
      byte[] target = new byte[limit + 2];
      target[0] = 77;
      target[limit + 1] = 77;
      int n = new Inflate("zlib").zlib(src, 0, src.length, target, 1, limit);
      assertThat(Arrays.copyOfRange(target, 1, 1 + n)).isEqualTo(decoded);
      assertThat(target[0]).isEqualTo((byte) 77);
      assertThat(target[limit + 1]).isEqualTo((byte) 77);
      return Optional.of(decoded);
    } catch (CodecException e) {
      byte[] target = new byte[limit];
      assertThatThrownBy(() -> new Inflate("z").zlib(src, 0, src.length, target, 0, limit))
          .isInstanceOf(CodecException.class);
      return Optional.empty();
    }
  }

  private static void assertSame(byte[] src, int limit) {
    Optional<byte[]> expected = zlib(src, limit);
    Optional<byte[]> actual = ours(src, limit);
    assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
    expected.ifPresent(e -> assertThat(actual.get()).isEqualTo(e));
  }

  @ParameterizedTest
  @EnumSource(Content.class)
  void decodesAllLevelsAndStrategies(Content content) throws Exception {
    Inflate inflate = new Inflate("zlib");
    for (int n : new int[] {0, 1, 2, 257, 3_000, 200_000}) {
      byte[] raw = raw(content, n, n);
      for (int level = 0; level <= 9; level += n > 3_000 ? 3 : 1) {
        for (int strategy : STRATEGIES) {
          byte[] z = deflated(raw, level, strategy);
          byte[] target = new byte[n + 10];
          assertThat(inflate.zlib(z, 0, z.length, target, 5, n)).isEqualTo(n);
          assertThat(Arrays.copyOfRange(target, 5, 5 + n)).isEqualTo(raw);
          assertThat(Arrays.copyOf(target, 5)).containsOnly(0);
          assertThat(Arrays.copyOfRange(target, 5 + n, n + 10)).containsOnly(0);
          assertThat(inflate.zlib(z, 0, z.length, n + 3)).isEqualTo(raw);
        }
      }
    }
  }

  @Property(tries = 200)
  void decodesWhateverZlibMakes(
      @ForAll Content content,
      @ForAll @IntRange(max = 5_000) int n,
      @ForAll @IntRange(max = 9) int level,
      @ForAll @IntRange(max = 2) int strategy,
      @ForAll long seed) {
    byte[] raw = raw(content, n, seed);
    byte[] z = deflated(raw, level, STRATEGIES[strategy]);
    assertThat(ours(z, n).orElseThrow()).isEqualTo(raw);
    assertThat(ours(Arrays.copyOf(z, z.length + 9), n).orElseThrow()).isEqualTo(raw);
    if (n > 0) {
      assertThat(ours(z, n - 1)).isEmpty();
    }
    assertThat(ours(Arrays.copyOf(z, z.length - 1), n)).isEmpty();
  }

  @Property(tries = 400)
  void takesDamagedStreamsAsZlibDoes(
      @ForAll Content content,
      @ForAll @IntRange(max = 2_000) int n,
      @ForAll @IntRange(min = 1, max = 9) int level,
      @ForAll @IntRange(min = 1, max = 4) int changes,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] z = deflated(raw(content, n, seed), level, STRATEGIES[random.nextInt(3)]);
    for (int i = 0; i < changes; i++) {
      // The header of a block is where most can go wrong.
      int at =
          random.nextBoolean() ? random.nextInt(z.length) : random.nextInt(Math.min(z.length, 90));
      z[at] ^= (byte) (1 << random.nextInt(8));
    }
    assertSame(z, 4_000);
    assertSame(withSum(z), 4_000);
  }

  /** The stream with the sum that its decoded bytes have, so that the rest of it is what counts. */
  private static byte[] withSum(byte[] z) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(z, 2, z.length - 2);
      byte[] out = new byte[8_000];
      int n = inflater.inflate(out);
      java.util.zip.Adler32 sum = new java.util.zip.Adler32();
      sum.update(out, 0, n);
      int end = Math.min(z.length, 2 + (int) inflater.getBytesRead());
      byte[] summed = Arrays.copyOf(z, end + Integer.BYTES);
      summed[0] = 0x78;
      summed[1] = 0x01;
      Bytes.putInt(summed, end, Integer.reverseBytes((int) sum.getValue()));
      return summed;
    } catch (DataFormatException e) {
      return z;
    } finally {
      inflater.end();
    }
  }

  @Property(tries = 400)
  void takesAnyBytesAsZlibDoes(@ForAll byte[] bytes, @ForAll @IntRange(max = 2) int type) {
    byte[] z = new byte[bytes.length + 3];
    z[0] = 0x78;
    z[1] = 0x01;
    System.arraycopy(bytes, 0, z, 2, bytes.length);
    z[2] = (byte) (z[2] & ~7 | 1 | type << 1);
    assertSame(z, 3_000);
  }

  @Test
  void copiesFromEveryDistanceWithEveryOverlap() throws Exception {
    Random random = new Random(4);
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (int distance = 1; distance <= 40; distance++) {
      byte[] pattern = new byte[distance];
      random.nextBytes(pattern);
      for (int i = 0; i < 300 + distance; i++) {
        raw.write(pattern[i % distance]);
      }
    }
    byte[] far = new byte[32_768];
    random.nextBytes(far);
    raw.write(far);
    raw.write(far);
    byte[] all = raw.toByteArray();
    byte[] z = deflated(all, 9, Deflater.DEFAULT_STRATEGY);
    assertThat(Deflate.decode(z, 0, z.length, all.length)).isEqualTo(all);
  }

  @Test
  void takesStreamsThatWereFlushed() throws Exception {
    byte[] raw = raw(Content.WORDS, 10_000, 1);
    Deflater deflater = new Deflater(6);
    byte[] z = new byte[20_000];
    int n = 0;
    for (int from = 0; from < raw.length; from += 1_000) {
      deflater.setInput(raw, from, 1_000);
      int flush = from % 2_000 == 0 ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
      n += deflater.deflate(z, n, z.length - n, flush);
    }
    deflater.finish();
    n += deflater.deflate(z, n, z.length - n);
    deflater.end();
    assertThat(Deflate.decode(z, 0, n, raw.length)).isEqualTo(raw);
  }

  @Test
  void saysWhatIsWrong() {
    byte[] good = deflated(raw(Content.WORDS, 5_000, 1), 6, Deflater.DEFAULT_STRATEGY);
    assertThatThrownBy(() -> Deflate.decode(good, 0, good.length, 4_999))
        .hasMessageContaining("more than the 4999 bytes expected");
    assertThatThrownBy(() -> Deflate.decode(good, 0, good.length - 5, 5_000))
        .hasMessageContaining("the data end after");
    byte[] sum = good.clone();
    sum[sum.length - 1]++;
    assertThatThrownBy(() -> Deflate.decode(sum, 0, sum.length, 5_000))
        .hasMessageContaining("incorrect data check");
    byte[] dictionary = {0x78, 0x20, 0, 0, 0, 0};
    dictionary[1] += (byte) (31 - (0x7820 % 31));
    assertThatThrownBy(() -> Deflate.decode(dictionary, 0, 6, 10))
        .hasMessageContaining("dictionary");
  }

  private static byte[] member(int flags, byte[] raw) {
    byte[] plain = Gzip.encode(raw, 0, raw.length, 6);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] start = Arrays.copyOf(plain, GzipHeader.SIZE);
    start[3] = (byte) flags;
    out.writeBytes(start);
    if ((flags & 4) != 0) {
      out.writeBytes(new byte[] {3, 0, 1, 2, 3});
    }
    if ((flags & 8) != 0) {
      out.writeBytes("name\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 16) != 0) {
      out.writeBytes("a comment\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 2) != 0) {
      CRC32 sum = new CRC32();
      sum.update(out.toByteArray());
      out.write((int) sum.getValue());
      out.write((int) sum.getValue() >>> 8);
    }
    out.write(plain, GzipHeader.SIZE, plain.length - GzipHeader.SIZE);
    return out.toByteArray();
  }

  @Test
  void readsEveryKindOfGzipHeader() throws Exception {
    byte[] raw = raw(Content.WORDS, 3_000, 2);
    for (int flags = 0; flags < 32; flags++) {
      byte[] member = member(flags, raw);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(member)).readAllBytes())
          .isEqualTo(raw);
      assertThat(Gzip.decode(member, 0, member.length, 3_000)).isEqualTo(raw);
      int header = member.length - (Gzip.encode(raw, 0, 3_000, 6).length - GzipHeader.SIZE);
      for (int n = 0; n <= header; n++) {
        int length = n;
        assertThatThrownBy(() -> Gzip.decode(member, 0, length, 3_000))
            .isInstanceOf(CodecException.class);
      }
    }
    byte[] damaged = member(2, raw);
    damaged[11]++;
    assertThatThrownBy(() -> Gzip.decode(damaged, 0, damaged.length, 3_000))
        .hasMessageContaining("not in gzip format");
  }

  @Test
  void passesOverWhatFollowsTheLastMemberAndChecksEachOne() throws Exception {
    byte[] raw = raw(Content.SKEWED, 1_000, 3);
    byte[] member = member(0, raw);
    byte[] two = Arrays.copyOf(member, 2 * member.length);
    System.arraycopy(member, 0, two, member.length, member.length);
    assertThat(Gzip.decode(two, 0, two.length, 2_000)).hasSize(2_000);
    assertThat(Gzip.decode(Arrays.copyOf(two, two.length + 30), 0, two.length + 30, 2_000))
        .hasSize(2_000);
    assertThatThrownBy(() -> Gzip.decode(two, 0, two.length, 1_999))
        .hasMessageContaining("more than the 1999 bytes");
    for (int back : new int[] {1, 5, 100}) {
      byte[] bad = two.clone();
      bad[bad.length - back] ^= 1;
      assertThatThrownBy(() -> Gzip.decode(bad, 0, bad.length, 2_000))
          .isInstanceOf(CodecException.class);
    }
  }
}
