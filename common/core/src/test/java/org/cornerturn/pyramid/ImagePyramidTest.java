package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.DataType.Primitive;
import org.junit.jupiter.api.Test;

class ImagePyramidTest {
  private static final double NAN = Double.NaN;

  private static double[] doubles(byte[] b) {
    double[] d = new double[b.length / 8];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(d);
    return d;
  }

  @Test
  void handComputedTwoByTwo() {
    double[] image = {
      1, 2, NAN,
      3, 6, 5,
      -1, NAN, NAN,
    };
    ImageLevels levels = new ImageLevels(3, 3, 1);
    assertThat(levels.count()).isEqualTo(2);
    ImageTile one =
        ImagePyramid.reduce(
            levels, Primitive.FLOAT64, ImageTile.ofImage(0, 0, 3, 3, Block.toBytes(image)));
    assertThat(doubles(one.mean())).containsExactly(3, 5, -1, NAN);
    assertThat(doubles(one.min())).containsExactly(1, 5, -1, NAN);
    assertThat(doubles(one.max())).containsExactly(6, 5, -1, NAN);
    assertThat(one.nanCount()).containsExactly(0, 1, 1, 1);
    ImageTile two = ImagePyramid.reduce(levels, Primitive.FLOAT64, one);
    assertThat(doubles(two.mean())).containsExactly((4 * 3 + 5 - 1) / 6.0);
    assertThat(doubles(two.min())).containsExactly(-1);
    assertThat(doubles(two.max())).containsExactly(6);
    assertThat(two.nanCount()).containsExactly(3);
  }

  @Test
  void integersKeepTheirTypeAndMeansAreFloat32() {
    byte[] image = {(byte) 200, 100, 0, (byte) 255};
    ImageTile one =
        ImagePyramid.reduce(
            new ImageLevels(2, 2, 1), Primitive.UINT8, ImageTile.ofImage(0, 0, 2, 2, image));
    assertThat(one.min()).containsExactly(0);
    assertThat(one.max()).containsExactly(255);
    assertThat(one.mean()).isEqualTo(Block.toBytes(new float[] {138.75f}));
    assertThat(one.nanCount()).isNull();
  }

  /** Tiles of even sides, reduced one by one, against the definition over the whole image. */
  @Property(tries = 100)
  void tilesGiveTheDefinition(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 8) int half,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] image = new double[height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(5) == 0 ? NAN : random.nextInt(2001) - 1000;
    }
    ImageLevels levels = new ImageLevels(height, width, 1);
    ImageTile whole = ImageTile.ofImage(0, 0, height, width, Block.toBytes(image));
    int tile = 2 * half;
    for (int k = 1; k <= levels.count(); k++) {
      ImageTile next = ImagePyramid.reduce(levels, Primitive.FLOAT64, whole);
      for (int y = 0; y < whole.height(); y += tile) {
        for (int x = 0; x < whole.width(); x += tile) {
          ImageTile part = ImagePyramid.reduce(levels, Primitive.FLOAT64, cut(whole, y, x, tile));
          ImageTile same = cut(next, y / 2, x / 2, half);
          assertThat(part.min()).isEqualTo(same.min());
          assertThat(part.max()).isEqualTo(same.max());
          assertThat(part.mean()).isEqualTo(same.mean());
        }
      }
      whole = next;
      compare(levels, k, whole, image, width);
    }
  }

  private static ImageTile cut(ImageTile t, int y, int x, int side) {
    int h = Math.min(side, t.height() - y);
    int w = Math.min(side, t.width() - x);
    int[] nans = null;
    if (t.nanCount() != null) {
      nans = new int[h * w];
      BoxCopy.copy(t.nanCount(), box(0, 0, t.height(), t.width()), nans, box(y, x, h, w), 1);
    }
    byte[] min = cut(t.min(), t, y, x, h, w);
    return new ImageTile(
        t.level(),
        y,
        x,
        h,
        w,
        min,
        t.level() == 0 ? min : cut(t.max(), t, y, x, h, w),
        t.level() == 0 ? null : cut(t.mean(), t, y, x, h, w),
        nans);
  }

  private static byte[] cut(byte[] all, ImageTile t, int y, int x, int h, int w) {
    byte[] out = new byte[8 * h * w];
    BoxCopy.copy(all, box(0, 0, t.height(), t.width()), out, box(y, x, h, w), 8);
    return out;
  }

  private static Box box(long y, long x, long h, long w) {
    return Box.of(new long[] {y, x}, new long[] {h, w});
  }

  private static void compare(ImageLevels levels, int k, ImageTile t, double[] image, int width) {
    int side = 1 << k;
    double[] min = doubles(t.min());
    double[] max = doubles(t.max());
    double[] mean = doubles(t.mean());
    assertThat(t.height()).isEqualTo((int) levels.height(k));
    for (int y = 0; y < t.height(); y++) {
      for (int x = 0; x < t.width(); x++) {
        double lo = NAN;
        double hi = NAN;
        double sum = 0;
        int n = 0;
        int nans = 0;
        for (int i = y * side; i < Math.min((y + 1) * side, levels.height()); i++) {
          for (int j = x * side; j < Math.min((x + 1) * side, width); j++) {
            double v = image[i * width + j];
            if (Double.isNaN(v)) {
              nans++;
              continue;
            }
            lo = n == 0 ? v : Math.min(lo, v);
            hi = n == 0 ? v : Math.max(hi, v);
            sum += v;
            n++;
          }
        }
        int at = y * t.width() + x;
        assertThat((Double) min[at]).isEqualTo((Double) lo);
        assertThat((Double) max[at]).isEqualTo((Double) hi);
        assertThat(t.nanCount() == null ? 0 : t.nanCount()[at]).isEqualTo(nans);
        if (n == 0) {
          assertThat(mean[at]).isNaN();
        } else {
          assertThat(mean[at]).isCloseTo(sum / n, within(1e-10));
        }
      }
    }
  }

  @Test
  void tilesThatCutABlockAreRefused() {
    ImageLevels levels = new ImageLevels(8, 8, 1);
    assertThatThrownBy(
            () ->
                ImagePyramid.reduce(
                    levels, Primitive.INT8, ImageTile.ofImage(0, 1, 2, 2, new byte[4])))
        .hasMessageContaining("2 by 2");
    assertThatThrownBy(
            () ->
                ImagePyramid.reduce(
                    levels, Primitive.INT8, ImageTile.ofImage(0, 0, 3, 2, new byte[6])))
        .hasMessageContaining("2 by 2");
  }
}
