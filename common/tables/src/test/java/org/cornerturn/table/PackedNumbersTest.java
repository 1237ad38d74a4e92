package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedNumbersTest {
  private static void isKept(long... values) {
    PackedNumbers packed = PackedNumbers.of(values, values.length);
    assertThat(LongStream.range(0, values.length).map(i -> packed.at((int) i)).toArray())
        .containsExactly(values);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "255, 1", "256, 2", "65535, 2", "65536, 4", "4294967295, 4", "4294967296, 8"})
  void takesTheBytesThatTheRangeNeeds(long range, int width) {
    for (long least : new long[] {0, -range, -7, 1L << 40, Long.MIN_VALUE}) {
      isKept(least, least + range, least + range / 2);
      assertThat(PackedNumbers.of(new long[] {least, least + range}, 2).bytes())
          .isEqualTo(80 + 2L * width);
    }
  }

  @Test
  void keepsAnything() {
    isKept();
    isKept(Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1);
    Random random = new Random(5);
    for (int bits = 1; bits < 64; bits++) {
      int shift = 64 - bits;
      isKept(LongStream.generate(() -> random.nextLong() >> shift).limit(100).toArray());
    }
  }
}
