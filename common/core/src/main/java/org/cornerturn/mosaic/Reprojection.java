package org.cornerturn.mosaic;

import java.util.Arrays;
import java.util.Optional;
import org.cornerturn.plane.CutOut;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * An image on another grid. Values are per beam or per solid angle, so they are interpolated, not
 * shared out. Pixels are blank where one that they need is blank or outside.
 */
public final class Reprojection {
  /** Rows of a grid between those of which every pixel is looked at. */
  private static final int COARSE = 64;

  /** Steps in a pixel at which the loss of noise is tabled. */
  private static final int TABLE = 32;

  private final Wcs wcs;
  private final int width;
  private final int height;
  private final CutOut window;
  private final Interpolation interpolation;
  private final double[] kept;

  /**
   * @param wcs of the image that is put onto other grids
   * @param beam of that image, like which its noise is correlated; null for noise that isn't
   */
  public Reprojection(
      Wcs wcs, int width, int height, Interpolation interpolation, GaussianBeam beam) {
    this(wcs, width, height, new CutOut(0, 0, width, height), interpolation, beam);
  }

  /**
   * As the other one, of an image of which only a window is at hand: what is put onto grids that
   * need no other pixels is the same to the last digit.
   *
   * @param window within the image; planes hold its pixels alone
   */
  public Reprojection(
      Wcs wcs,
      int width,
      int height,
      CutOut window,
      Interpolation interpolation,
      GaussianBeam beam) {
    if (window.x() < 0
        || window.y() < 0
        || window.width() > width - window.x()
        || window.height() > height - window.y()) {
      throw new IllegalArgumentException(window + " of " + width + " x " + height + " pixels");
    }
    this.wcs = wcs;
    this.width = width;
    this.height = height;
    this.window = window;
    this.interpolation = interpolation;
    kept = kept(beam);
  }

  /**
   * The window of an image's pixels that a grid needs; empty where it needs none. Found from the
   * grid's rim, since neighbours stay neighbours; where the grid has pixels that the image's
   * projection doesn't show, it is the whole image.
   */
  public static Optional<CutOut> window(
      Wcs wcs,
      int width,
      int height,
      Interpolation interpolation,
      Wcs target,
      int targetWidth,
      int targetHeight) {
    PixelMap map = new PixelMap(target, wcs);
    double[] at = new double[2];
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int seen = 0;
    int rim = 0;
    for (int y = 0; y < targetHeight; y++) {
      boolean whole = y == 0 || y == targetHeight - 1 || y % COARSE == 0;
      int step = whole ? 1 : Math.max(1, targetWidth - 1);
      for (int x = 0; x < targetWidth; x += step) {
        rim++;
        if (map.map(x, y, at)) {
          seen++;
          left = Math.min(left, at[0]);
          right = Math.max(right, at[0]);
          low = Math.min(low, at[1]);
          high = Math.max(high, at[1]);
        }
      }
    }
    if (seen == 0) {
      return Optional.empty();
    }
    if (seen < rim) {
      return Optional.of(new CutOut(0, 0, width, height));
    }
    int reach = interpolation.reach() + 1;
    int x0 = (int) Math.max(0, Math.floor(left) - reach);
    int y0 = (int) Math.max(0, Math.floor(low) - reach);
    int x1 = (int) Math.min(width, Math.ceil(right) + reach + 1);
    int y1 = (int) Math.min(height, Math.ceil(high) + reach + 1);
    return x0 < x1 && y0 < y1
        ? Optional.of(new CutOut(x0, y0, x1 - x0, y1 - y0))
        : Optional.empty();
  }

  /** Receives what the other grid's pixels are. */
  interface Sink {
    /**
     * @param index in the other grid's plane
     * @param value of the image there
     * @param variance of the noise after interpolation, as part of what it was
     */
    void pixel(int index, double value, double variance);
  }

  /**
   * The image on a grid.
   *
   * @param image (y, x) of the window
   * @param target its pixels
   * @return (targetHeight, targetWidth)
   */
  public float[] onto(float[] image, Wcs target, int targetWidth, int targetHeight) {
    float[] out = new float[Math.multiplyExact(targetWidth, targetHeight)];
    Arrays.fill(out, Float.NaN);
    visit(image, target, targetWidth, targetHeight, (i, v, variance) -> out[i] = (float) v);
    return out;
  }

