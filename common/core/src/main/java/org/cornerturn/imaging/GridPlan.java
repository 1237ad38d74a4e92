package org.cornerturn.imaging;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.cornerturn.fourier.FourierRows;

/**
 * How visibilities are gridded for an image: kernels, padded grid and positions of the w-planes.
 * All tasks of an image share one plan, so that what they grid can be added.
 *
 * <p>The image's n - 1 lies between its least value and 0, that of a facet in a part of it. Its
 * middle is taken out of each visibility as a phase, which halves the number of planes (Ye, Gull,
 * Tan and Nikolic 2021); so are l and m of a facet's middle.
 */
public final class GridPlan {
  /** Cells along the side of a tile, in which samples are gridded together. */
  static final int TILE = 16;

  // Nanoseconds, about, on one core: of a sample, of one of its taps, of a point of a padded plane.
  private static final double SAMPLE_COST = 60;
  private static final double TAP_COST = 0.7;
  private static final double POINT_COST = 14;

  // How much of the whole error rounding may be; of double precision, how much at all, so that the
  // degridder is the adjoint to 1e-12.
  private static final double ROUNDING_SHARE = 0.3;
  private static final double LEAST_ROUNDING = 1e-13;

  /** Steps of w-planes that rounding of w may take. */
  private static final double MARGIN = 1e-3;

  private final ImageGeometry geometry;
  private final double accuracy;
  private final Precision precision;
  private final UvwExtent extent;
  private final GriddingKernel uvKernel;
  private final GriddingKernel wKernel;
  private final int paddedWidth;
  private final int paddedHeight;
  private final double middleN;
  private final double firstPlaneW;
  private final double planeStepW;
  private final int planes;

  private GridPlan(
      ImageGeometry geometry,
      double accuracy,
      Precision precision,
      UvwExtent extent,
      GriddingKernel uvKernel,
      GriddingKernel wKernel) {
    this.geometry = geometry;
    this.accuracy = accuracy;
    this.precision = precision;
    this.extent = extent;
    this.uvKernel = uvKernel;
    this.wKernel = wKernel;
    paddedWidth = padded(geometry.width(), uvKernel);
    paddedHeight = padded(geometry.height(), uvKernel);
    middleN = (geometry.leastNMinusOne() + geometry.mostNMinusOne()) / 2;
    planeStepW = stepW(geometry, wKernel);
    planes = planes(geometry, extent, wKernel);
    // The taps of the least w begin at the first plane.
    firstPlaneW = extent.leastW() - (wKernel.support() / 2.0 - 1 + MARGIN) * planeStepW;
  }

