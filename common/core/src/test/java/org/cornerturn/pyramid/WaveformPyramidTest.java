package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaveformPyramidTest {
  /** Everything that came out, each level's bytes joined and its runs checked to be in sequence. */
  private static final class Collected implements BinRun.Sink {
    private final List<List<BinRun>> runs = new ArrayList<>();

    Collected(int levels) {
      for (int i = 0; i <= levels; i++) {
        runs.add(new ArrayList<>());
      }
    }

    @Override
    public void accept(BinRun run) {
      List<BinRun> before = runs.get(run.level());
      if (!before.isEmpty()) {
        BinRun last = before.get(before.size() - 1);
        assertThat(run.firstBin()).isEqualTo(last.firstBin() + last.count());
      }
      before.add(run);
    }

    byte[] minMax(int level) {
      return joined(runs.get(level).stream().map(BinRun::minMax).toList());
    }

    byte[] mean(int level) {
      return joined(runs.get(level).stream().map(BinRun::mean).toList());
    }

    long[] nans(int level) {
      return runs.get(level).stream()
          .flatMapToLong(
              r -> Arrays.stream(r.nanCount() == null ? new long[r.count()] : r.nanCount()))
          .toArray();
    }

    private static byte[] joined(List<byte[]> parts) {
      ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(p -> p.length).sum());
      parts.forEach(all::put);
      return all.array();
    }
  }

  private static int[] chunks(PyramidLevels levels, int bins) {
    int[] c = new int[levels.count()];
    Arrays.fill(c, bins - bins % levels.factor());
    return c;
  }

  private static Collected whole(Primitive type, PyramidLevels levels, byte[] samples) {
    Collected out = new Collected(levels.count());
    WaveformPyramid p =
        WaveformPyramid.fromSamples(
            levels, type, chunks(levels, 1 << 16), Statistics.MIN_MAX_MEAN, out);
    p.begin();
    p.samples(samples, 0, samples.length / type.itemSize());
    p.finish();
    return out;
  }

  private static byte[] random(Primitive type, int n, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[n * type.itemSize()];
    random.nextBytes(bytes);
    if (type == Primitive.FLOAT32 || type == Primitive.COMPLEX64) {
      float[] f = new float[bytes.length / 4];
      for (int i = 0; i < f.length; i++) {
        f[i] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
      }
      return Block.toBytes(f);
    }
    if (type == Primitive.FLOAT64 || type == Primitive.COMPLEX128) {
      double[] f = new double[bytes.length / 8];
      for (int i = 0; i < f.length; i++) {
        f[i] = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian();
      }
      return Block.toBytes(f);
    }
    return bytes;
  }

  @Test
  void handComputedLevels() {
    short[] trace = {3, -1, 7, 2, 5, 5, -9, 0, 32767, -32768};
    PyramidLevels levels = new PyramidLevels(trace.length, 4, 1);
    Collected out = whole(Primitive.INT16, levels, Block.toBytes(trace));
    assertThat(out.minMax(1)).isEqualTo(Block.toBytes(new short[] {-1, 7, -9, 5, -32768, 32767}));
    assertThat(out.minMax(2)).isEqualTo(Block.toBytes(new short[] {-32768, 32767}));
    assertThat(out.mean(1)).isEqualTo(Block.toBytes(new float[] {2.75f, 0.25f, -0.5f}));
    assertThat(out.mean(2)).isEqualTo(Block.toBytes(new float[] {(11 + 1 - 1) / 10f}));
  }

  @Test
  void nanIsIgnoredAndCounted() {
    float nan = Float.NaN;
    float[] trace = {nan, 1, 2, nan, nan, nan, nan, nan, -0.0f, 0.0f, 5, nan};
    PyramidLevels levels = new PyramidLevels(trace.length, 4, 1);
    Collected out = whole(Primitive.FLOAT32, levels, Block.toBytes(trace));
    assertThat(out.minMax(1)).isEqualTo(Block.toBytes(new float[] {1, 2, nan, nan, -0.0f, 5}));
    assertThat(out.nans(1)).containsExactly(2, 4, 1);
    assertThat(out.minMax(2)).isEqualTo(Block.toBytes(new float[] {-0.0f, 5}));
    assertThat(out.nans(2)).containsExactly(7);
    assertThat(out.mean(2)).isEqualTo(Block.toBytes(new float[] {1.6f}));
  }

  @Test
  void infinitiesAreValues() {
    double inf = Double.POSITIVE_INFINITY;
    double[] trace = {inf, 1, -inf, Double.NaN};
    Collected out = whole(Primitive.FLOAT64, new PyramidLevels(4, 4, 1), Block.toBytes(trace));
    assertThat(out.minMax(1)).isEqualTo(Block.toBytes(new double[] {-inf, inf}));
    assertThat(out.mean(1)).isEqualTo(Block.toBytes(new double[] {Double.NaN}));
    assertThat(out.nans(1)).containsExactly(1);
  }

  @Test
  void complexSamplesEnterByMagnitude() {
    float[] trace = {3, 4, 0, -1, 6, -8};
    Collected out = whole(Primitive.COMPLEX64, new PyramidLevels(3, 4, 1), Block.toBytes(trace));
    assertThat(out.minMax(1)).isEqualTo(Block.toBytes(new float[] {1, 10}));
    assertThat(WaveformPyramid.valueType(Primitive.COMPLEX64)).isEqualTo(Primitive.FLOAT32);
  }

  @ParameterizedTest
  @EnumSource(Primitive.class)
  void everyTypeAgreesWithTheObviousLoop(Primitive type) {
    for (int factor : new int[] {2, 3, 4, 8}) {
      int n = 2000 + factor;
      byte[] samples = random(type, n, factor);
      PyramidLevels levels = new PyramidLevels(n, factor, 1);
      Collected out = whole(type, levels, samples);
      for (int k = 1; k <= levels.count(); k++) {
        assertThat(out.minMax(k))
            .as("%s level %d factor %d", type, k, factor)
            .isEqualTo(NaiveBins.minMax(type, samples, levels.samplesPerBin(k)));
        assertThat(out.nans(k))
            .isEqualTo(NaiveBins.nanCounts(type, samples, levels.samplesPerBin(k)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Primitive.class,
      names = {"INT16", "INT32", "FLOAT64"})
  void meansAgreeWithTheObviousLoop(Primitive type) {
    byte[] samples = random(type, 3_007, 5);
    PyramidLevels levels = new PyramidLevels(3_007, 4, 1);
    Collected out = whole(type, levels, samples);
    for (int k = 1; k <= levels.count(); k++) {
      double[] expected = NaiveBins.means(type, samples, levels.samplesPerBin(k));
      ByteBuffer got = ByteBuffer.wrap(out.mean(k)).order(ByteOrder.LITTLE_ENDIAN);
      double scale = type == Primitive.FLOAT64 ? 1 : type == Primitive.INT16 ? 32768 : 0x1p31;
      double tolerance = scale * (type == Primitive.INT16 ? 1e-6 : 1e-12);
      for (double e : expected) {
        double mean = type == Primitive.INT16 ? got.getFloat() : got.getDouble();
        assertThat(mean).isCloseTo(e, within(tolerance));
      }
    }
  }

  @Property(tries = 200)
  void piecesOfAnyLengthGiveTheSameBytes(
      @ForAll @IntRange(min = 1, max = 20_000) int n,
      @ForAll @IntRange(min = 2, max = 5) int factor,
      @ForAll @IntRange(min = 1, max = 3000) int piece,
      @ForAll @IntRange(min = 5, max = 100) int chunk,
      @ForAll long seed) {
    Primitive type = Primitive.values()[Math.floorMod(seed, Primitive.values().length)];
    byte[] samples = random(type, n, seed);
    PyramidLevels levels = new PyramidLevels(n, factor, 1);
    Collected expected = whole(type, levels, samples);
    Collected out = new Collected(levels.count());
    WaveformPyramid p =
        WaveformPyramid.fromSamples(
            levels, type, chunks(levels, chunk), Statistics.MIN_MAX_MEAN, out);
    p.begin();
    Random random = new Random(seed);
    for (int at = 0; at < n; ) {
      int count = Math.min(n - at, random.nextInt(piece + 1));
      p.samples(samples, at * type.itemSize(), count);
      at += count;
    }
    p.finish();
    assertSame(levels, out, expected);
  }

  @Property(tries = 200)
  void rangesAndASecondWaveGiveTheSameBytes(
      @ForAll @IntRange(min = 1, max = 40_000) int n,
      @ForAll @IntRange(min = 2, max = 4) int factor,
      @ForAll @IntRange(min = 2, max = 4) int fine,
      @ForAll @IntRange(min = 1, max = 9) int odd,
      @ForAll long seed) {
    Primitive type = Primitive.values()[Math.floorMod(seed, Primitive.values().length)];
    byte[] samples = random(type, n, seed);
    PyramidLevels levels = new PyramidLevels(n, factor, 1);
    Collected expected = whole(type, levels, samples);
    long range = odd * (long) Math.pow(factor, fine);
    int own = levels.levelsWithin(range);
    int[] fineChunks = new int[own];
    for (int k = 1; k <= own; k++) {
      fineChunks[k - 1] = (int) levels.chunkBins(k, range, 1 << 12);
    }
    Collected out = new Collected(levels.count());
    WaveformPyramid p =
        WaveformPyramid.fromSamples(levels, type, fineChunks, Statistics.MIN_MAX_MEAN, out);
    Overview overview = new Overview(type, n);
    p.alongside(overview);
    List<Overview.Part> parts = new ArrayList<>();
    for (long start = 0; start < n; start += range) {
      long end = Math.min(n, start + range);
      p.begin(start, end);
      p.samples(samples, (int) start * type.itemSize(), (int) (end - start));
      p.finish();
      parts.add(overview.part());
    }
    if (own > 0 && own < levels.count()) {
      int[] coarse = new int[levels.count() - own];
      Arrays.fill(coarse, 7 * factor);
      WaveformPyramid second =
          WaveformPyramid.fromLevel(own, levels, type, coarse, Statistics.MIN_MAX_MEAN, out);
      second.begin();
      List.copyOf(out.runs.get(own)).forEach(second::bins);
      second.finish();
    }
    if (own > 0) {
      assertSame(levels, out, expected);
    }
    assertThat(Overview.join(type, n, parts)).isEqualTo(NaiveBins.overview(type, samples));
  }

  private static void assertSame(PyramidLevels levels, Collected out, Collected expected) {
    for (int k = 1; k <= levels.count(); k++) {
      assertThat(out.minMax(k)).as("level %d", k).isEqualTo(expected.minMax(k));
      assertThat(out.mean(k)).as("mean of level %d", k).isEqualTo(expected.mean(k));
      assertThat(out.nans(k)).isEqualTo(expected.nans(k));
    }
  }

  @Test
  void refusesRangesThatCutABin() {
    PyramidLevels levels = new PyramidLevels(1000, 4, 1);
    WaveformPyramid p =
        WaveformPyramid.fromSamples(
            levels, Primitive.INT16, new int[] {16, 16}, Statistics.MIN_MAX, r -> {});
    assertThatThrownBy(() -> p.begin(8, 1000)).isInstanceOf(IllegalArgumentException.class);
    p.begin(0, 16);
    assertThatThrownBy(() -> p.samples(new byte[64], 0, 17))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(p::finish).isInstanceOf(IllegalStateException.class);
  }
}
