package org.cornerturn.jobs.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every level against the plainest computation from the array itself. */
class PyramidKernelTest {
  @TempDir Path folder;

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray());
  }

  private TestStore make(
      ZarrFormat format, Primitive type, Shape shape, Shape chunk, PyramidParameters p)
      throws IOException {
    TestStore store =
        new TestStore(folder.resolve("s.zarr"), format).array("g/a", type, shape, chunk).publish();
    RunReport report =
        TestStore.loop(
            new PyramidParameters(store.uri("g/a"), p.kind(), p.factor(), p.mean()),
            Existing.REFUSE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    return store;
  }

  @ParameterizedTest
  @CsvSource({
    "V3, INT16, 20001, 20001, 8, 2",
    "V2, INT8, 5000, 700, 2, 2",
    "V3, UINT16, 3x9000, 2x1000, 4, 2",
    "V2, INT32, 2x3x7001, 1x2x7001, 8, 1",
    "V3, UINT64, 40x3333, 7x500, 16, 1",
    "V3, FLOAT32, 2x50003, 1x4096, 8, 2",
    "V2, FLOAT64, 5x2x6000, 2x2x6000, 4, 1",
    "V3, INT64, 9000000, 250000, 8, 5",
    "V2, FLOAT32, 9000001, 9000001, 16, 4",
  })
  void linesAreRight(
      ZarrFormat format, Primitive type, String shapeText, String chunk, int factor, int levels)
      throws IOException {
    Shape shape = shape(shapeText);
    TestStore store =
        make(format, type, shape, shape(chunk), new PyramidParameters("", Kind.LINE, factor, true));
    double[] samples = store.read("g/a");
    int n = (int) shape.dim(shape.rank() - 1);
    assertThat(store.open().group("g/a_pyramid").arrayNames())
        .contains(Integer.toString(levels))
        .doesNotContain(Integer.toString(levels + 1));
    for (int level = 1; level <= levels; level++) {
      long width = (long) Math.pow(factor, level);
      ArrayMetadata m = store.open().array("g/a_pyramid/" + level).metadata();
      int bins = (int) ((n + width - 1) / width);
      assertThat(m.shape().dim(shape.rank() - 1)).isEqualTo(bins);
      assertThat(m.type()).isEqualTo(type);
      assertThat(m.attributes().get("samples_per_bin").longValue()).isEqualTo(width);
      assertThat(m.attributes().get("tail_samples").longValue()).isEqualTo(n % width);
      double[] pairs = store.read("g/a_pyramid/" + level);
      double[] means = store.read("g/a_pyramid/mean_" + level);
      double[] nans = type.isFloat() ? store.read("g/a_pyramid/nan_count_" + level) : null;
      for (int line = 0; line < samples.length / n; line++) {
        for (int bin = 0; bin < bins; bin++) {
          Naive naive = new Naive();
          for (long i = bin * width; i < Math.min(n, (bin + 1) * width); i++) {
            naive.add(samples[(int) (line * (long) n + i)]);
          }
          int at = line * bins + bin;
          naive.check(pairs[2 * at], pairs[2 * at + 1], means[at], nans == null ? 0 : nans[at]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V3, UINT8, 700x1031, 700x1031, 3",
    "V2, INT16, 513x300, 100x77, 2",
    "V3, FLOAT32, 3x2049x517, 2x64x64, 4",
    "V2, FLOAT64, 40x300x301, 7x50x301, 1",
    "V3, UINT16, 2x2x2x600, 1x2x1x600, 2",
    "V3, INT32, 2600x1300, 1x1300, 4",
    "V3, FLOAT32, 4500x4300, 1000x1000, 5",
  })
  void imagesAreRight(ZarrFormat format, Primitive type, String shapeText, String chunk, int levels)
      throws IOException {
    Shape shape = shape(shapeText);
    TestStore store =
        make(format, type, shape, shape(chunk), new PyramidParameters("", Kind.IMAGE, 8, false));
    double[] pixels = store.read("g/a");
    int h = (int) shape.dim(shape.rank() - 2);
    int w = (int) shape.dim(shape.rank() - 1);
    assertThat(store.open().group("g/a_pyramid/mean").arrayNames()).hasSize(levels);
    for (int level = 1; level <= levels; level++) {
      int side = 1 << level;
      int height = (h + side - 1) / side;
      int width = (w + side - 1) / side;
      double[] mean = store.read("g/a_pyramid/mean/" + level);
      double[] min = store.read("g/a_pyramid/min/" + level);
      double[] max = store.read("g/a_pyramid/max/" + level);
      double[] nans = type.isFloat() ? store.read("g/a_pyramid/nan_count/" + level) : null;
      assertThat(mean).hasSize(pixels.length / h / w * height * width);
      for (int at = 0; at < mean.length; at++) {
        int image = at / (height * width);
        int y = at / width % height;
        int x = at % width;
        Naive naive = new Naive();
        for (int i = y * side; i < Math.min(h, (y + 1) * side); i++) {
          for (int j = x * side; j < Math.min(w, (x + 1) * side); j++) {
            naive.add(pixels[(image * h + i) * w + j]);
          }
        }
        naive.check(min[at], max[at], mean[at], nans == null ? 0 : nans[at]);
      }
    }
  }

  private static final class Naive {
    private double min = Double.NaN;
    private double max = Double.NaN;
    private double sum;
    private int count;
    private int nans;

    void add(double v) {
      if (Double.isNaN(v)) {
        nans++;
        return;
      }
      min = count == 0 ? v : Math.min(min, v);
      max = count == 0 ? v : Math.max(max, v);
      sum += v;
      count++;
    }

    void check(double itsMin, double itsMax, double itsMean, double itsNans) {
      boolean same = Double.compare(min, itsMin) == 0 && Double.compare(max, itsMax) == 0;
      if (!same) { // Plain comparison first: assertions in millions are slow.
        assertThat(itsMin).isEqualTo(min);
        assertThat(itsMax).isEqualTo(max);
      }
      if (count == 0) {
        assertThat(itsMean).isNaN();
      } else if (Math.abs(itsMean - sum / count) > 1e-4) {
        assertThat(itsMean).isCloseTo(sum / count, within(1e-4));
      }
      if (nans != itsNans) {
        assertThat(itsNans).isEqualTo(nans);
      }
    }
  }
}
