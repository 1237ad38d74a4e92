package org.cornerturn.jobs.mosaic;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Directions;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Wcs;

/**
 * Which sky a mosaic shows, and whether its tiles belong together.
 *
 * @param width pixels, even
 * @param height pixels, even
 */
record MosaicGeometry(IcrsDirection centre, int width, int height, double pixelRad) {
  /** Points along each side of a tile that is looked at. */
  private static final int POINTS = 17;

  private static final int MOST = 1 << 15;

  /** What the tiles show, as far as nothing else is asked for. */
  static MosaicGeometry of(List<Tile> tiles, MosaicParameters.Frame frame) {
    double pixel =
        frame.pixelRad() > 0
            ? frame.pixelRad()
            : tiles.stream().mapToDouble(t -> t.wcs().cellRad()).min().orElseThrow();
    List<IcrsDirection> rims = new ArrayList<>();
    tiles.forEach(t -> rims.addAll(points(t)));
    IcrsDirection middle =
        frame.centre() == null ? middle(rims, pixel) : Directions.parse("--center", frame.centre());
    int width = frame.width();
    int height = frame.height();
    if (width == 0) {
      double[] reach = new double[2];
      for (IcrsDirection d : rims) {
        double[] lmn = shown(d, middle);
        reach[0] = Math.max(reach[0], Math.abs(lmn[0]));
        reach[1] = Math.max(reach[1], Math.abs(lmn[1]));
      }
      width = side(reach[0], pixel);
      height = side(reach[1], pixel);
    }
    if (!(Math.hypot(width, height) / 2 * pixel < 1)) {
      throw new UserError(
          "--size and --scale",
          "the mosaic's corners would lie beyond the visible hemisphere",
          "Use a smaller --size, or fewer images");
    }
    return new MosaicGeometry(middle, width, height, pixel);
  }

  private static int side(double reach, double pixel) {
    double pixels = 2 * Math.ceil(reach / pixel) + 2;
    if (!(pixels <= MOST)) {
      throw new UserError(
          "the mosaic",
          (long) pixels + " pixels along a side would be needed",
          "Choose larger pixels with --scale, a part with --size and --center, or epochs");
    }
    return (int) pixels;
  }

  Wcs wcs() {
    return Wcs.centred(centre, width, height, pixelRad);
  }

  /** Middle of the rectangle about the points that is as wide as they are. */
  private static IcrsDirection middle(List<IcrsDirection> points, double pixel) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (IcrsDirection d : points) {
      x += Math.cos(d.decRad()) * Math.cos(d.raRad());
      y += Math.cos(d.decRad()) * Math.sin(d.raRad());
      z += Math.sin(d.decRad());
    }
    double ra = Math.atan2(y, x);
    IcrsDirection mean =
        new IcrsDirection(ra < 0 ? ra + 2 * Math.PI : ra, Math.atan2(z, Math.hypot(x, y)));
    double left = 1;
    double right = -1;
    double low = 1;
    double high = -1;
    for (IcrsDirection d : points) {
      double[] lmn = shown(d, mean);
      left = Math.min(left, lmn[0]);
      right = Math.max(right, lmn[0]);
      low = Math.min(low, lmn[1]);
      high = Math.max(high, lmn[1]);
    }
    // A whole number of pixels from the mean.
    double l = Math.rint((left + right) / 2 / pixel) * pixel;
    double m = Math.rint((low + high) / 2 / pixel) * pixel;
    return Math.hypot(l, m) < 1 ? mean.at(l, m) : mean;
  }

  private static double[] shown(IcrsDirection d, IcrsDirection centre) {
    double[] lmn = d.cosines(centre);
    if (!(lmn[2] > 0)) {
      throw new UserError(
          "the mosaic",
          "its images are more than 90 degrees from its middle",
          "Make one of fewer images, as of --epoch");
    }
    return lmn;
  }

  /** Directions of the rim of a tile that show sky. */
  private static List<IcrsDirection> points(Tile tile) {
    List<IcrsDirection> all = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      double part = (double) i / (POINTS - 1);
      double x = part * (tile.width() - 1);
      double y = part * (tile.height() - 1);
      double[][] rim = {{x, 0}, {x, tile.height() - 1}, {0, y}, {tile.width() - 1, y}};
      for (double[] at : rim) {
        IcrsDirection d = tile.wcs().direction(at[0], at[1]);
        if (!Double.isNaN(d.raRad())) {
          all.add(d);
        }
      }
    }
    if (all.isEmpty()) {
      all.add(tile.wcs().direction(tile.width() / 2, tile.height() / 2));
    }
    return all;
  }

  /**
   * @throws UserError unless each tile can be reached from each other one by tiles that overlap
   */
  static void requireConnected(List<Tile> tiles) {
    int[] group = new int[tiles.size()];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
    }
    for (int i = 0; i < group.length; i++) {
      for (int j = 0; j < i; j++) {
        if (root(group, i) != root(group, j) && overlap(tiles.get(i), tiles.get(j))) {
          group[root(group, i)] = root(group, j);
        }
      }
    }
    for (int i = 1; i < group.length; i++) {
      if (root(group, i) != root(group, 0)) {
        throw new UserError(
            tiles.get(i).source().name(),
            "neither it nor what it overlaps overlaps " + tiles.get(0).source().name(),
            "Leave it out, or allow for gaps with --gaps");
      }
    }
  }

  private static int root(int[] group, int i) {
    int at = i;
    while (group[at] != at) {
      at = group[at];
    }
    return at;
  }

  private static boolean overlap(Tile a, Tile b) {
    double reach = (diagonal(a) + diagonal(b)) / 2;
    return middle(a).separationRad(middle(b)) <= reach && (has(a, b) || has(b, a));
  }

  private static IcrsDirection middle(Tile tile) {
    return tile.wcs().direction(tile.width() / 2, tile.height() / 2);
  }

  /** Angle from corner to corner, at most. */
  private static double diagonal(Tile tile) {
    double cosine = Math.hypot(tile.width(), tile.height()) * tile.wcs().cellRad();
    return 2 * Math.asin(Math.min(1, cosine / 2)) * 1.5;
  }

  /** Whether a point of a net over the one lies in the other. */
  private static boolean has(Tile of, Tile in) {
    for (int j = 0; j < POINTS; j++) {
      for (int i = 0; i < POINTS; i++) {
        double x = (double) i / (POINTS - 1) * (of.width() - 1);
        double y = (double) j / (POINTS - 1) * (of.height() - 1);
        IcrsDirection d = of.wcs().direction(x, y);
        if (!Double.isNaN(d.raRad())) {
          double[] at = in.wcs().pixel(d);
          if (at[0] >= 0 && at[1] >= 0 && at[0] <= in.width() - 1 && at[1] <= in.height() - 1) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
