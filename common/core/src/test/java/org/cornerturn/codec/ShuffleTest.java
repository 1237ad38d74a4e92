package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTest {
  private static final int MARGIN = 3;

  private static byte[] random(int n) {
    byte[] b = new byte[n];
    new Random(n).nextBytes(b);
    return b;
  }

  private interface Kernel {
    void apply(byte[] src, int srcOffset, byte[] dst, int dstOffset, int length, int elementSize);
  }

  /** Runs a kernel at odd offsets and checks that nothing outside its target changes. */
  private static byte[] apply(Kernel kernel, byte[] raw, int elementSize) {
    byte[] src = new byte[raw.length + 1];
    System.arraycopy(raw, 0, src, 1, raw.length);
    byte[] dst = new byte[raw.length + 2 * MARGIN];
    kernel.apply(src, 1, dst, MARGIN, raw.length, elementSize);
    for (int i = 0; i < MARGIN; i++) {
      assertThat(dst[i]).isZero();
      assertThat(dst[dst.length - 1 - i]).isZero();
    }
    byte[] out = new byte[raw.length];
    System.arraycopy(dst, MARGIN, out, 0, out.length);
    return out;
  }

  private static byte[] naiveShuffle(byte[] raw, int size) {
    byte[] out = raw.clone();
    int n = raw.length / size;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < size; j++) {
        out[j * n + i] = raw[i * size + j];
      }
    }
    return out;
  }

  private static byte[] naiveBitShuffle(byte[] raw, int size) {
    byte[] out = raw.clone();
    int n = raw.length / size / 8 * 8;
    java.util.Arrays.fill(out, 0, n * size, (byte) 0);
    for (int i = 0; i < n; i++) {
      for (int bit = 0; bit < 8 * size; bit++) {
        int value = raw[i * size + bit / 8] >> (bit % 8) & 1;
        long at = (long) bit * n + i;
        out[(int) (at / 8)] |= (byte) (value << (at % 8));
      }
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12, 16, 17, 255})
  void byteShuffleEqualsItsDefinition(int size) {
    for (int length : new int[] {0, 1, size, 7 * size + 1, 8 * size, 64 * size, 200 * size + 3}) {
      byte[] raw = random(length);
      byte[] shuffled = apply(Shuffle::shuffle, raw, size);
      assertThat(shuffled).isEqualTo(naiveShuffle(raw, size));
      assertThat(apply(Shuffle::unshuffle, shuffled, size)).isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12, 16, 17, 255})
  void bitShuffleEqualsItsDefinition(int size) {
    for (int length : new int[] {0, 1, size, 7 * size + 1, 8 * size, 64 * size, 205 * size + 1}) {
      byte[] raw = random(length);
      byte[] shuffled = apply(BitShuffle::shuffle, raw, size);
      assertThat(shuffled).isEqualTo(naiveBitShuffle(raw, size));
      assertThat(apply(BitShuffle::unshuffle, shuffled, size)).isEqualTo(raw);
    }
  }
}