  /**
   * The plan that takes the least time.
   *
   * @param accuracy root mean square error of the dirty image relative to its root mean square,
   *     from 1e-2 to 1e-10; SINGLE is enough down to 1e-5
   * @param extent of all visibilities that will be gridded
   * @param samples how many there will be (rows times channels), about
   */
  public static GridPlan of(
      ImageGeometry geometry,
      double accuracy,
      Precision precision,
      UvwExtent extent,
      long samples) {
    if (!(accuracy >= 1e-10 && accuracy <= 0.1)) {
      throw new IllegalArgumentException("an accuracy of " + accuracy);
    }
    if (precision == Precision.SINGLE && accuracy < 0.99e-5) {
      throw new IllegalArgumentException(
          "an accuracy of " + accuracy + " needs double precision: single is good for 1e-5");
    }
    if (extent.isEmpty() || !(extent.mostU() + extent.mostV() + extent.mostW() < 1e12)) {
      throw new IllegalArgumentException("an extent of " + extent);
    }
    double finest = 0.5 / geometry.pixelRad();
    if (Math.max(extent.mostU(), extent.mostV()) > finest) {
      throw new IllegalArgumentException(
          "baselines of "
              + Math.max(extent.mostU(), extent.mostV())
              + " wavelengths, where pixels of "
              + geometry.pixelRad()
              + " rad sample no more than "
              + finest);
    }
    List<GriddingKernel> kernels = KernelChoice.within(accuracy);
    double bound = precision == Precision.SINGLE ? ROUNDING_SHARE * accuracy : LEAST_ROUNDING;
    GridPlan best = null;
    double least = Double.POSITIVE_INFINITY;
    for (GriddingKernel uv : kernels) {
      for (GriddingKernel w : kernels) {
        if (precision.rounding() * Math.pow(uv.amplification(), 2) * w.amplification() > bound) {
          continue;
        }
        double cost = cost(geometry, extent, uv, w, samples);
        if (best == null || cost < least) {
          least = cost;
          best = new GridPlan(geometry, accuracy, precision, extent, uv, w);
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "no kernel is accurate to " + accuracy + " in " + precision + " precision");
    }
    return best;
  }

  private static double cost(
      ImageGeometry geometry, UvwExtent extent, GriddingKernel uv, GriddingKernel w, long samples) {
    double taps = (double) uv.support() * uv.support() * w.support();
    double width = padded(geometry.width(), uv);
    double height = padded(geometry.height(), uv);
    double columns = occupied(extent.mostV() * height * geometry.pixelRad(), uv);
    // Along u for the rows that hold data, then along v for the columns of the image.
    double points = width * columns + height * geometry.width();
    return samples * (SAMPLE_COST + TAP_COST * taps)
        + planes(geometry, extent, w) * points * POINT_COST;
  }

  private static int padded(int pixels, GriddingKernel kernel) {
    return FourierRows.goodSize(
        Math.max((int) Math.ceil(pixels * kernel.oversampling()), 2 * kernel.support() + 2 * TILE));
  }

  private static double stepW(ImageGeometry geometry, GriddingKernel kernel) {
    return 1 / (kernel.oversampling() * 2 * reachN(geometry));
  }

  /** How far n - 1 reaches from its middle. */
  private static double reachN(ImageGeometry geometry) {
    return (geometry.mostNMinusOne() - geometry.leastNMinusOne()) / 2;
  }

  private static int planes(ImageGeometry geometry, UvwExtent extent, GriddingKernel kernel) {
    double range = (extent.mostW() - extent.leastW()) / stepW(geometry, kernel);
    if (range > 100_000) {
      throw new IllegalArgumentException(
          (long) range + " w-planes: the field is too wide for such baselines");
    }
    return (int) Math.ceil(range - 1 + 2 * MARGIN) + kernel.support();
  }

  /** Rows of cells for |u| up to so many cells, whole tiles and taps. */
  private static int occupied(double cells, GriddingKernel kernel) {
    int half = (int) Math.ceil(cells) + kernel.support() / 2 + 1;
    int tiles = (2 * half + TILE - 1) / TILE;
    return tiles * TILE + kernel.support();
  }

  /** The image. */
  public ImageGeometry geometry() {
    return geometry;
  }

  /** Relative error that was asked for. */
  public double accuracy() {
    return accuracy;
  }

  /** How grids and images are kept. */
  public Precision precision() {
    return precision;
  }

  /** How many w-planes there are. */
  public int planes() {
    return planes;
  }

  /** Cells that a visibility reaches in u and in v. */
  public int uvSupport() {
    return uvKernel.support();
  }

  /** Planes that a visibility reaches. */
  public int wSupport() {
    return wKernel.support();
  }

  /** Cells of the padded grid along u. */
  public int paddedWidth() {
    return paddedWidth;
  }

  /** Cells of the padded grid along v. */
  public int paddedHeight() {
    return paddedHeight;
  }

  /** w of a plane, wavelengths. */
  public double planeW(int plane) {
    return firstPlaneW + plane * planeStepW;
  }

  /** Cells along u that may hold data: whole tiles, and taps beyond. */
  int columns() {
    return occupied(extent.mostU() / cellU(), uvKernel);
  }

  /** Cells along v that may hold data. */
  int rows() {
    return occupied(extent.mostV() / cellV(), uvKernel);
  }

  /** Of the first column that may hold data, cells from u = 0. */
  int firstColumn() {
    return -(columns() - uvKernel.support()) / 2 - uvKernel.support() / 2;
  }

  /** Of the first row that may hold data, cells from v = 0. */
  int firstRow() {
    return -(rows() - uvKernel.support()) / 2 - uvKernel.support() / 2;
  }

  /** Side of a cell, wavelengths. */
  double cellU() {
    return 1 / (paddedWidth * geometry.pixelRad());
  }

  double cellV() {
    return 1 / (paddedHeight * geometry.pixelRad());
  }

  double planeStepW() {
    return planeStepW;
  }

  /** n - 1 that is taken out of each visibility. */
  double middleN() {
    return middleN;
  }

  /** How far n - 1 reaches from its middle, either way. */
  double reachN() {
    return reachN(geometry);
  }

  GriddingKernel uvKernel() {
    return uvKernel;
  }

  GriddingKernel wKernel() {
    return wKernel;
  }

  /**
   * Bytes that gridding takes at its peak with a crew of two, visibilities not counted.
   *
   * @param images gridded at once: polarizations, and one for the point spread function
   * @param held planes in memory: {@link #wSupport} where few are kept, {@link #planes} where all
   *     are
   * @param samples of the largest block (rows times channels)
   */
  public long memoryBytes(int images, int held, long samples) {
    long complex = 2L * precision.bytes();
    long ring = (long) images * held * columns() * rows() * complex;
    long between = (long) rows() * geometry.width() * complex;
    long transform = 2 * 16L * FourierRows.COLUMNS * Math.max(paddedWidth, paddedHeight);
    long sums = images * geometry.pixels() * precision.bytes();
    // At worst each sample begins a run of its own.
    long order = 8 * samples + 4L * planes * (columns() / TILE + 1) * (rows() / TILE + 1);
    return ring + between + transform + sums + order;
  }

  /** Whether samples are gridded the same way, so that sums can be added. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GridPlan that
        && geometry.equals(that.geometry)
        && precision == that.precision
        && extent.equals(that.extent)
        && uvKernel.isAs(that.uvKernel)
        && wKernel.isAs(that.wKernel);
  }

  @Override
  public int hashCode() {
    return Objects.hash(geometry, precision, extent, uvSupport(), wSupport());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d x %d pixels to %.0e: grid of %d x %d, %d planes of w, kernel of %d x %d x %d cells",
        geometry.width(),
        geometry.height(),
        accuracy,
        paddedWidth,
        paddedHeight,
        planes,
        uvSupport(),
        uvSupport(),
        wSupport());
  }
}
