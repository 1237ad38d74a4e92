package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ning.compress.lzf.util.ChunkEncoderFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.cornerturn.codec.FilterChain.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilterChainTest {
  private static final int SIZE = 40_000;
  private static final int LZF_HEADER = 7;
  private static final Step DEFLATE = new Step(1, "deflate", new int[] {6});
  private static final Step SHUFFLE = new Step(2, "shuffle", new int[] {4});
  private static final Step FLETCHER = new Step(3, "fletcher32", new int[0]);
  private static final Step BZIP2 = new Step(307, "bzip2", new int[] {9});
  private static final Step LZF = new Step(32000, "lzf", new int[] {4, 261, SIZE});
  private static final Step BLOSC = new Step(32001, "blosc", new int[0]);
  private static final Step LZ4 = new Step(32004, "lz4", new int[0]);
  private static final Step BITSHUFFLE = new Step(32008, "bitshuffle", new int[] {0, 3, 4, 0, 2});
  private static final Step BARE = new Step(32008, "bitshuffle", new int[] {0, 3, 4, 0, 0});
  private static final Step ZSTD = new Step(32015, "zstd", new int[0]);

  private static FilterChain chain(List<Step> steps) {
    return new FilterChain(steps, 2000, 64 << 20);
  }

  /** Runs of equal bytes, ramps and noise, so that every kind of code is met. */
  private static byte[] sample() {
    byte[] b = new byte[SIZE];
    Random random = new Random(5);
    for (int i = 0; i < SIZE; ) {
      int n = Math.min(SIZE - i, 1 + random.nextInt(700));
      int kind = random.nextInt(4);
      for (int k = 0; k < n; k++, i++) {
        b[i] =
            (byte)
                switch (kind) {
                  case 0 -> 7;
                  case 1 -> k / 5;
                  case 2 -> k % 11;
                  default -> random.nextInt();
                };
      }
    }
    return b;
  }

  static Stream<Arguments> chains() {
    return Stream.of(
        Arguments.of(List.of(DEFLATE)),
        Arguments.of(List.of(SHUFFLE, DEFLATE)),
        Arguments.of(List.of(SHUFFLE, DEFLATE, FLETCHER)),
        Arguments.of(List.of(FLETCHER, SHUFFLE, DEFLATE)),
        Arguments.of(List.of(DEFLATE, DEFLATE)),
        Arguments.of(List.of(DEFLATE, SHUFFLE)),
        Arguments.of(List.of(FLETCHER)),
        Arguments.of(List.of(SHUFFLE)),
        Arguments.of(List.of(SHUFFLE, LZF)),
        Arguments.of(List.of(LZF)),
        Arguments.of(List.of(LZ4)),
        Arguments.of(List.of(SHUFFLE, LZ4, FLETCHER)),
        Arguments.of(List.of(BITSHUFFLE)),
        Arguments.of(List.of(BARE)),
        Arguments.of(List.of(BARE, DEFLATE)),
        Arguments.of(List.of(ZSTD)),
        Arguments.of(List.of(DEFLATE, ZSTD)),
        Arguments.of(List.of(BLOSC)),
        Arguments.of(List.of(BZIP2)),
        Arguments.of(List.of()));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void decodesWhatWasEncoded(List<Step> steps) throws IOException {
    byte[] raw = sample();
    FilterChain chain = chain(steps);
    for (int mask = 0; mask < 1 << steps.size(); mask++) {
      byte[] encoded = encode(steps, mask, raw);
      byte[] out = new byte[SIZE + 20];
      byte[] framed = new byte[encoded.length + 9];
      System.arraycopy(encoded, 0, framed, 5, encoded.length);
      chain.decode(framed, 5, encoded.length, mask, out, 10, SIZE);
      assertThat(Arrays.copyOfRange(out, 10, 10 + SIZE)).as("mask " + mask).isEqualTo(raw);
      assertThat(Arrays.copyOf(out, 10)).containsOnly(0);
      assertThat(Arrays.copyOfRange(out, 10 + SIZE, out.length)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void damagedBytesAreRefusedOrDecodeToTheSize(List<Step> steps) throws IOException {
    byte[] encoded = encode(steps, 0, sample());
    FilterChain chain = chain(steps);
    Random random = new Random(11);
    byte[] out = new byte[SIZE];
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bad = encoded.clone();
      int length = bad.length;
      if (i % 3 == 0) {
        length = random.nextInt(bad.length);
      }
      for (int k = 0; k < 1 + i % 4; k++) {
        bad[random.nextInt(i % 2 == 0 ? Math.min(40, bad.length) : bad.length)] ^=
            (byte) (1 + random.nextInt(255));
      }
      try {
        chain.decode(bad, 0, length, 0, out, 0, SIZE);
      } catch (CodecException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(100);
  }

  @Test
  void anotherSizeIsRefused() throws IOException {
    byte[] encoded = encode(List.of(DEFLATE), 0, sample());
    assertThatThrownBy(
            () ->
                chain(List.of(DEFLATE))
                    .decode(encoded, 0, encoded.length, 0, new byte[SIZE + 1], 0, SIZE + 1))
        .isInstanceOf(CodecException.class)
        .hasMessage("decodes to " + SIZE + " bytes instead of " + (SIZE + 1));
  }

  @Test
  void absurdExpansionIsRefusedBeforeItIsTried() {
    FilterChain small = new FilterChain(List.of(DEFLATE), 100, 1000);
    assertThatThrownBy(() -> small.decode(new byte[50], 0, 50, 0, new byte[9000], 0, 9000))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("more than 100 fold");
  }

  @Test
  void unknownFiltersAreNamed() {
    assertThat(new Step(4, "szip", new int[0]).unsupported()).hasValue("filter szip (4)");
    assertThat(new Step(32008, "bitshuffle", new int[] {0, 3, 4, 0, 9}).unsupported())
        .hasValue("filter bitshuffle with compressor 9");
    assertThat(BITSHUFFLE.unsupported()).isEmpty();
  }

  @Test
  void fletcherIsTheChecksumOfItsDefinition() {
    // Sums of big-endian words 0x6162 0x6364 0x6500, each kept modulo 65535.
    int a = (0x6162 + 0x6364 + 0x6500) % 65535;
    int b = (0x6162 * 3 + 0x6364 * 2 + 0x6500) % 65535;
    byte[] abcde = {'a', 'b', 'c', 'd', 'e'};
    assertThat(Fletcher32.sum(abcde, 0, 5)).isEqualTo(b << 16 | a);
  }

  private static byte[] encode(List<Step> steps, int mask, byte[] raw) throws IOException {
    byte[] b = raw;
    for (int i = 0; i < steps.size(); i++) {
      if ((mask >> i & 1) == 0) {
        b = encode(steps.get(i), b);
      }
    }
    return b;
  }

  private static byte[] encode(Step step, byte[] b) throws IOException {
    return switch (step.name()) {
      case "deflate" -> Deflate.encode(b, 0, b.length, 6);
      case "shuffle" -> {
        byte[] out = new byte[b.length];
        Shuffle.shuffle(b, 0, out, 0, b.length, step.parameters()[0]);
        yield out;
      }
      case "fletcher32" ->
          ByteBuffer.allocate(b.length + 4)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(b)
              .putInt(Fletcher32.sum(b, 0, b.length))
              .array();
      case "lzf" -> {
        byte[] chunk =
            ChunkEncoderFactory.safeInstance(b.length).encodeChunk(b, 0, b.length).getData();
        yield Arrays.copyOfRange(chunk, LZF_HEADER, chunk.length);
      }
      case "lz4" -> Lz4FrameEncoder.encode(b, 0, b.length);
      case "bitshuffle" ->
          step.parameters()[4] == 2
              ? Lz4FrameEncoder.encodeShuffled(b, 0, b.length, step.parameters()[2])
              : bare(b, step.parameters()[2]);
      case "zstd" -> Zstd.encode(b, 0, b.length, 3, true);
      case "blosc" ->
          Blosc.encode(
              b,
              0,
              b.length,
              new Blosc.Parameters(Blosc.Compressor.ZSTD, 3, Blosc.Rearrangement.BITSHUFFLE, 4, 0));
      case "bzip2" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream z = new BZip2CompressorOutputStream(out)) {
          z.write(b);
        }
        yield out.toByteArray();
      }
      default -> throw new IllegalArgumentException(step.name());
    };
  }

  /** Blocks of 8,192 bytes, the default; the rest stays as it is. */
  private static byte[] bare(byte[] b, int element) {
    byte[] out = new byte[b.length];
    for (int at = 0; at < b.length; at += 8192) {
      BitShuffle.shuffle(b, at, out, at, Math.min(8192, b.length - at), element);
    }
    return out;
  }
}
