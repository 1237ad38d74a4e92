package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.cornerturn.flagging.FlagStrategy.Clip;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.flagging.FlagStrategy.Rank;
import org.cornerturn.flagging.FlagStrategy.Threshold;
import org.cornerturn.flagging.FlagStrategy.Totals;
import org.junit.jupiter.api.Test;

class PlaneFlaggerTest {
  static final Masks MASKS = new Masks(true, false, 0, 0, -90);
  static final Threshold THRESHOLD = new Threshold(3, 1, 6, 2, 1.5, 64, 64, 2.5, 5);

  static FlagStrategy strategy(Threshold threshold, Clip clip, double eta) {
    return new FlagStrategy(
        "test", MASKS, threshold, clip, new Rank(eta, eta), false, new Totals(1, 1, 1, 1));
  }

  private static byte[] detected(FlagStrategy s, int times, int channels, float[] amplitudes) {
    byte[] bits = new byte[times * channels];
    int found = new PlaneFlagger(times, channels, s).detect(amplitudes, bits);
    int n = 0;
    for (byte b : bits) {
      assertThat(b).isIn((byte) 0, WindowBits.RFI);
      n += b != 0 ? 1 : 0;
    }
    assertThat(found).isEqualTo(n);
    return bits;
  }

  private static byte[] detected(int times, int channels, float[] amplitudes) {
    return detected(strategy(THRESHOLD, null, 0), times, channels, amplitudes);
  }

  /** Amplitudes of noise of 1 Jy in each part, on a source. */
  static float[] noise(int times, int channels, double sourceJy, long seed) {
    Random random = new Random(seed);
    float[] amplitudes = new float[times * channels];
    for (int i = 0; i < amplitudes.length; i++) {
      amplitudes[i] = (float) Math.hypot(sourceJy + random.nextGaussian(), random.nextGaussian());
    }
    return amplitudes;
  }

  private static double part(byte[] bits) {
    int n = 0;
    for (byte b : bits) {
      n += b != 0 ? 1 : 0;
    }
    return (double) n / bits.length;
  }

  @Test
  void leavesNoiseAlone() {
    for (double source : new double[] {0, 1, 30}) {
      assertThat(part(detected(48, 256, noise(48, 256, source, 1)))).isLessThan(5e-4);
    }
  }

  @Test
  void findsChannelsAndBursts() {
    int times = 24;
    int channels = 192;
    float[] amplitudes = noise(times, channels, 2, 3);
    boolean[] bad = new boolean[times * channels];
    for (int t = 0; t < times; t++) {
      bad[t * channels + 40] = true;
      bad[t * channels + 150] = true;
    }
    for (int c = 90; c < 122; c++) {
      bad[7 * channels + c] = true;
    }
    for (int i = 0; i < bad.length; i++) {
      amplitudes[i] += bad[i] ? 8 : 0;
    }
    byte[] bits = detected(times, channels, amplitudes);
    int missed = 0;
    int wrong = 0;
    for (int i = 0; i < bad.length; i++) {
      missed += bad[i] && bits[i] == 0 ? 1 : 0;
      wrong += !bad[i] && bits[i] != 0 ? 1 : 0;
    }
    assertThat(missed).isZero();
    assertThat(wrong).isLessThan(bad.length / 100);
  }

  @Test
  void findsWhatNoSampleAloneShows() {
    // One standard deviation of the noise in a channel, for 64 integrations.
    int times = 64;
    int channels = 128;
    float[] amplitudes = noise(times, channels, 40, 4);
    for (int t = 0; t < times; t++) {
      amplitudes[t * channels + 77] += 1.5f;
    }
    byte[] bits = detected(times, channels, amplitudes);
    int found = 0;
    for (int t = 0; t < times; t++) {
      found += bits[t * channels + 77] != 0 ? 1 : 0;
    }
    assertThat(found).isGreaterThan(60);
  }

  @Test
  void followsAGentleSlope() {
    float[] amplitudes = noise(24, 192, 20, 5);
    for (int i = 0; i < amplitudes.length; i++) {
      amplitudes[i] *= 1 + 0.4f * (i % 192) / 192 + 0.2f * (float) Math.sin(i / 192 / 6.0);
    }
    assertThat(part(detected(24, 192, amplitudes))).isLessThan(2e-3);
  }

