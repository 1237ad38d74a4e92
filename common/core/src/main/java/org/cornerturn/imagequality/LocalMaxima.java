package org.cornerturn.imagequality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Peaks of an image, with their places to a fraction of a pixel. */
public final class LocalMaxima {
  private LocalMaxima() {}

  /**
   * A peak.
   *
   * @param x column, from a parabola through the pixels beside the largest, in each direction
   * @param value of that parabola at its top
   */
  public record Peak(double x, double y, double value) {}

  /**
   * The highest peaks above a level: pixels that none of the eight about them exceeds; of equal
   * ones the first.
   *
   * @param most how many are kept
   * @return from the highest on
   */
  public static List<Peak> above(float[] plane, int width, int height, double level, int most) {
    Comparator<Peak> order =
        Comparator.comparingDouble(Peak::value)
            .reversed()
            .thenComparingDouble(Peak::y)
            .thenComparingDouble(Peak::x);
    List<Peak> out = new ArrayList<>();
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        if (plane[y * width + x] > level && isPeak(plane, width, x, y)) {
          out.add(fit(plane, width, x, y));
          if (out.size() > 2 * most + 1000) {
            out.sort(order);
            out.subList(most, out.size()).clear();
          }
        }
      }
    }
    out.sort(order);
    return List.copyOf(out.subList(0, Math.min(most, out.size())));
  }

  private static boolean isPeak(float[] plane, int width, int x, int y) {
    int at = y * width + x;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        float other = plane[at + dy * width + dx];
        boolean before = dy < 0 || dy == 0 && dx < 0;
        boolean exceeds = before ? other >= plane[at] : other > plane[at];
        if ((dx != 0 || dy != 0) && (exceeds || Float.isNaN(other))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Peak fit(float[] plane, int width, int x, int y) {
    int at = y * width + x;
    double dx = top(plane[at - 1], plane[at], plane[at + 1]);
    double dy = top(plane[at - width], plane[at], plane[at + width]);
    double rise =
        dx * (plane[at + 1] - (double) plane[at - 1]) / 4
            + dy * (plane[at + width] - (double) plane[at - width]) / 4;
    return new Peak(x + dx, y + dy, plane[at] + rise);
  }

  /** Where the parabola through -1, 0 and 1 is highest. */
  private static double top(double before, double here, double after) {
    double curve = before - 2 * here + after;
    return curve < 0 ? (before - after) / (2 * curve) : 0;
  }
}