  /** Visits the grid's pixels that the image shows, row by row. */
  void visit(float[] image, Wcs target, int targetWidth, int targetHeight, Sink sink) {
    if (image.length != Math.multiplyExact(window.width(), window.height())) {
      throw new IllegalArgumentException("an image of another size");
    }
    PixelMap map = new PixelMap(target, wcs);
    int reach = interpolation.reach();
    double[] wx = new double[2 * reach];
    double[] wy = new double[2 * reach];
    double[] pixel = new double[2];
    for (int y = 0; y < targetHeight; y++) {
      for (int x = 0; x < targetWidth; x++) {
        if (!map.map(x, y, pixel)) {
          continue;
        }
        // A pixel that is met but for rounding needs no neighbours.
        double px = settled(pixel[0]);
        double py = settled(pixel[1]);
        if (!(px >= 0 && py >= 0 && px <= width - 1 && py <= height - 1)) {
          continue;
        }
        double v = value(image, px, py, wx, wy);
        if (!Double.isNaN(v)) {
          sink.pixel(y * targetWidth + x, v, variance(px - Math.floor(px), py - Math.floor(py)));
        }
      }
    }
  }

  private static double settled(double place) {
    double whole = Math.rint(place);
    return Math.abs(place - whole) < 1e-7 ? whole : place;
  }

  private double value(float[] image, double px, double py, double[] wx, double[] wy) {
    int reach = interpolation.reach();
    int x0 = (int) Math.floor(px) - reach + 1;
    int y0 = (int) Math.floor(py) - reach + 1;
    interpolation.weights(px - Math.floor(px), wx);
    interpolation.weights(py - Math.floor(py), wy);
    double sum = 0;
    for (int j = 0; j < wy.length; j++) {
      if (wy[j] == 0) {
        continue;
      }
      int y = y0 + j;
      if (y < 0 || y >= height) {
        return Double.NaN;
      }
      double row = 0;
      for (int i = 0; i < wx.length; i++) {
        if (wx[i] == 0) {
          continue;
        }
        int x = x0 + i;
        if (x < 0 || x >= width) {
          return Double.NaN;
        }
        row += wx[i] * image[place(x, y)];
      }
      sum += wy[j] * row;
    }
    return sum;
  }

  /** Place of a pixel in the window's plane. */
  private int place(int x, int y) {
    int column = x - window.x();
    int row = y - window.y();
    if (column < 0 || row < 0 || column >= window.width() || row >= window.height()) {
      throw new IllegalArgumentException(
          "the grid needs pixel " + x + ", " + y + ", beyond " + window);
    }
    return row * window.width() + column;
  }

  /** Part of the variance of the noise that interpolation leaves. */
  private double variance(double fx, double fy) {
    double u = fx * TABLE;
    double v = fy * TABLE;
    int i = Math.min(TABLE - 1, (int) u);
    int j = Math.min(TABLE - 1, (int) v);
    int at = j * (TABLE + 1) + i;
    double low = kept[at] + (u - i) * (kept[at + 1] - kept[at]);
    double high = kept[at + TABLE + 1] + (u - i) * (kept[at + TABLE + 2] - kept[at + TABLE + 1]);
    return low + (v - j) * (high - low);
  }

  /**
   * Sum over pairs of pixels of their weights and the noise's correlation, by fractions of a pixel:
   * of noise with a beam's shape that is the beam convolved with itself.
   */
  private double[] kept(GaussianBeam beam) {
    int side = 2 * interpolation.reach();
    int offsets = 2 * side - 1;
    double[] correlation = new double[offsets * offsets];
    for (int j = 0; j < offsets; j++) {
      for (int i = 0; i < offsets; i++) {
        double dx = i - side + 1;
        double dy = j - side + 1;
        boolean same = dx == 0 && dy == 0;
        correlation[j * offsets + i] =
            beam == null
                ? (same ? 1 : 0)
                : beam.scaled(Math.sqrt(2))
                    .value(wcs.xx() * dx + wcs.xy() * dy, wcs.yx() * dx + wcs.yy() * dy);
      }
    }
    double[] out = new double[(TABLE + 1) * (TABLE + 1)];
    double[] wx = new double[side];
    double[] wy = new double[side];
    for (int v = 0; v <= TABLE; v++) {
      for (int u = 0; u <= TABLE; u++) {
        interpolation.weights((double) u / TABLE, wx);
        interpolation.weights((double) v / TABLE, wy);
        out[v * (TABLE + 1) + u] = spread(wx, wy, correlation, offsets);
      }
    }
    return out;
  }

  private static double spread(double[] wx, double[] wy, double[] correlation, int offsets) {
    int side = wx.length;
    // Weights of differences of places along x, then along y.
    double[] dx = new double[offsets];
    double[] dy = new double[offsets];
    for (int a = 0; a < side; a++) {
      for (int b = 0; b < side; b++) {
        dx[a - b + side - 1] += wx[a] * wx[b];
        dy[a - b + side - 1] += wy[a] * wy[b];
      }
    }
    double sum = 0;
    for (int j = 0; j < offsets; j++) {
      for (int i = 0; i < offsets; i++) {
        sum += dx[i] * dy[j] * correlation[j * offsets + i];
      }
    }
    return sum;
  }
}
