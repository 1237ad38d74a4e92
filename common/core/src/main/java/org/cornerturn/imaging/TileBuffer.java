package org.cornerturn.imaging;

import java.util.Arrays;

/**
 * A tile of the planes that samples of one bucket reach, small enough for the processor's first
 * cache. There is an array for each column of cells (u); in it, for each cell along v, image and
 * part (real, imaginary), all planes follow each other. What a sample adds to a column is thus one
 * contiguous stretch, and all arrays of a loop are run through with the same index, which the
 * compiler needs to vectorise it.
 */
final class TileBuffer {
  private final int support;
  private final int planes;
  private final int images;
  private final int parts;
  private final double[][] column;
  // A sample's taps along v and w times its value, at the index where its column's stretch begins.
  // Of two samples in turn.
  private final double[][] product;
  private final double[] stretch;
  private final int[] groups;

  TileBuffer(int support, int planes, int images) {
    this.support = support;
    this.planes = planes;
    this.images = images;
    parts = 2 * images * planes;
    int side = GridPlan.TILE + support;
    column = new double[side][side * parts];
    product = new double[2][side * parts];
    stretch = new double[parts];
    groups = groups(support);
  }

  /** Taps are taken three to five at a time: what registers can hold. */
  private static int[] groups(int support) {
    int[] groups = new int[(support + 4) / 5];
    for (int g = 0, left = support; g < groups.length; g++) {
      groups[g] = (left + groups.length - g - 1) / (groups.length - g);
      left -= groups[g];
    }
    return groups;
  }

  void clear() {
    for (double[] cells : column) {
      Arrays.fill(cells, 0);
    }
  }

  /** Adds what has been gridded to planes[image][plane][part], from a column and row on. */
  void addTo(Plane[][][] target, int firstColumn, int firstRow) {
    int side = column.length;
    for (int i = 0; i < side; i++) {
      for (int image = 0; image < images; image++) {
        for (int part = 0; part < 2; part++) {
          for (int k = 0; k < planes; k++) {
            target[image][k][part].add(
                firstColumn + i, firstRow, column[i], (2 * image + part) * planes + k, parts, side);
          }
        }
      }
    }
  }

  /** Takes the tile from the planes. */
  void load(Plane[][][] source, int firstColumn, int firstRow) {
    clear();
    int side = column.length;
    for (int i = 0; i < side; i++) {
      for (int image = 0; image < images; image++) {
        for (int part = 0; part < 2; part++) {
          for (int k = 0; k < planes; k++) {
            source[image][k][part].addTo(
                firstColumn + i, firstRow, column[i], (2 * image + part) * planes + k, parts, side);
          }
        }
      }
    }
  }

  /**
   * Adds samples to the cells that they reach.
   *
   * @param value by image and part, of each sample
   */
  void grid(SampleBatch batch, double[][] value) {
    // A sample's products are added after those of the next are made: what has just been stored in
    // small pieces can't be loaded in large ones at once.
    for (int s = 0; s < batch.count; s++) {
      multiply(batch, value, s);
      if (s > 0) {
        add(batch, s - 1);
      }
    }
    if (batch.count > 0) {
      add(batch, batch.count - 1);
    }
  }

  /** The products of a sample's taps along v and w with its value, cell after cell. */
  private void multiply(SampleBatch batch, double[][] value, int s) {
    double[] p = product[s & 1];
    double[] x = stretch;
    for (int k = 0; k < planes; k++) {
      double tap = batch.w[k][s];
      for (int i = 0, at = k; i < 2 * images; i++, at += planes) {
        x[at] = tap * value[i][s];
      }
    }
    double[][] v = batch.v;
    int at = batch.row[s] * parts;
    int cell = 0;
    for (int group : groups) {
      double a = v[cell][s];
      double b = v[cell + 1][s];
      double c = v[cell + 2][s];
      switch (group) {
        case 3 -> spread3(p, x, parts, at, a, b, c);
        case 4 -> spread4(p, x, parts, at, a, b, c, v[cell + 3][s]);
        default -> spread5(p, x, parts, at, a, b, c, v[cell + 3][s], v[cell + 4][s]);
      }
      cell += group;
      at += group * parts;
    }
  }

