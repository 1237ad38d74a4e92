package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;

class PlaneReducerTest {
  @Property(tries = 300)
  void isWhatAPlainLoopGives(
      @ForAll Primitive type,
      @ForAll Reduction how,
      @ForAll @IntRange(min = 1, max = 13) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 15) int rowStep,
      @ForAll @IntRange(min = 1, max = 45) int columnStep,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] plane = new byte[rows * columns * type.itemSize()];
    random.nextBytes(plane);
    if (type == Primitive.BOOL) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] &= 1;
      }
    }
    PlaneReducer reducer = new PlaneReducer(type, how, rows, columns, rowStep, columnStep);
    feedInPieces(reducer, type, plane, rows, columns, random);
    Block result = reducer.result();
    assertThat(result.shape()).isEqualTo(Shape.of(up(rows, rowStep), up(columns, columnStep)));
    double[] samples = new double[rows * columns];
    Samples.toDoubles(type, plane, 0, samples, samples.length);
    double[] found = result.toDoubles();
    for (int r = 0; r < result.shape().dim(0); r++) {
      for (int c = 0; c < result.shape().dim(1); c++) {
        double expected = naive(samples, columns, how, r, c, rowStep, columnStep, rows);
        double actual = found[(int) (r * result.shape().dim(1) + c)];
        check(result.type(), how, actual, expected, largest(samples));
      }
    }
  }

  private static int up(int n, int step) {
    return (n + step - 1) / step;
  }

  private static void feedInPieces(
      PlaneReducer reducer, Primitive type, byte[] plane, int rows, int columns, Random random) {
    int cut = random.nextInt(columns + 1);
    for (int r = rows - 1; r >= 0; r--) {
      int at = r * columns * type.itemSize();
      reducer.add(r, cut, plane, at + cut * type.itemSize(), columns - cut);
      reducer.add(r, 0, plane, at, cut);
    }
  }

  private static double naive(
      double[] samples, int columns, Reduction how, int r, int c, int dr, int dc, int rows) {
    double least = Double.NaN;
    double greatest = Double.NaN;
    double sum = 0;
    int n = 0;
    for (int y = r * dr; y < Math.min(rows, (r + 1) * dr); y++) {
      for (int x = c * dc; x < Math.min(columns, (c + 1) * dc); x++) {
        double v = samples[y * columns + x];
        if (!Double.isNaN(v)) {
          least = n == 0 ? v : Math.min(least, v);
          greatest = n == 0 ? v : Math.max(greatest, v);
          sum += v;
          n++;
        }
      }
    }
    return switch (how) {
      case MIN -> least;
      case MAX -> greatest;
      case MEAN -> sum / n;
    };
  }

  private static double largest(double[] samples) {
    return DoubleStream.of(samples).filter(Double::isFinite).map(Math::abs).max().orElse(0);
  }

  private static void check(
      Object type, Reduction how, double actual, double expected, double scale) {
    boolean finite = Double.isFinite(expected) && Double.isFinite(actual);
    if (how == Reduction.MEAN && !finite && scale > Double.MAX_VALUE / 4096) {
      return; // Sums of the largest numbers leave the range of the type in one order or another.
    }
    if (how != Reduction.MEAN || !finite) {
      assertThat(actual).isEqualTo(Double.valueOf(expected));
    } else {
      double part = type == Primitive.FLOAT32 ? 1e-6 : 1e-12;
      assertThat(actual).isCloseTo(expected, within(scale * part));
    }
  }

  @Test
  void aSpikeSurvivesAnyLevelAndIntegersOf64BitsStayExact() {
    long[] samples = new long[100_000];
    samples[77_777] = Long.MAX_VALUE;
    samples[12_345] = Long.MIN_VALUE + 1;
    byte[] bytes = Block.toBytes(samples);
    for (int step : new int[] {1, 7, 1000, 100_000}) {
      PlaneReducer max = new PlaneReducer(Primitive.INT64, Reduction.MAX, 1, 100_000, 1, step);
      PlaneReducer min = new PlaneReducer(Primitive.INT64, Reduction.MIN, 1, 100_000, 1, step);
      max.add(0, 0, bytes, 0, 100_000);
      min.add(0, 0, bytes, 0, 100_000);
      assertThat(max.result().longs()[77_777 / step]).isEqualTo(Long.MAX_VALUE);
      assertThat(min.result().longs()[12_345 / step]).isEqualTo(Long.MIN_VALUE + 1);
    }
  }

  @Test
  void meansLeaveNanOut() {
    byte[] bytes = Block.toBytes(new float[] {1, Float.NaN, 3, Float.NaN});
    PlaneReducer mean = new PlaneReducer(Primitive.FLOAT32, Reduction.MEAN, 1, 4, 1, 3);
    mean.add(0, 0, bytes, 0, 4);
    assertThat(mean.result().floats()).containsExactly(2, Float.NaN);
  }

  @Test
  void impossiblePlanesAreRefused() {
    assertThatThrownBy(() -> new PlaneReducer(Primitive.INT8, Reduction.MIN, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlaneReducer(Primitive.INT8, Reduction.MIN, 1L << 40, 4, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
