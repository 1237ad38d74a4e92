package org.cornerturn.imaging;

import java.util.Arrays;
import org.cornerturn.crew.Crew;
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
  // (v, x)
  private final Plane betweenRe;
  private final Plane betweenIm;
  private final Crew crew;
  private final Columns[] columns;

  PlaneTransform(GridPlan plan, Crew crew) {
    this.plan = plan;
    this.crew = crew;
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
    columns = new Columns[crew.size()];
    Arrays.setAll(columns, m -> new Columns(longest));
    betweenRe = new Plane(plan.rows(), geometry.width(), plan.precision());
    betweenIm = new Plane(plan.rows(), geometry.width(), plan.precision());
  }

  /** Adds a plane (real and imaginary part) to the image. */
  void toImage(int plane, Plane[] grid, Plane image) {
    crew.each(pieces(plan.rows()), (i, m) -> columns[m].alongU(grid, i * COLUMNS));
    double w = -plan.planeW(plane);
    crew.each(pieces(geometry.width()), (i, m) -> columns[m].alongV(image, i * COLUMNS, w));
  }

  /** Puts an image on a plane, whatever was there: the adjoint of {@link #toImage}. */
  void toPlane(Plane image, int plane, Plane[] grid) {
    double w = plan.planeW(plane);
    crew.each(pieces(geometry.width()), (i, m) -> columns[m].backAlongV(image, i * COLUMNS, w));
    crew.each(pieces(plan.rows()), (i, m) -> columns[m].backAlongU(grid, i * COLUMNS));
  }

  private static int pieces(int count) {
    return (count + COLUMNS - 1) / COLUMNS;
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

  /** Some columns at work: one thread's memory. */
  private final class Columns {
    private final double[][] re;
    private final double[][] im;
    private final double[] line = new double[SQUARE];
    private final double[] east = new double[COLUMNS];
    private final double[] turns = new double[COLUMNS];
    private final double[] cosine = new double[COLUMNS];
    private final double[] sine = new double[COLUMNS];
    private final double[] pixels = new double[COLUMNS];

    Columns(int longest) {
      re = new double[longest][COLUMNS];
      im = new double[longest][COLUMNS];
    }

    /** Some rows of a plane, from v on, along u. */
    void alongU(Plane[] grid, int v) {
      int width = geometry.width();
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

    /** Some columns of the image, from x on, along v. */
    void alongV(Plane image, int x, double w) {
      int count = toEast(x);
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

    /** How many columns there are from x on, and where they are. */
    private int toEast(int x) {
      int count = Math.min(COLUMNS, geometry.width() - x);
      for (int c = 0; c < count; c++) {
        east[c] = geometry.l(x + c);
      }
      return count;
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

    void backAlongV(Plane image, int x, double w) {
      int count = toEast(x);
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

    void backAlongU(Plane[] grid, int v) {
      int width = geometry.width();
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
}