  private static void spread3(
      double[] p, double[] x, int parts, int at, double a, double b, double c) {
    for (int t = 0; t < parts; t++) {
      p[at + t] = a * x[t];
      p[at + parts + t] = b * x[t];
      p[at + 2 * parts + t] = c * x[t];
    }
  }

  private static void spread4(
      double[] p, double[] x, int parts, int at, double a, double b, double c, double d) {
    for (int t = 0; t < parts; t++) {
      p[at + t] = a * x[t];
      p[at + parts + t] = b * x[t];
      p[at + 2 * parts + t] = c * x[t];
      p[at + 3 * parts + t] = d * x[t];
    }
  }

  private static void spread5(
      double[] p, double[] x, int parts, int at, double a, double b, double c, double d, double e) {
    for (int t = 0; t < parts; t++) {
      p[at + t] = a * x[t];
      p[at + parts + t] = b * x[t];
      p[at + 2 * parts + t] = c * x[t];
      p[at + 3 * parts + t] = d * x[t];
      p[at + 4 * parts + t] = e * x[t];
    }
  }

  private void add(SampleBatch batch, int s) {
    double[] p = product[s & 1];
    double[][] u = batch.u;
    int low = batch.row[s] * parts;
    int high = low + support * parts;
    int first = batch.column[s];
    int tap = 0;
    for (int group : groups) {
      double k0 = u[tap][s];
      double k1 = u[tap + 1][s];
      double k2 = u[tap + 2][s];
      switch (group) {
        case 3 -> add3(p, first + tap, k0, k1, k2, low, high);
        case 4 -> add4(p, first + tap, k0, k1, k2, u[tap + 3][s], low, high);
        default -> add5(p, first + tap, k0, k1, k2, u[tap + 3][s], u[tap + 4][s], low, high);
      }
      tap += group;
    }
  }

  private void add3(double[] p, int first, double k0, double k1, double k2, int low, int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    for (int t = low; t < high; t++) {
      a[t] = Math.fma(k0, p[t], a[t]);
      b[t] = Math.fma(k1, p[t], b[t]);
      c[t] = Math.fma(k2, p[t], c[t]);
    }
  }

  private void add4(
      double[] p, int first, double k0, double k1, double k2, double k3, int low, int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    double[] d = column[first + 3];
    for (int t = low; t < high; t++) {
      a[t] = Math.fma(k0, p[t], a[t]);
      b[t] = Math.fma(k1, p[t], b[t]);
      c[t] = Math.fma(k2, p[t], c[t]);
      d[t] = Math.fma(k3, p[t], d[t]);
    }
  }

  private void add5(
      double[] p,
      int first,
      double k0,
      double k1,
      double k2,
      double k3,
      double k4,
      int low,
      int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    double[] d = column[first + 3];
    double[] e = column[first + 4];
    for (int t = low; t < high; t++) {
      a[t] = Math.fma(k0, p[t], a[t]);
      b[t] = Math.fma(k1, p[t], b[t]);
      c[t] = Math.fma(k2, p[t], c[t]);
      d[t] = Math.fma(k3, p[t], d[t]);
      e[t] = Math.fma(k4, p[t], e[t]);
    }
  }

  /**
   * Reads samples from the cells that they reach: the adjoint of {@link #grid}.
   *
   * @param value by image and part, of each sample; overwritten
   */
  void degrid(SampleBatch batch, double[][] value) {
    // One sample behind, as in gridding.
    for (int s = 0; s < batch.count; s++) {
      gather(batch, s);
      if (s > 0) {
        reduce(batch, s - 1, value);
      }
    }
    if (batch.count > 0) {
      reduce(batch, batch.count - 1, value);
    }
  }

