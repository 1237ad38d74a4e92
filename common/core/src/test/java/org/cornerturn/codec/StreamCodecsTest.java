package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamCodecsTest {

  private interface Encode {
    byte[] apply(byte[] raw, int offset, int length);
  }

  private interface Decode {
    byte[] apply(byte[] src, int offset, int length, int limit) throws CodecException;
  }

  record Codec(String name, Encode encode, Decode decode) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Codec> codecs() {
    return List.of(
        new Codec("zstd", (b, o, n) -> Zstd.encode(b, o, n, 3, false), Zstd::decode),
        new Codec("zstd+checksum", (b, o, n) -> Zstd.encode(b, o, n, -5, true), Zstd::decode),
        new Codec("gzip", (b, o, n) -> Gzip.encode(b, o, n, 6), Gzip::decode),
        new Codec("zlib", (b, o, n) -> Deflate.encode(b, o, n, 6), Deflate::decode));
  }

  private static List<byte[]> inputs() {
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    return List.of(new byte[0], new byte[] {7}, new byte[300_000], noise);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void givesBackWhatItTook(Codec codec) throws Exception {
    for (byte[] raw : inputs()) {
      byte[] encoded = codec.encode.apply(raw, 0, raw.length);
      assertThat(codec.encode.apply(raw.clone(), 0, raw.length)).isEqualTo(encoded);
      assertThat(codec.decode.apply(encoded, 0, encoded.length, raw.length)).isEqualTo(raw);
      assertThat(codec.decode.apply(encoded, 0, encoded.length, raw.length + 50)).isEqualTo(raw);
      byte[] within = new byte[encoded.length + 7];
      System.arraycopy(encoded, 0, within, 4, encoded.length);
      assertThat(codec.decode.apply(within, 4, encoded.length, raw.length)).isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void refusesBombsCutsAndDamage(Codec codec) {
    byte[] bomb = codec.encode.apply(new byte[8 << 20], 0, 8 << 20);
    assertThatThrownBy(() -> codec.decode.apply(bomb, 0, bomb.length, 1 << 20))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("1048576");
    byte[] raw = "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.US_ASCII);
    byte[] good = codec.encode.apply(raw, 0, raw.length);
    for (int n = 1; n < good.length; n++) {
      int length = n;
      assertThatThrownBy(() -> codec.decode.apply(good, 0, length, 1000))
          .as("cut at %d", n)
          .isInstanceOf(CodecException.class);
    }
    byte[] bad = good.clone();
    bad[0] ^= 0x55;
    assertThatThrownBy(() -> codec.decode.apply(bad, 0, bad.length, 1000))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void gzipIsWhatTheJdkReadsAndItsMembersMayFollowEachOther() throws Exception {
    byte[] raw = new byte[5000];
    Arrays.fill(raw, (byte) 9);
    byte[] ours = Gzip.encode(raw, 0, raw.length, 5);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(ours)).readAllBytes()).isEqualTo(raw);
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      try (GZIPOutputStream z = new GZIPOutputStream(two)) {
        z.write(raw);
      }
    }
    assertThat(Gzip.decode(two.toByteArray(), 0, two.size(), 10_000)).hasSize(10_000);
  }

  @Test
  void zstdReadsFramesWithoutASizeAndSeveralInARow() throws Exception {
    byte[] raw = new byte[70_000];
    Arrays.fill(raw, (byte) 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      try (var z = new com.github.luben.zstd.ZstdOutputStream(one)) {
        z.write(raw);
      }
      out.write(one.toByteArray());
    }
    byte[] frames = out.toByteArray();
    assertThat(Zstd.decode(frames, 0, frames.length, 140_000)).hasSize(140_000);
    assertThatThrownBy(() -> Zstd.decode(frames, 0, frames.length, 139_999))
        .isInstanceOf(CodecException.class);
    byte[] dst = new byte[140_010];
    assertThat(Zstd.decode(frames, 0, frames.length, dst, 10, 140_000)).isEqualTo(140_000);
  }

  @Test
  void crc32cIsCastagnolis() throws Exception {
    byte[] data = Arrays.copyOf("123456789".getBytes(StandardCharsets.US_ASCII), 13);
    assertThat(Crc32c.of(data, 0, 9)).isEqualTo(0xE3069283);
    Crc32c.append(data, 0, 9);
    assertThat(Crc32c.verify(data, 0, 13)).isEqualTo(9);
    data[3]++;
    assertThatThrownBy(() -> Crc32c.verify(data, 0, 13)).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> Crc32c.verify(data, 0, 3)).isInstanceOf(CodecException.class);
  }
}
