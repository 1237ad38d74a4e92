package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** LZF beside a decoder that copies byte by byte, on streams of all kinds of repetition. */
class LzfTest {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final byte[] plain = new byte[100_000];
  private int size;

  private void literals(Random random, int n) {
    stream.write(n - 1);
    for (int i = 0; i < n; i++) {
      byte b = (byte) random.nextInt();
      stream.write(b);
      plain[size++] = b;
    }
  }

  private void repetition(int distance, int n) {
    int run = n - 2;
    if (run < 7) {
      stream.write(run << 5 | distance - 1 >> 8);
    } else {
      stream.write(7 << 5 | distance - 1 >> 8);
      stream.write(run - 7);
    }
    stream.write(distance - 1);
    for (int i = 0; i < n; i++, size++) {
      plain[size] = plain[size - distance];
    }
  }

  @Property(tries = 200)
  void decodesWhatACopyByteByByteGives(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int steps) throws CodecException {
    stream.reset();
    size = 0;
    Random random = new Random(seed);
    literals(random, 1 + random.nextInt(32));
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(4) == 0) {
        literals(random, 1 + random.nextInt(32));
      } else {
        int farthest = Math.min(random.nextInt(3) == 0 ? size : 12, Math.min(size, 8192));
        repetition(
            1 + random.nextInt(farthest), 3 + random.nextInt(random.nextBoolean() ? 9 : 262));
      }
    }
    byte[] encoded = stream.toByteArray();
    int margin = random.nextInt(20);
    byte[] decoded = new byte[margin + size + random.nextInt(20)];
    Arrays.fill(decoded, (byte) 77);
    Lzf.decode(encoded, 0, encoded.length, decoded, margin, size);
    assertThat(Arrays.copyOfRange(decoded, margin, margin + size))
        .isEqualTo(Arrays.copyOf(plain, size));
    for (int i = 0; i < decoded.length; i++) {
      if (i < margin || i >= margin + size) {
        assertThat(decoded[i]).as("byte %d, outside", i).isEqualTo((byte) 77);
      }
    }
    byte[] less = new byte[size - 1];
    assertThatThrownBy(() -> Lzf.decode(encoded, 0, encoded.length, less, 0, less.length))
        .isInstanceOf(CodecException.class);
  }
}
