package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.flagging.FlagCounts.Axis;
import org.cornerturn.flagging.FlagStrategy.Rank;
import org.cornerturn.flagging.FlagStrategy.Totals;
import org.junit.jupiter.api.Test;

class WindowFlaggerTest {
  private static final int TIMES = 8;
  private static final int BASELINES = 6;
  private static final int CHANNELS = 40;
  private static final int POLARIZATIONS = 2;
  private static final int SAMPLES = TIMES * BASELINES * CHANNELS * POLARIZATIONS;

  private static FlagStrategy strategy(boolean join, Totals totals) {
    return new FlagStrategy(
        "test",
        PlaneFlaggerTest.MASKS,
        PlaneFlaggerTest.THRESHOLD,
        null,
        new Rank(0, 0),
        join,
        totals);
  }

  private static int at(int t, int b, int c, int p) {
    return ((t * BASELINES + b) * CHANNELS + c) * POLARIZATIONS + p;
  }

  private static float[] noise() {
    Random random = new Random(1);
    float[] v = new float[2 * SAMPLES];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextGaussian();
    }
    return v;
  }

  private static VisibilityWindow window(float[] visibilities, short[] flags, SampleMasks masks) {
    VisibilityWindow w = new VisibilityWindow(TIMES, BASELINES, CHANNELS, POLARIZATIONS);
    Box all = Box.all(Shape.of(TIMES, BASELINES, CHANNELS, POLARIZATIONS));
    w.put(all, visibilities, flags, masks);
    return w;
  }

  private static VisibilityWindow window(float[] visibilities) {
    return window(visibilities, new short[SAMPLES], new SampleMasks(TIMES, BASELINES, CHANNELS));
  }

  @Test
  void whatIsMissingMaskedOrFlaggedIsNotUsed() {
    float[] v = noise();
    v[2 * at(1, 2, 3, 0)] = 0;
    v[2 * at(1, 2, 3, 0) + 1] = 0;
    v[2 * at(2, 2, 3, 1)] = Float.NaN;
    v[2 * at(2, 3, 3, 1) + 1] = Float.POSITIVE_INFINITY;
    v[2 * at(3, 3, 3, 1)] = 3e30f;
    v[2 * at(3, 3, 3, 1) + 1] = 4e30f;
    v[2 * at(4, 3, 3, 1)] = 3e-30f;
    v[2 * at(4, 3, 3, 1) + 1] = 4e-30f;
    short[] flags = new short[SAMPLES];
    flags[at(5, 5, 5, 0)] = (short) 0x8000;
    SampleMasks masks = new SampleMasks(TIMES, BASELINES, CHANNELS);
    masks.maskBaseline(0, WindowBits.AUTOCORRELATION);
    masks.maskChannel(39, WindowBits.STATIC);
    masks.maskRow(7, 4, WindowBits.QUACK);
    masks.keepChannels(6, 4, 2, 38);
    VisibilityWindow w = window(v, flags, masks);
    assertThat(w.bits(2, 0)[CHANNELS + 3]).isEqualTo(WindowBits.ZERO);
    assertThat(w.amplitudes(2, 0)[CHANNELS + 3]).isNaN();
    assertThat(w.bits(2, 1)[2 * CHANNELS + 3]).isEqualTo(WindowBits.ZERO);
    assertThat(w.bits(3, 1)[2 * CHANNELS + 3]).isEqualTo(WindowBits.ZERO);
    assertThat(w.amplitudes(3, 1)[3 * CHANNELS + 3]).isEqualTo(5e30f);
    assertThat(w.amplitudes(3, 1)[4 * CHANNELS + 3]).isEqualTo(5e-30f);
    assertThat(w.bits(5, 0)[5 * CHANNELS + 5]).isZero();
    assertThat(w.amplitudes(5, 0)[5 * CHANNELS + 5]).isNaN();
    assertThat(w.bits(0, 1))
        .containsOnly(WindowBits.AUTOCORRELATION, WindowBits.AUTOCORRELATION | WindowBits.STATIC);
    assertThat(w.bits(1, 1)[39]).isEqualTo(WindowBits.STATIC);
    assertThat(w.bits(4, 0)[7 * CHANNELS]).isEqualTo(WindowBits.QUACK);
    assertThat(w.bits(4, 0)[6 * CHANNELS + 1]).isEqualTo(WindowBits.GEOMETRY);
    assertThat(w.bits(4, 0)[6 * CHANNELS + 2]).isZero();
    assertThat(w.bits(4, 0)[6 * CHANNELS + 38]).isEqualTo(WindowBits.GEOMETRY);
    byte[] piece = w.bits(Box.of(new long[] {6, 4, 1, 0}, new long[] {1, 1, 2, 2}));
    assertThat(piece).containsExactly(WindowBits.GEOMETRY, WindowBits.GEOMETRY, 0, 0);
  }

  @Test
  void piecesMakeTheSameWindow() {
    float[] v = noise();
    VisibilityWindow whole = window(v);
    VisibilityWindow pieced = new VisibilityWindow(TIMES, BASELINES, CHANNELS, POLARIZATIONS);
    SampleMasks masks = new SampleMasks(TIMES, BASELINES, CHANNELS);
    for (int t = 0; t < TIMES; t += 3) {
      for (int c = 0; c < CHANNELS; c += 16) {
        Box piece =
            Box.of(new long[] {t, 0, c, 0}, new long[] {3, BASELINES, 16, POLARIZATIONS})
                .intersect(Box.all(Shape.of(TIMES, BASELINES, CHANNELS, POLARIZATIONS)));
        int n = (int) piece.size();
        float[] some = new float[2 * n];
        int k = 0;
        for (long i = piece.start(0); i < piece.end(0); i++) {
          for (long b = 0; b < BASELINES; b++) {
            int from = 2 * at((int) i, (int) b, c, 0);
            int count = (int) (2 * piece.extent(2) * POLARIZATIONS);
            System.arraycopy(v, from, some, k, count);
            k += count;
          }
        }
        pieced.put(piece, some, new short[n], masks);
      }
    }
    for (int b = 0; b < BASELINES; b++) {
      assertThat(pieced.amplitudes(b, 1)).isEqualTo(whole.amplitudes(b, 1));
    }
  }

  @Test
  void whatIsFoundInOneCorrelationGoesInAll() {
    float[] v = noise();
    v[2 * at(3, 2, 20, 1)] = 50;
    VisibilityWindow alone = window(v);
    new WindowFlagger(TIMES, CHANNELS, strategy(false, new Totals(1, 1, 1, 1))).flag(alone);
    assertThat(alone.bits(2, 1)[3 * CHANNELS + 20]).isEqualTo(WindowBits.RFI);
    assertThat(alone.bits(2, 0)[3 * CHANNELS + 20]).isZero();
    VisibilityWindow joined = window(v);
    new WindowFlagger(TIMES, CHANNELS, strategy(true, new Totals(1, 1, 1, 1))).flag(joined);
    assertThat(joined.bits(2, 1)[3 * CHANNELS + 20]).isEqualTo(WindowBits.RFI);
    assertThat(joined.bits(2, 0)[3 * CHANNELS + 20]).isEqualTo(WindowBits.RFI_EXTENSION);
    assertThat(joined.bits(3, 0)[3 * CHANNELS + 20]).isZero();
  }

  @Test
  void aCellThatIsBadOnMostBaselinesGoesOnAll() {
    float[] v = noise();
    for (int b = 0; b < 4; b++) {
      v[2 * at(3, b, 20, 0)] = 50;
    }
    VisibilityWindow w = window(v);
    new WindowFlagger(TIMES, CHANNELS, strategy(false, new Totals(0.5, 1, 1, 1))).flag(w);
    int cell = 3 * CHANNELS + 20;
    assertThat(w.bits(5, 0)[cell]).isEqualTo(WindowBits.TOTALS);
    assertThat(w.bits(1, 0)[cell] & 0xff).isEqualTo((WindowBits.RFI | WindowBits.TOTALS) & 0xff);
    assertThat(w.bits(5, 1)[cell]).isZero();
    VisibilityWindow less = window(v);
    new WindowFlagger(TIMES, CHANNELS, strategy(false, new Totals(0.7, 1, 1, 1))).flag(less);
    assertThat(less.bits(5, 0)[cell]).isZero();
    assertThatThrownBy(
            () -> new WindowFlagger(TIMES, 7, strategy(true, new Totals(1, 1, 1, 1))).flag(w))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsWhatWasSearched() {
    float[] v = noise();
    for (int t = 0; t < TIMES; t++) {
      v[2 * at(t, 2, 20, 1)] = 50;
    }
    SampleMasks masks = new SampleMasks(TIMES, BASELINES, CHANNELS);
    masks.maskBaseline(0, WindowBits.AUTOCORRELATION);
    VisibilityWindow w = window(v, new short[SAMPLES], masks);
    new WindowFlagger(TIMES, CHANNELS, strategy(true, new Totals(1, 1, 1, 1))).flag(w);
    int[] one = {0, 0, 0, 0, 1, 1};
    int[] two = {0, 1, 2, 3, 2, 3};
    SearchCounts counts = SearchCounts.of(w, one, two, 5);
    // 16 of 400 samples of channel 20, on baseline 0-2 alone.
    SearchCounts all = new SearchCounts(5, 2 * CHANNELS, TIMES);
    all.add(counts, CHANNELS, 0);
    all.add(SearchCounts.ofLongs(5, CHANNELS, TIMES, counts.toLongs()), 0, 0);
    assertThat(all.channelsAbove(0.19)[20 + CHANNELS]).isTrue();
    assertThat(all.channelsAbove(0.21)[20 + CHANNELS]).isFalse();
    assertThat(all.channelsAbove(0.19)[20]).isTrue();
    assertThat(all.channelsAbove(0.01)[21]).isFalse();
    assertThat(all.antennasAbove(0.012)).containsExactly(false, false, true, false, false);
    assertThat(all.antennasAbove(0.013)).containsOnly(false);
    assertThat(all.timesAbove(0.0049)).containsOnly(true);
    assertThat(all.timesAbove(0.0051)).containsOnly(false);
    assertThat(all.antennasAbove(1)).containsOnly(false);
  }

  @Test
  void countsFlagsByReason() {
    short[] flags = new short[2 * 3 * 4 * 2];
    flags[0] = 1; // time 0, baseline 0, channel 0, correlation 0
    flags[2 * 4 * 2 + 7] = (short) 0x8001; // time 0, baseline 2, channel 3, correlation 1
    int[] one = {0, 0, 0, 1};
    int[] two = {0, 0, 1, 2};
    FlagCounts counts = new FlagCounts(3, 4, 2, 2);
    counts.count(flags, new int[] {2, 3, 4, 2}, new int[] {0, 1, 0, 0}, one, two);
    FlagCounts all = new FlagCounts(3, 6, 5, 2);
    all.add(counts.toLongs(), new int[] {2, 3, 4, 2}, new int[] {3, 1, 2, 0});
    assertThat(all.samples(Axis.SET, 0)).isEqualTo(48);
    assertThat(all.flagged(Axis.SET, 0)).isEqualTo(2);
    assertThat(all.flagged(Axis.SET, 0, 0)).isEqualTo(2);
    assertThat(all.flagged(Axis.SET, 0, 15)).isEqualTo(1);
    // Baselines 0-0, 0-1 and 1-2.
    assertThat(all.samples(Axis.ANTENNA, 0)).isEqualTo(32);
    assertThat(all.flagged(Axis.ANTENNA, 0)).isEqualTo(1);
    assertThat(all.flagged(Axis.ANTENNA, 1)).isEqualTo(1);
    assertThat(all.flagged(Axis.ANTENNA, 2, 15)).isEqualTo(1);
    assertThat(all.samples(Axis.CHANNEL, 0)).isZero();
    assertThat(all.samples(Axis.CHANNEL, 2)).isEqualTo(12);
    assertThat(all.flagged(Axis.CHANNEL, 2)).isEqualTo(1);
    assertThat(all.flagged(Axis.CHANNEL, 5)).isEqualTo(1);
    assertThat(all.flagged(Axis.TIME, 3)).isEqualTo(2);
    assertThat(all.flagged(Axis.TIME, 4)).isZero();
    assertThat(all.samples(Axis.CORRELATION, 1)).isEqualTo(24);
    assertThat(all.flagged(Axis.CORRELATION, 1)).isEqualTo(1);
  }

  @Test
  void storedBitsAreThoseOfTheLayout() {
    assertThat(WindowBits.widen((byte) 0)).isZero();
    assertThat(WindowBits.widen(WindowBits.STATIC)).isEqualTo(1 << 1);
    assertThat(WindowBits.widen(WindowBits.ZERO)).isEqualTo(1 << 8);
    assertThat(WindowBits.widen(WindowBits.RFI)).isEqualTo(1 << 12);
    assertThat(WindowBits.widen(WindowBits.TOTALS)).isEqualTo(1 << 14);
    assertThat(WindowBits.widen((byte) 0xff)).isEqualTo(0x7f02);
  }
}