  /** The sums over u of what a sample reaches, cell after cell along v. */
  private void gather(SampleBatch batch, int s) {
    double[] p = product[s & 1];
    double[][] u = batch.u;
    int low = batch.row[s] * parts;
    int high = low + support * parts;
    int first = batch.column[s];
    Arrays.fill(p, low, high, 0);
    int tap = 0;
    for (int group : groups) {
      double k0 = u[tap][s];
      double k1 = u[tap + 1][s];
      double k2 = u[tap + 2][s];
      switch (group) {
        case 3 -> gather3(p, first + tap, k0, k1, k2, low, high);
        case 4 -> gather4(p, first + tap, k0, k1, k2, u[tap + 3][s], low, high);
        default -> gather5(p, first + tap, k0, k1, k2, u[tap + 3][s], u[tap + 4][s], low, high);
      }
      tap += group;
    }
  }

  private void gather3(double[] p, int first, double k0, double k1, double k2, int low, int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    for (int t = low; t < high; t++) {
      p[t] += Math.fma(k0, a[t], Math.fma(k1, b[t], k2 * c[t]));
    }
  }

  private void gather4(
      double[] p, int first, double k0, double k1, double k2, double k3, int low, int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    double[] d = column[first + 3];
    for (int t = low; t < high; t++) {
      p[t] += Math.fma(k0, a[t], k1 * b[t]) + Math.fma(k2, c[t], k3 * d[t]);
    }
  }

  private void gather5(
      double[] p,
      int first,
      double k0,
      double k1,
      double k2,
      double k3,
      double k4,
      int low,
      int high) {
    double[] a = column[first];
    double[] b = column[first + 1];
    double[] c = column[first + 2];
    double[] d = column[first + 3];
    double[] e = column[first + 4];
    for (int t = low; t < high; t++) {
      p[t] += Math.fma(k0, a[t], k1 * b[t]) + Math.fma(k2, c[t], Math.fma(k3, d[t], k4 * e[t]));
    }
  }

  /** The sums along v and w. */
  private void reduce(SampleBatch batch, int s, double[][] value) {
    double[] p = product[s & 1];
    double[] x = stretch;
    double[][] v = batch.v;
    int at = batch.row[s] * parts;
    Arrays.fill(x, 0);
    int cell = 0;
    for (int group : groups) {
      double a = v[cell][s];
      double b = v[cell + 1][s];
      double c = v[cell + 2][s];
      switch (group) {
        case 3 -> join3(p, x, parts, at, a, b, c);
        case 4 -> join4(p, x, parts, at, a, b, c, v[cell + 3][s]);
        default -> join5(p, x, parts, at, a, b, c, v[cell + 3][s], v[cell + 4][s]);
      }
      cell += group;
      at += group * parts;
    }
    for (int i = 0, from = 0; i < 2 * images; i++, from += planes) {
      double sum = 0;
      for (int k = 0; k < planes; k++) {
        sum = Math.fma(batch.w[k][s], x[from + k], sum);
      }
      value[i][s] = sum;
    }
  }

  private static void join3(
      double[] p, double[] x, int parts, int at, double a, double b, double c) {
    for (int t = 0; t < parts; t++) {
      x[t] += Math.fma(a, p[at + t], Math.fma(b, p[at + parts + t], c * p[at + 2 * parts + t]));
    }
  }

  private static void join4(
      double[] p, double[] x, int parts, int at, double a, double b, double c, double d) {
    for (int t = 0; t < parts; t++) {
      x[t] +=
          Math.fma(a, p[at + t], b * p[at + parts + t])
              + Math.fma(c, p[at + 2 * parts + t], d * p[at + 3 * parts + t]);
    }
  }

  private static void join5(
      double[] p, double[] x, int parts, int at, double a, double b, double c, double d, double e) {
    for (int t = 0; t < parts; t++) {
      x[t] +=
          Math.fma(a, p[at + t], b * p[at + parts + t])
              + Math.fma(
                  c,
                  p[at + 2 * parts + t],
                  Math.fma(d, p[at + 3 * parts + t], e * p[at + 4 * parts + t]));
    }
  }
}