  @Test
  void aPlaneWithoutNoiseHasNoInterference() {
    float[] flat = new float[20 * 30];
    Arrays.fill(flat, 3.7f);
    assertThat(part(detected(20, 30, flat))).isZero();
    flat[333] = 4;
    byte[] bits = detected(20, 30, flat);
    assertThat(bits[333]).isEqualTo(WindowBits.RFI);
    assertThat(part(bits)).isEqualTo(1 / 600.0);
  }

  @Test
  void hugeValuesAreFoundAndSpoilNothing() {
    float[] amplitudes = noise(24, 100, 3, 6);
    amplitudes[1234] = Float.MAX_VALUE;
    amplitudes[17] = 1e30f;
    byte[] bits = detected(24, 100, amplitudes);
    assertThat(bits[1234]).isEqualTo(WindowBits.RFI);
    assertThat(bits[17]).isEqualTo(WindowBits.RFI);
    assertThat(part(bits)).isLessThan(0.01);
  }

  @Test
  void planesOfTooFewSamplesAreLeftAlone() {
    float[] empty = new float[40];
    Arrays.fill(empty, Float.NaN);
    assertThat(part(detected(4, 10, empty))).isZero();
    Arrays.fill(empty, 0, 15, 1);
    empty[3] = 1e9f;
    assertThat(part(detected(4, 10, empty))).isZero();
  }

  @Property(tries = 60)
  void takesWhateverThereIs(@ForAll @Size(60) float[] any) {
    float[] amplitudes = new float[60];
    for (int i = 0; i < 60; i++) {
      amplitudes[i] = Float.isInfinite(any[i]) ? Float.NaN : Math.abs(any[i]);
    }
    FlagStrategy s = strategy(THRESHOLD, new Clip(5, 0, Double.POSITIVE_INFINITY), 0.2);
    PlaneFlagger flagger = new PlaneFlagger(6, 10, s);
    byte[] bits = new byte[60];
    flagger.detect(amplitudes, bits);
    flagger.extend(amplitudes, bits);
    byte[] again = new byte[60];
    flagger.detect(amplitudes, again);
    flagger.extend(amplitudes, again);
    assertThat(again).isEqualTo(bits);
    for (int i = 0; i < 60; i++) {
      if (Float.isNaN(amplitudes[i])) {
        assertThat(bits[i]).isZero();
      }
    }
  }

  @Test
  void clipsAboveTheMedian() {
    float[] amplitudes = new float[100];
    for (int i = 0; i < 100; i++) {
      amplitudes[i] = 10 + (i % 5 - 2) * 0.1f; // Median 10, MAD 0.1.
    }
    amplitudes[50] = 10.7f;
    amplitudes[51] = 10.8f;
    amplitudes[52] = 2;
    byte[] bits =
        detected(strategy(null, new Clip(5, 0, Double.POSITIVE_INFINITY), 0), 10, 10, amplitudes);
    assertThat(bits[50]).isZero();
    assertThat(bits[51]).isEqualTo(WindowBits.RFI);
    assertThat(bits[52]).isZero();
    bits = detected(strategy(null, new Clip(0, 3, 10.75), 0), 10, 10, amplitudes);
    assertThat(bits[50]).isZero();
    assertThat(bits[51]).isEqualTo(WindowBits.RFI);
    assertThat(bits[52]).isEqualTo(WindowBits.RFI);
  }

  @Test
  void extendsAlongBothAxesFromWhatWasFound() {
    PlaneFlagger flagger = new PlaneFlagger(10, 10, strategy(null, null, 0.2));
    byte[] bits = new byte[100];
    for (int i = 0; i < 8; i++) {
      bits[30 + i] = WindowBits.RFI;
      bits[10 * i] = WindowBits.RFI;
    }
    float[] amplitudes = noise(10, 10, 0, 1);
    amplitudes[38] = Float.NaN;
    flagger.extend(amplitudes, bits);
    assertThat(bits[38]).isZero();
    assertThat(bits[39]).isEqualTo(WindowBits.RFI_EXTENSION);
    assertThat(bits[80]).isEqualTo(WindowBits.RFI_EXTENSION);
    assertThat(bits[90]).isEqualTo(WindowBits.RFI_EXTENSION);
    assertThat(bits[81]).isZero();
  }
}
