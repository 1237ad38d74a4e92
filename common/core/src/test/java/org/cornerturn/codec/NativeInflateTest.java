package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cornerturn.codec.FilterChain.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeInflateTest {
  private static final byte GUARD = 77;
  private static final int MARGIN = 40;

  @BeforeEach
  void hasALibraryHere() {
    assumeTrue(NativeInflate.isThere(), "no native inflate for this processor");
  }

  private static byte[] raw(Random random, int n) {
    byte[] raw = new byte[n];
    int kinds = 1 + random.nextInt(256);
    for (int i = 0; i < n; i++) {
      raw[i] = (byte) (i > 9 && random.nextInt(3) > 0 ? raw[i - 9] : random.nextInt(kinds));
    }
    return raw;
  }

  /** Decodes between guards, which must stand afterwards. */
  private static byte[] decode(byte[] src, int room) {
    byte[] out = new byte[room + 2 * MARGIN];
    Arrays.fill(out, GUARD);
    int n = NativeInflate.zlib(src, 0, src.length, out, MARGIN, room);
    assertThat(Arrays.copyOf(out, MARGIN)).containsOnly(GUARD);
    assertThat(Arrays.copyOfRange(out, MARGIN + room, out.length)).containsOnly(GUARD);
    return n < 0 ? null : Arrays.copyOfRange(out, MARGIN, MARGIN + n);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 5_000, 300_000})
  void givesWhatWasCompressed(int n) {
    Random random = new Random(n);
    for (int level = 0; level <= 9; level++) {
      byte[] raw = raw(random, n);
      byte[] z = Deflate.encode(raw, 0, n, level);
      assertThat(decode(z, n)).isEqualTo(raw);
      assertThat(decode(z, n + 50)).isEqualTo(raw);
      byte[] within = new byte[z.length + 7];
      System.arraycopy(z, 0, within, 3, z.length);
      byte[] out = new byte[n];
      assertThat(NativeInflate.zlib(within, 3, z.length, out, 0, n)).isEqualTo(n);
      assertThat(out).isEqualTo(raw);
    }
  }

  @Test
  void damagedStreamsGiveNothingOrWhatTheirSumProves() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] raw = raw(random, 20 + random.nextInt(3_000));
      byte[] z = Deflate.encode(raw, 0, raw.length, random.nextInt(10));
      int room = raw.length;
      switch (i % 4) {
        case 0 -> z[random.nextInt(z.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> z = Arrays.copyOf(z, 1 + random.nextInt(z.length));
        case 2 -> room = random.nextInt(raw.length);
        default -> {
          for (int k = random.nextInt(z.length); k < z.length; k++) {
            z[k] = (byte) random.nextInt();
          }
        }
      }
      byte[] decoded = decode(z, room);
      if (decoded != null) {
        assertThat(decoded).isEqualTo(raw);
      }
    }
  }

  @Test
  void whatFollowsTheStreamAndOtherHeadersAreLeftToJava() throws Exception {
    byte[] raw = raw(new Random(1), 1_000);
    byte[] z = Deflate.encode(raw, 0, raw.length, 6);
    byte[] more = Arrays.copyOf(z, z.length + 5);
    assertThat(decode(more, 1_000)).isNull();
    FilterChain chain = new FilterChain(List.of(new Step(1, "deflate", new int[] {6})), 1000, 1000);
    byte[] out = new byte[1_000];
    chain.decode(more, 0, more.length, 0, out, 0, out.length);
    assertThat(out).isEqualTo(raw);
    z[1] ^= 1;
    assertThat(decode(z, 1_000)).isNull();
    assertThatThrownBy(() -> chain.decode(z, 0, z.length, 0, out, 0, out.length))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("incorrect header check");
  }

  @Test
  void servesManyThreads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  t ->
                      pool.submit(
                          () -> {
                            Random random = new Random(t);
                            for (int i = 0; i < 200; i++) {
                              byte[] raw = raw(random, 1 + random.nextInt(20_000));
                              byte[] z = Deflate.encode(raw, 0, raw.length, 4);
                              assertThat(decode(z, raw.length)).isEqualTo(raw);
                            }
                          }))
              .toList();
      for (Future<?> f : done) {
        f.get();
      }
    } finally {
      pool.shutdown();
    }
  }
}
