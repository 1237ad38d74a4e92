package org.cornerturn.catalogue;

import java.util.Arrays;

/**
 * Cells of equal area on the sphere, numbered so that those that share leading bits lie together
 * (nested scheme; Gorski et al. 2005, ApJ 622, 759). Twelve faces, each divided in four, again and
 * again.
 *
 * <p>Faces lie in a plane: each is a square on its corner, with a diagonal of two units. The
 * longitude is a quarter of pi for each unit of x; faces 0 to 3 have their middles at y = 1 (x = 1,
 * 3, 5, 7), 4 to 7 at y = 0 (x = 0, 2, 4, 6), 8 to 11 at y = -1.
 *
 * @param order number of divisions, 0 to 29; a side of a face has {@code 1 << order} cells
 */
public record Healpix(int order) {
  /** The deepest order whose cells have numbers of 64 bits: 0.4 milliarcseconds a side. */
  public static final int DEEPEST = 29;

  /** Cells of the deepest order: those of {@code _healpix_29}. */
  public static final Healpix FINEST = new Healpix(DEEPEST);

  /** Name of the column that holds {@link #FINEST} cells in tables. */
  public static final String COLUMN = "_healpix_29";

  private static final double TRANSITION = 2.0 / 3;

  public Healpix {
    if (order < 0 || order > DEEPEST) {
      throw new IllegalArgumentException("cells of order " + order);
    }
  }

  /** Number of all cells. */
  public long cells() {
    return 12L << 2 * order;
  }

  private long side() {
    return 1L << order;
  }

  /** Cell of a place in {@link #FINEST}, the value of {@link #COLUMN}. */
  public static long finest(double raDeg, double decDeg) {
    return FINEST.cell(raDeg, decDeg);
  }

  /**
   * The cell that a place is in.
   *
   * @param raDeg any finite angle, degrees
   * @param decDeg -90 to 90, degrees
   */
  public long cell(double raDeg, double decDeg) {
    if (!Double.isFinite(raDeg) || !(Math.abs(decDeg) <= 90)) {
      throw new IllegalArgumentException("no place on the sphere: " + raDeg + ", " + decDeg);
    }
    double turned = raDeg % 360;
    double quarters = (turned < 0 ? turned + 360 : turned) / 90;
    if (quarters >= 4) {
      quarters = 0;
    }
    double dec = Math.toRadians(decDeg);
    double z = Math.sin(dec);
    long n = side();
    if (Math.abs(z) <= TRANSITION) {
      double along = n * (0.5 + quarters);
      double up = n * 0.75 * z;
      long down = (long) Math.floor(along - up);
      long rising = (long) Math.floor(along + up);
      long columnDown = down >> order;
      long columnUp = rising >> order;
      int face =
          (int)
              (columnDown == columnUp
                  ? 4 + (columnDown & 3)
                  : columnDown < columnUp ? columnDown : columnUp + 8);
      return number(face, rising & (n - 1), n - 1 - (down & (n - 1)));
    }
    int column = (int) quarters;
    double within = quarters - column;
    // Distance from the pole in the plane, in sides: sqrt(3 (1 - |z|)), exact near the pole.
    double distance = n * Math.cos(dec) / Math.sqrt((1 + Math.abs(z)) / 3);
    long left = Math.min((long) (within * distance), n - 1);
    long right = Math.min((long) ((1 - within) * distance), n - 1);
    return z > 0 ? number(column, n - 1 - right, n - 1 - left) : number(column + 8, left, right);
  }

  private long number(int face, long x, long y) {
    return ((long) face << 2 * order) | spread(x) | spread(y) << 1;
  }

  /** Puts a zero bit above each of 32 bits. */
  private static long spread(long bits) {
    long v = bits & 0xFFFFFFFFL;
    v = (v | v << 16) & 0x0000FFFF0000FFFFL;
    v = (v | v << 8) & 0x00FF00FF00FF00FFL;
    v = (v | v << 4) & 0x0F0F0F0F0F0F0F0FL;
    v = (v | v << 2) & 0x3333333333333333L;
    return (v | v << 1) & 0x5555555555555555L;
  }

  /** Takes every second bit. */
  private static long gather(long bits) {
    long v = bits & 0x5555555555555555L;
    v = (v | v >> 1) & 0x3333333333333333L;
    v = (v | v >> 2) & 0x0F0F0F0F0F0F0F0FL;
    v = (v | v >> 4) & 0x00FF00FF00FF00FFL;
    v = (v | v >> 8) & 0x0000FFFF0000FFFFL;
    return (v | v >> 16) & 0x00000000FFFFFFFFL;
  }

  private long x(long cell) {
    return gather(cell & (1L << 2 * order) - 1);
  }

  private long y(long cell) {
    return gather((cell & (1L << 2 * order) - 1) >> 1);
  }

  private int face(long cell) {
    if (cell < 0 || cell >= cells()) {
      throw new IllegalArgumentException("order " + order + " has no cell " + cell);
    }
    return (int) (cell >> 2 * order);
  }

  private static int faceX(int face) {
    return face < 4 || face >= 8 ? 2 * (face & 3) + 1 : 2 * (face & 3);
  }

