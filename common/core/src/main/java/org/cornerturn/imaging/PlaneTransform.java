package org.cornerturn.imaging;

import java.util.Arrays;

/**
 * From w-planes of the grid to the image, and back. Along u only rows that hold data are
 * transformed, along v only columns of the image.
 */
final class PlaneTransform {
  private static final int COLUMNS = FourierRows.COLUMNS;

  private final GridPlan plan;
  private final ImageGeometry geometry;
  private final FourierRows alongU;
  private final FourierRows alongV;
  private final int[] ofX;
  private final int[] ofY;
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
    int longest = Math.max(plan.paddedWidth(), plan.paddedHeight());
    re = new double[longest][COLUMNS];
    im = new double[longest][COLUMNS];
    betweenRe = new Plane(plan.rows(), geometry.width(), plan.precision());
    betweenIm = new Plane(plan.rows(), geometry.width(), plan.precision());
    line = new double[geometry.width()];
  }

  /** Adds a plane (real and imaginary part) to the image. */
  void toImage(int plane, Plane[] grid, Plane image) {
    int width = geometry.width();
    for (int v = 0; v < plan.rows(); v += COLUMNS) {
      int count = Math.min(COLUMNS, plan.rows() - v);
      zero(plan.paddedWidth());
      for (int u = 0; u < plan.columns(); u++) {
        int row = Math.floorMod(plan.firstColumn() + u, plan.paddedWidth());
        grid[0].addTo(u, v, re[row], count);
        grid[1].addTo(u, v, im[row], count);
      }
      // l falls with x: the sum has the other sign than along v.
      alongU.transform(im, re, count);
      for (int c = 0; c < count; c++) {
        for (int x = 0; x < width; x++) {
          line[x] = re[ofX[x]][c];
        }
        betweenRe.put(v + c, 0, line, width);
        for (int x = 0; x < width; x++) {
          line[x] = im[ofX[x]][c];
        }
        betweenIm.put(v + c, 0, line, width);
      }
    }
    double w = -plan.planeW(plane);
    for (int x = 0; x < width; x += COLUMNS) {
      int count = Math.min(COLUMNS, width - x);
      for (int c = 0; c < count; c++) {
        east[c] = geometry.l(x + c);
      }
      zero(plan.paddedHeight());
      for (int v = 0; v < plan.rows(); v++) {
        int row = Math.floorMod(plan.firstRow() + v, plan.paddedHeight());
        betweenRe.addTo(v, x, re[row], count);
        betweenIm.addTo(v, x, im[row], count);
      }
      alongV.transform(re, im, count);
      // n is the same north and south of the centre; the first row has no counterpart.
      int middle = geometry.height() / 2;
      for (int off = 0; off <= middle; off++) {
        phases(middle - off, w, count);
        project(ofY[middle - off], count);
        image.add(middle - off, x, pixels, count);
        if (off > 0 && off < middle) {
          project(ofY[middle + off], count);
          image.add(middle + off, x, pixels, count);
        }
      }
    }
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
      zero(plan.paddedHeight());
      for (int y = 0; y < geometry.height(); y++) {
        int row = Math.floorMod(y - geometry.height() / 2, plan.paddedHeight());
        image.read(y, x, pixels, count);
        phases(y, w, count);
        double[] r = re[row];
        double[] i = im[row];
        for (int c = 0; c < count; c++) {
          r[c] = pixels[c] * cosine[c];
          i[c] = pixels[c] * sine[c];
        }
      }
      alongV.transform(im, re, count);
      for (int v = 0; v < plan.rows(); v++) {
        int row = alongV.place(Math.floorMod(plan.firstRow() + v, plan.paddedHeight()));
        betweenRe.put(v, x, re[row], count);
        betweenIm.put(v, x, im[row], count);
      }
    }
    for (int v = 0; v < plan.rows(); v += COLUMNS) {
      int count = Math.min(COLUMNS, plan.rows() - v);
      zero(plan.paddedWidth());
      for (int c = 0; c < count; c++) {
        betweenRe.read(v + c, 0, line, width);
        for (int x = 0; x < width; x++) {
          re[Math.floorMod(x - width / 2, plan.paddedWidth())][c] = line[x];
        }
        betweenIm.read(v + c, 0, line, width);
        for (int x = 0; x < width; x++) {
          im[Math.floorMod(x - width / 2, plan.paddedWidth())][c] = line[x];
        }
      }
      alongU.transform(re, im, count);
      for (int u = 0; u < plan.columns(); u++) {
        int row = alongU.place(Math.floorMod(plan.firstColumn() + u, plan.paddedWidth()));
        grid[0].put(u, v, re[row], count);
        grid[1].put(u, v, im[row], count);
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

  private void zero(int rows) {
    for (int row = 0; row < rows; row++) {
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

  private void project(int row, int count) {
    double[] r = re[row];
    double[] i = im[row];
    for (int c = 0; c < count; c++) {
      pixels[c] = r[c] * cosine[c] - i[c] * sine[c];
    }
  }
}
