package org.cornerturn.imaging;

import java.util.Arrays;
import org.cornerturn.fourier.FourierRows;

/**
 * From w-planes of the grid to the image, and back. Along u only rows that hold data are
 * transformed, along v only columns of the image.
 */
final class PlaneTransform {
  private static final int COLUMNS = FourierRows.COLUMNS;

  /** Side of the squares in which rows become columns: they fit the processor's first cache. */
  private static final int SQUARE = 32;

  private final GridPlan plan;
  private final ImageGeometry geometry;
  private final FourierRows alongU;
  private final FourierRows alongV;
  private final int[] ofX;
  private final int[] ofY;
  // Rows of frequencies and pixels before a transform.
  private final int[] fromU;
  private final int[] fromV;
  private final int[] fromX;
  private final int[] fromY;
  private final double[][] re;
  private final double[][] im;
  // (v, x)
  private final Plane betweenRe;
  private final Plane betweenIm;
  private final double[] line;
  private final double[] east = new double[COLUMNS];
  private final double[] turns = new double[COLUMNS];
  private final double[] cosine = new double[COLUMNS];
  private final double[] sine = new double[COLUMNS];
  private final double[] pixels = new double[COLUMNS];

  PlaneTransform(GridPlan plan) {
    this.plan = plan;
    geometry = plan.geometry();
    alongU = new FourierRows(plan.paddedWidth());
    alongV = new FourierRows(plan.paddedHeight());
    ofX = places(alongU, geometry.width(), plan.paddedWidth());
    ofY = places(alongV, geometry.height(), plan.paddedHeight());
    fromU = rows(plan.firstColumn(), plan.columns(), plan.paddedWidth());
    fromV = rows(plan.firstRow(), plan.rows(), plan.paddedHeight());
    fromX = rows(-geometry.width() / 2, geometry.width(), plan.paddedWidth());
    fromY = rows(-geometry.height() / 2, geometry.height(), plan.paddedHeight());
    int longest = Math.max(plan.paddedWidth(), plan.paddedHeight());
    re = new double[longest][COLUMNS];
    im = new double[longest][COLUMNS];
    betweenRe = new Plane(plan.rows(), geometry.width(), plan.precision());
    betweenIm = new Plane(plan.rows(), geometry.width(), plan.precision());
    line = new double[SQUARE];
  }

  /** Adds a plane (real and imaginary part) to the image. */
  void toImage(int plane, Plane[] grid, Plane image) {
    int width = geometry.width();
    for (int v = 0; v < plan.rows(); v += COLUMNS) {
      int count = Math.min(COLUMNS, plan.rows() - v);
      zeroBut(plan.firstColumn(), plan.columns(), plan.paddedWidth());
      for (int u = 0; u < plan.columns(); u++) {
        take(grid[0], u, v, re[fromU[u]], u >= plan.paddedWidth(), count);
        take(grid[1], u, v, im[fromU[u]], u >= plan.paddedWidth(), count);
      }
      // l falls with x: the sum has the other sign than along v.
      alongU.transform(im, re, count);
      for (int x = 0; x < width; x += SQUARE) {
        int n = Math.min(SQUARE, width - x);
        turn(re, x, n, v, count, betweenRe);
        turn(im, x, n, v, count, betweenIm);
      }
    }
    double w = -plan.planeW(plane);
    for (int x = 0; x < width; x += COLUMNS) {
      int count = Math.min(COLUMNS, width - x);
      for (int c = 0; c < count; c++) {
        east[c] = geometry.l(x + c);
      }
      zeroBut(plan.firstRow(), plan.rows(), plan.paddedHeight());
      for (int v = 0; v < plan.rows(); v++) {
        take(betweenRe, v, x, re[fromV[v]], v >= plan.paddedHeight(), count);
        take(betweenIm, v, x, im[fromV[v]], v >= plan.paddedHeight(), count);
      }
      alongV.transform(re, im, count);
      if (geometry.middleM() == 0) {
        addBothSides(image, x, w, count);
      } else {
        for (int y = 0; y < geometry.height(); y++) {
          phases(y, w, count);
          add(image, y, x, count);
        }
      }
    }
  }

  /** n is the same north and south of the centre; the first row has no counterpart. */
  private void addBothSides(Plane image, int x, double w, int count) {
    int middle = geometry.height() / 2;
    for (int off = 0; off <= middle; off++) {
      phases(middle - off, w, count);
      add(image, middle - off, x, count);
      if (off > 0 && off < middle) {
        add(image, middle + off, x, count);
      }
    }
  }