  private static int faceY(int face) {
    return 1 - face / 4;
  }

  /**
   * Middle of a cell.
   *
   * @return right ascension [0, 360) and declination, degrees
   */
  public double[] centre(long cell) {
    int face = face(cell);
    long x = x(cell);
    long y = y(cell);
    double side = side();
    return place(faceX(face) + (x - y) / side, faceY(face) + (x + y + 1) / side - 1);
  }

  /**
   * Corners of a cell: south, east, north, west.
   *
   * @return (corner, right ascension and declination), degrees
   */
  public double[][] corners(long cell) {
    int face = face(cell);
    double side = side();
    double x = faceX(face) + (x(cell) - y(cell)) / side;
    double y = faceY(face) + (x(cell) + y(cell) + 1) / side - 1;
    return new double[][] {
      place(x, y - 1 / side), place(x + 1 / side, y), place(x, y + 1 / side), place(x - 1 / side, y)
    };
  }

  /** A place in the plane of the faces. */
  private static double[] place(double x, double y) {
    double far = Math.abs(y);
    if (far <= 1) {
      return new double[] {degrees(x), Math.toDegrees(Math.asin(TRANSITION * y))};
    }
    double pole = Math.max(0, 2 - far); // Half the width of a face at this y.
    double middle = 2 * Math.floor(x / 2) + 1;
    double ra = pole == 0 ? middle : middle + (x - middle) / pole;
    double polar = 2 * Math.toDegrees(Math.asin(pole / Math.sqrt(6)));
    return new double[] {degrees(ra), y > 0 ? 90 - polar : polar - 90};
  }

  private static double degrees(double x) {
    double ra = 45 * x % 360;
    ra = ra < 0 ? ra + 360 : ra;
    return ra < 360 ? ra : 0;
  }

  /**
   * Cells that touch a cell, by a side or a corner: eight, or seven where only three faces meet (at
   * order 0: six or seven of them).
   *
   * @return ascending
   */
  public long[] neighbours(long cell) {
    int face = face(cell);
    long n = side();
    long x = x(cell);
    long y = y(cell);
    long[] found = new long[8];
    int count = 0;
    for (int dx = -1; dx <= 1; dx++) {
      for (int dy = -1; dy <= 1; dy++) {
        if (dx != 0 || dy != 0) {
          found[count++] = beside(face, x + dx, y + dy, n);
        }
      }
    }
    return Arrays.stream(found).filter(c -> c != cell).sorted().distinct().toArray();
  }

  /** The cell at a place that may be a step outside of its face. */
  private long beside(int face, long x, long y, long n) {
    if (x >= 0 && x < n && y >= 0 && y < n) {
      return number(face, x, y);
    }
    // In units of half a diagonal of a cell, whole for middles of cells.
    long px = n * faceX(face) + x - y;
    long py = n * faceY(face) + x + y + 1 - n;
    long south = py < 0 ? -1 : 1;
    py *= south;
    if (py > n) {
      // Beyond y = 1 the faces have gaps between them, each with its tip at an even x. Their two
      // rims are one line on the sphere: crossing is turning by a right angle about the tip.
      long middle = face < 4 || face >= 8 ? n * faceX(face) : n * (faceX(face) + (x > y ? 1 : -1));
      for (int turn = 0; turn < 2 && Math.abs(px - middle) > 2 * n - py; turn++) {
        boolean right = px > middle;
        long tip = right ? middle + n : middle - n;
        long dx = px - tip;
        long dy = py - n;
        px = right ? tip + dy : tip - dy;
        py = right ? n - dx : n + dx;
        middle = right ? middle + 2 * n : middle - 2 * n;
      }
    }
    return at(px, south * py, n);
  }

  private long at(long px, long py, long n) {
    long around = 8 * n;
    for (int face = 0; face < 12; face++) {
      long along = Math.floorMod(px - n * faceX(face) + 4 * n, around) - 4 * n; // x - y
      long up = py - n * faceY(face) - 1 + n; // x + y
      long x = (along + up) >> 1;
      long y = (up - along) >> 1;
      if (x >= 0 && x < n && y >= 0 && y < n) {
        return number(face, x, y);
      }
    }
    throw new IllegalStateException("no face at " + px + ", " + py);
  }

  /**
   * No point of a cell is farther from its middle, degrees. Cells reach farthest where the faces'
   * corners meet, at |z| = 2/3 and at a pole.
   */
  public double reachDeg() {
    double polar = 1 - 1.0 / side();
    double z = 1 - polar * polar / 3;
    return 1.000001
        * Separation.degrees(
            0, Math.toDegrees(Math.asin(z)), 45.0 / side(), Math.toDegrees(Math.asin(TRANSITION)));
  }

  /** Numbers in {@link #FINEST} that a cell spans: from this one ... */
  public long first(long cell) {
    face(cell);
    return cell << 2 * (DEEPEST - order);
  }

  /** ... to below this one. */
  public long end(long cell) {
    return first(cell) + (1L << 2 * (DEEPEST - order));
  }
}
