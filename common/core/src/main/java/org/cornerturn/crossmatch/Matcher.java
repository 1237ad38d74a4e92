package org.cornerturn.crossmatch;

import java.util.Arrays;
import java.util.Comparator;
import org.cornerturn.catalogue.Separation;

/**
 * Chooses pairs. Of rows that are equally near, the one with the smaller number comes first.
 *
 * @param radiusDeg 0 to 180; a pair at the radius is one
 * @param most of {@link MatchMode#K}: how many of a left row
 * @param deRuiter of {@link MatchMode#DERUITER}: the largest radius in units of errors
 * @param keepsLone whether left rows without partner come, too
 */
public record Matcher(
    MatchMode mode, double radiusDeg, int most, double deRuiter, boolean keepsLone) {
  public Matcher {
    if (!(radiusDeg >= 0 && radiusDeg <= 180)) {
      throw new IllegalArgumentException("no radius from 0 to 180 degrees: " + radiusDeg);
    }
    if (mode == MatchMode.K && most < 1) {
      throw new IllegalArgumentException("the nearest " + most);
    }
    if (mode == MatchMode.DERUITER && !(deRuiter > 0)) {
      throw new IllegalArgumentException("a de Ruiter radius of " + deRuiter);
    }
  }

  /**
   * Pairs of some left rows with all right rows.
   *
   * @param left of {@link MatchMode#MUTUAL} also rows within twice the radius of the wanted ones
   * @param wanted which left rows; null for all
   * @param leftNumbers by which equally near ones are told apart
   * @param right all that are within the radius of the wanted ones
   * @param rightNumbers as of the left ones
   */
  public Pairs match(
      SkyPoints left, long[] leftNumbers, boolean[] wanted, SkyPoints right, long[] rightNumbers) {
    if (mode == MatchMode.DERUITER && !(left.hasErrors() && right.hasErrors())) {
      throw new IllegalArgumentException("de Ruiter radii without errors");
    }
    ZoneIndex index = new ZoneIndex(right, radiusDeg);
    int[] order = new ZoneIndex(left, radiusDeg).order();
    Pairs pairs = new Pairs();
    Candidates candidates = new Candidates(left, right, rightNumbers);
    int[] nearestLeft = mode == MatchMode.MUTUAL ? nearest(left, leftNumbers, right, index) : null;
    for (int row : order) {
      if (wanted != null && !wanted[row]) {
        continue;
      }
      candidates.clear(row);
      index.search(left.raDeg()[row], left.decDeg()[row], candidates);
      int before = pairs.count();
      choose(candidates, row, nearestLeft, pairs);
      boolean lone = mode == MatchMode.ANTI ? candidates.count == 0 : pairs.count() == before;
      if (lone && (keepsLone || mode == MatchMode.ANTI)) {
        pairs.add(row, -1, Double.NaN);
      }
    }
    return pairs;
  }

  private void choose(Candidates found, int row, int[] nearestLeft, Pairs pairs) {
    if (found.count == 0) {
      return;
    }
    switch (mode) {
      case BEST -> found.add(found.best(), pairs);
      case MUTUAL -> {
        int best = found.best();
        if (nearestLeft[found.rows[best]] == row) {
          found.add(best, pairs);
        }
      }
      case ALL -> found.sorted(found.count, pairs);
      case K -> found.sorted(most, pairs);
      case DERUITER -> {
        int best = found.bestByErrors(deRuiter);
        if (best >= 0) {
          found.add(best, pairs);
        }
      }
      case ANTI -> {
        // It has a partner.
      }
    }
  }

  /** Of each right row the nearest left one, the first of equals; -1 for none. */
  private static int[] nearest(SkyPoints left, long[] numbers, SkyPoints right, ZoneIndex index) {
    int[] nearest = new int[right.count()];
    double[] least = new double[right.count()];
    Arrays.fill(nearest, -1);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int i = 0; i < left.count(); i++) {
      int row = i;
      index.search(
          left.raDeg()[row],
          left.decDeg()[row],
          (r, separation) -> {
            if (separation < least[r]
                || separation == least[r] && numbers[row] < numbers[nearest[r]]) {
              least[r] = separation;
              nearest[r] = row;
            }
          });
    }
    return nearest;
  }

  /**
   * Separation in units of the combined errors (de Ruiter, Willis, Arp 1977, A&amp;AS 28, 211). NaN
   * where there are no errors.
   */
  public static double deRuiter(SkyPoints left, int i, SkyPoints right, int j) {
    if (!left.hasErrors() || !right.hasErrors()) {
      return Double.NaN;
    }
    double middle = Math.toRadians((left.decDeg()[i] + right.decDeg()[j]) / 2);
    double east = 3600 * Separation.eastward(left.raDeg()[i], right.raDeg()[j]) * Math.cos(middle);
    double north = 3600 * (right.decDeg()[j] - left.decDeg()[i]);
    double ra = Math.hypot(left.raErrArcsec()[i], right.raErrArcsec()[j]);
    double dec = Math.hypot(left.decErrArcsec()[i], right.decErrArcsec()[j]);
    // No distance is none, whatever the errors.
    return Math.hypot(east == 0 ? 0 : east / ra, north == 0 ? 0 : north / dec);
  }

  /** Right rows near one left row. */
  private static final class Candidates implements ZoneIndex.Found {
    private final SkyPoints left;
    private final SkyPoints right;
    private final long[] numbers;
    private int[] rows = new int[16];
    private double[] separations = new double[16];
    private int count;
    private int of;

    Candidates(SkyPoints left, SkyPoints right, long[] numbers) {
      this.left = left;
      this.right = right;
      this.numbers = numbers;
    }

    void clear(int row) {
      of = row;
      count = 0;
    }

    @Override
    public void at(int row, double separationDeg) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        separations = Arrays.copyOf(separations, 2 * count);
      }
      rows[count] = row;
      separations[count++] = separationDeg;
    }

    private boolean isBefore(int a, int b) {
      return separations[a] < separations[b]
          || separations[a] == separations[b] && numbers[rows[a]] < numbers[rows[b]];
    }

    int best() {
      int best = 0;
      for (int i = 1; i < count; i++) {
        best = isBefore(i, best) ? i : best;
      }
      return best;
    }

    int bestByErrors(double most) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        double r = deRuiter(left, of, right, rows[i]);
        if (r <= most && (r < least || r == least && isBefore(i, best))) {
          least = r;
          best = i;
        }
      }
      return best;
    }

    void add(int candidate, Pairs pairs) {
      pairs.add(of, rows[candidate], separations[candidate]);
    }

    void sorted(int most, Pairs pairs) {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          Comparator.comparingDouble((Integer i) -> separations[i])
              .thenComparingLong(i -> numbers[rows[i]]));
      for (int i = 0; i < Math.min(most, count); i++) {
        add(order[i], pairs);
      }
    }
  }
}