  /** Adds what is real of a row, turned by the phases. */
  private void add(Plane image, int y, int x, int count) {
    double[] r = re[ofY[y]];
    double[] i = im[ofY[y]];
    for (int c = 0; c < count; c++) {
      pixels[c] = r[c] * cosine[c] - i[c] * sine[c];
    }
    image.add(y, x, pixels, count);
  }

  /** Puts an image on a plane, whatever was there: the adjoint of {@link #toImage}. */
  void toPlane(Plane image, int plane, Plane[] grid) {
    int width = geometry.width();
    double w = plan.planeW(plane);
    for (int x = 0; x < width; x += COLUMNS) {
      int count = Math.min(COLUMNS, width - x);
      for (int c = 0; c < count; c++) {
        east[c] = geometry.l(x + c);
      }
      zeroBut(-geometry.height() / 2, geometry.height(), plan.paddedHeight());
      for (int y = 0; y < geometry.height(); y++) {
        image.read(y, x, pixels, count);
        phases(y, w, count);
        double[] r = re[fromY[y]];
        double[] i = im[fromY[y]];
        for (int c = 0; c < count; c++) {
          r[c] = pixels[c] * cosine[c];
          i[c] = pixels[c] * sine[c];
        }
      }
      alongV.transform(im, re, count);
      for (int v = 0; v < plan.rows(); v++) {
        int row = alongV.place(fromV[v]);
        betweenRe.put(v, x, re[row], count);
        betweenIm.put(v, x, im[row], count);
      }
    }
    for (int v = 0; v < plan.rows(); v += COLUMNS) {
      int count = Math.min(COLUMNS, plan.rows() - v);
      zeroBut(-width / 2, width, plan.paddedWidth());
      for (int x = 0; x < width; x += SQUARE) {
        int n = Math.min(SQUARE, width - x);
        turn(betweenRe, x, n, v, count, re);
        turn(betweenIm, x, n, v, count, im);
      }
      alongU.transform(re, im, count);
      for (int u = 0; u < plan.columns(); u++) {
        int row = alongU.place(fromU[u]);
        grid[0].put(u, v, re[row], count);
        grid[1].put(u, v, im[row], count);
      }
    }
  }

  /** Rows of pixels, after the transform along u, into columns. */
  private void turn(double[][] from, int x, int n, int v, int count, Plane to) {
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < n; i++) {
        line[i] = from[ofX[x + i]][c];
      }
      to.put(v + c, x, line, n);
    }
  }

  private void turn(Plane from, int x, int n, int v, int count, double[][] to) {
    for (int c = 0; c < count; c++) {
      from.read(v + c, x, line, n);
      for (int i = 0; i < n; i++) {
        to[fromX[x + i]][c] = line[i];
      }
    }
  }

  /** Rows in which the pixels of an axis are found after a transform. */
  private static int[] places(FourierRows along, int pixels, int padded) {
    int[] places = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      places[i] = along.place(Math.floorMod(i - pixels / 2, padded));
    }
    return places;
  }

  /** Rows of so many neighbouring frequencies or pixels in a period. */
  private static int[] rows(int first, int count, int padded) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = Math.floorMod(first + i, padded);
    }
    return rows;
  }

  /** Takes a row; adds it where the period has begun anew. */
  private static void take(Plane from, int row, int column, double[] to, boolean again, int count) {
    if (again) {
      from.addTo(row, column, to, count);
    } else {
      from.read(row, column, to, count);
    }
  }

  /** Clears the rows that are not among those of {@link #rows}. */
  private void zeroBut(int first, int count, int padded) {
    for (int i = count; i < padded; i++) {
      int row = Math.floorMod(first + i, padded);
      Arrays.fill(re[row], 0);
      Arrays.fill(im[row], 0);
    }
  }

  /** exp(2 pi i w (n - 1)) of some pixels of a row, whose l are in east; the middle taken out. */
  private void phases(int y, double w, int count) {
    double north = geometry.m(y) * geometry.m(y);
    double middle = plan.middleN();
    for (int c = 0; c < count; c++) {
      double r = east[c] * east[c] + north;
      turns[c] = w * (-r / (1 + Math.sqrt(1 - r)) - middle);
    }
    Phases.of(turns, count, cosine, sine);
  }
}
