package org.cornerturn.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornerturn.codec.Blosc.Compressor;
import org.cornerturn.codec.Blosc.Parameters;
import org.cornerturn.codec.Blosc.Rearrangement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BloscTest {

  private static final int[] LENGTHS = {0, 1, 15, 16, 127, 1000, 4096, 65_537, 200_001};

  /** A rising ramp with a little noise, so that every compressor has something to do. */
  private static byte[] ramp(int length, int elementSize) {
    byte[] b = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      int element = i / elementSize;
      int byteOf = i % elementSize;
      b[i] = (byte) ((element * 3 + random.nextInt(4)) >> (8 * Math.min(byteOf, 3)));
    }
    return b;
  }

  private static byte[] noise(int length) {
    byte[] b = new byte[length];
    new Random(length).nextBytes(b);
    return b;
  }

  static List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>();
    for (Compressor c : Compressor.values()) {
      if (c == Compressor.SNAPPY) {
        continue;
      }
      for (Rearrangement r : Rearrangement.values()) {
        for (int size : new int[] {1, 2, 4, 8, 12, 16}) {
          for (int level : new int[] {0, 1, 5}) {
            all.add(new Parameters(c, level, r, size, 0));
          }
        }
      }
      all.add(new Parameters(c, 9, Rearrangement.SHUFFLE, 4, 10_000));
    }
    return all;
  }

  private static byte[] javaDecode(byte[] frame, int size) throws CodecException {
    byte[] out = new byte[size];
    JavaBlosc.decode(BloscHeader.read(frame, 0, frame.length), frame, 0, out, 0);
    return out;
  }

  private static byte[] nativeDecode(byte[] frame) throws CodecException {
    return NativeBlosc.decode(BloscHeader.read(frame, 0, frame.length), frame, 0);
  }

  @Test
  void nearlyAllZerosAreReadInJava() throws Exception {
    assumeTrue(Blosc.isNative(), "MISSING PROGRAM: native Blosc library");
    for (int size : new int[] {1, 2, 4}) {
      byte[] raw = new byte[300_016];
      for (int i = 3; i < raw.length; i += 9_001) {
        raw[i] = (byte) i;
      }
      Parameters p = new Parameters(Compressor.ZSTD, 1, Rearrangement.BITSHUFFLE, size, 0);
      byte[] frame = NativeBlosc.encode(raw, 0, raw.length, p);
      assertThat(frame.length).isLessThan(raw.length / 32);
      byte[] out = new byte[raw.length];
      Blosc.decode(frame, 0, frame.length, out);
      assertThat(out).isEqualTo(raw);
      assertThat(Blosc.decode(frame, 0, frame.length, raw.length)).isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void javaReadsWhatTheNativeLibraryWrites(Parameters p) throws Exception {
    assumeTrue(Blosc.isNative(), "MISSING PROGRAM: native Blosc library");
    for (int length : LENGTHS) {
      for (byte[] raw : List.of(ramp(length, p.elementSize()), noise(length))) {
        byte[] frame = NativeBlosc.encode(raw, 0, length, p);
        assertThat(javaDecode(frame, length)).isEqualTo(raw);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void bothReadWhatJavaWrites(Parameters p) throws Exception {
    if (p.compressor() == Compressor.BLOSCLZ) {
      assertThatThrownBy(() -> JavaBlosc.encode(new byte[4], 0, 4, p))
          .hasMessageContaining("use lz4 or zstd");
      return;
    }
    for (int length : LENGTHS) {
      for (byte[] raw : List.of(ramp(length, p.elementSize()), noise(length))) {
        byte[] frame = JavaBlosc.encode(raw, 0, length, p);
        assertThat(javaDecode(frame, length)).isEqualTo(raw);
        if (Blosc.isNative()) {
          assertThat(nativeDecode(frame)).isEqualTo(raw);
        }
        assertThat(JavaBlosc.encode(raw.clone(), 0, length, p)).isEqualTo(frame);
      }
    }
  }

  @Test
  void compressesAsWellAsTheNativeLibrary() {
    assumeTrue(Blosc.isNative(), "MISSING PROGRAM: native Blosc library");
    Parameters p = new Parameters(Compressor.ZSTD, 1, Rearrangement.BITSHUFFLE, 2, 0);
    byte[] raw = ramp(1 << 20, 2);
    int java = JavaBlosc.encode(raw, 0, raw.length, p).length;
    int library = NativeBlosc.encode(raw, 0, raw.length, p).length;
    assertThat(java).isLessThan(library * 11 / 10).isLessThan(raw.length / 2);
  }

  @Test
  void encodesAPartOfAnArray() throws Exception {
    Parameters p = new Parameters(Compressor.LZ4, 5, Rearrangement.SHUFFLE, 4, 0);
    byte[] raw = ramp(5000, 4);
    byte[] part = java.util.Arrays.copyOfRange(raw, 100, 4100);
    byte[] frame = Blosc.encode(raw, 100, 4000, p);
    assertThat(frame).isEqualTo(Blosc.encode(part, 0, 4000, p));
    byte[] within = new byte[frame.length + 9];
    System.arraycopy(frame, 0, within, 5, frame.length);
    assertThat(Blosc.decode(within, 5, frame.length, 4000)).isEqualTo(part);
  }

  @Test
  void refusesToPassTheCeiling() {
    Parameters p = new Parameters(Compressor.ZSTD, 1, Rearrangement.NONE, 1, 0);
    byte[] frame = Blosc.encode(new byte[1 << 20], 0, 1 << 20, p);
    assertThatThrownBy(() -> Blosc.decode(frame, 0, frame.length, (1 << 20) - 1))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("1048576");
  }

  /** No flipped byte or cut may do worse than a CodecException or wrong bytes of the right size. */
  @ParameterizedTest
  @MethodSource("damaged")
  void damagedFramesGiveErrors(Parameters p) {
    byte[] raw = ramp(40_000, p.elementSize());
    byte[] frame = Blosc.encode(raw, 0, raw.length, p);
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] bad = frame.clone();
      int at = i < 40 ? i : random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      for (boolean java : new boolean[] {true, false}) {
        try {
          byte[] out =
              java
                  ? javaDecode(bad, BloscHeader.read(bad, 0, bad.length).decodedSize())
                  : Blosc.decode(bad, 0, bad.length, raw.length);
          assertThat(out.length).isLessThanOrEqualTo(raw.length);
        } catch (CodecException e) {
          assertThat(e).hasMessageContaining(":");
        }
      }
    }
    for (int n : new int[] {0, 3, 15, 16, 20, frame.length - 1}) {
      assertThatThrownBy(() -> Blosc.decode(frame, 0, n, raw.length))
          .isInstanceOf(CodecException.class);
    }
  }

  static List<Parameters> damaged() {
    List<Parameters> all = new ArrayList<>();
    for (Compressor c : Compressor.values()) {
      if (c != Compressor.SNAPPY && (Blosc.isNative() || c != Compressor.BLOSCLZ)) {
        all.add(new Parameters(c, 5, Rearrangement.SHUFFLE, 4, 8192));
        all.add(new Parameters(c, 5, Rearrangement.NONE, 4, 0));
      }
    }
    return all;
  }
}
