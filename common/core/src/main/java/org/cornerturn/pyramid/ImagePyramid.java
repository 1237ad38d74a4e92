package org.cornerturn.pyramid;

import java.util.Arrays;
import org.cornerturn.array.DataType.Primitive;

/**
 * Reduces images 2 by 2: mean, minimum and maximum, NaN ignored and counted. Minima and maxima are
 * exact at every level. A mean weighs its up to four pixels by the image pixels under each that
 * aren't NaN, in double precision, and is rounded to its own type at each level. The leading axes
 * of an array of higher rank are taken one plane at a time.
 *
 * <p>A tile that starts at even coordinates and ends at even ones, or the level's edge, gives the
 * pixels of the next level whose blocks it holds; how an image is cut into such tiles doesn't
 * change a bit.
 */
public final class ImagePyramid {
  private ImagePyramid() {}

  /**
   * The next coarser level of a tile.
   *
   * @param levels of the whole image
   * @param type of the image's pixels
   * @throws IllegalArgumentException when the tile cuts a block of 2 by 2 pixels
   */
  public static ImageTile reduce(ImageLevels levels, Primitive type, ImageTile tile) {
    tile.check(levels, type);
    int width = tile.width();
    int outHeight = (tile.height() + 1) / 2;
    int outWidth = (width + 1) / 2;
    Primitive value = Samples.valueType(type);
    int item = value.itemSize();
    byte[] min = new byte[Math.multiplyExact(outHeight * outWidth, item)];
    byte[] max = new byte[min.length];
    double[] means = new double[outHeight * outWidth];
    int[] nans = new int[outHeight * outWidth];
    KeyBins row = KeyBins.of(tile.level() == 0 ? type : value, width);
    KeyBins upper = KeyBins.of(value, outWidth);
    KeyBins lower = KeyBins.of(value, outWidth);
    Weighted sums = new Weighted(levels, type, tile);
    long nanTotal = 0;
    for (int y = 0; y < outHeight; y++) {
      read(row, type, tile, 2 * y);
      row.reduce(0, width, 2, upper, 0);
      if (2 * y + 1 < tile.height()) {
        read(row, type, tile, 2 * y + 1);
        row.reduce(0, width, 2, lower, 0);
        upper.merge(lower, outWidth);
      }
      int at = y * outWidth * item;
      upper.writeBins(0, outWidth, min, at, max, at, 1);
      nanTotal += sums.row(y, means, nans);
    }
    return new ImageTile(
        tile.level() + 1,
        tile.y() / 2,
        tile.x() / 2,
        outHeight,
        outWidth,
        min,
        max,
        Samples.fromDoubles(Samples.meanType(type), means, means.length),
        nanTotal == 0 ? null : nans);
  }

  private static void read(KeyBins row, Primitive type, ImageTile tile, int y) {
    int width = tile.width();
    if (tile.level() == 0) {
      row.readSamples(tile.min(), y * width * type.itemSize(), width);
    } else {
      int at = y * width * Samples.valueType(type).itemSize();
      row.readBins(tile.min(), at, tile.max(), at, 1, 0, width);
    }
  }

  /** Weighted means and NaN counts, two rows at a time. */
  private static final class Weighted {
    private final ImageLevels levels;
    private final Primitive type;
    private final ImageTile tile;
    private final double[] values;
    private final double[] sum;
    private final long[] weight;

    Weighted(ImageLevels levels, Primitive type, ImageTile tile) {
      this.levels = levels;
      this.type = type;
      this.tile = tile;
      this.values = new double[tile.width()];
      this.sum = new double[(tile.width() + 1) / 2];
      this.weight = new long[(tile.width() + 1) / 2];
    }

    /** Fills a row of means and NaN counts; returns its NaN. */
    long row(int outY, double[] means, int[] nans) {
      int outWidth = sum.length;
      Arrays.fill(sum, 0);
      Arrays.fill(weight, 0);
      long found = 0;
      for (int y = 2 * outY; y < Math.min(2 * outY + 2, tile.height()); y++) {
        found += tile.level() == 0 ? pixels(y, outY, nans) : coarser(y, outY, nans);
      }
      Primitive meanType = Samples.meanType(type);
      for (int x = 0; x < outWidth; x++) {
        means[outY * outWidth + x] = Samples.rounded(meanType, sum[x] / weight[x]);
      }
      return found;
    }

    private long pixels(int y, int outY, int[] nans) {
      Samples.toDoubles(type, tile.min(), y * tile.width() * type.itemSize(), values, tile.width());
      long found = 0;
      for (int x = 0; x < tile.width(); x++) {
        double v = values[x];
        if (v == v) {
          sum[x / 2] += v;
          weight[x / 2]++;
        } else {
          nans[outY * sum.length + x / 2]++;
          found++;
        }
      }
      return found;
    }

    private long coarser(int y, int outY, int[] nans) {
      Primitive meanType = Samples.meanType(type);
      int first = y * tile.width();
      Samples.toDoubles(meanType, tile.mean(), first * meanType.itemSize(), values, tile.width());
      long found = 0;
      for (int x = 0; x < tile.width(); x++) {
        int nan = tile.nanCount() == null ? 0 : tile.nanCount()[first + x];
        long n = levels.pixelsIn(tile.level(), tile.y() + y, tile.x() + x) - nan;
        if (n > 0) {
          sum[x / 2] += values[x] * n;
          weight[x / 2] += n;
        }
        nans[outY * sum.length + x / 2] += nan;
        found += nan;
      }
      return found;
    }
  }
}
