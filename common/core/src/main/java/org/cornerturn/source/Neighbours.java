package org.cornerturn.source;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/**
 * What is beside each of many directions.
 *
 * @param nearestRad distance of the nearest other; infinite where none is within the radius
 * @param count others within the smaller radius
 */
public record Neighbours(double[] nearestRad, int[] count) {
  /**
   * @param radiusRad in which the nearest is looked for
   * @param crowdRad in which others are counted; not larger
   */
  public static Neighbours of(List<IcrsDirection> directions, double radiusRad, double crowdRad) {
    SkyGrid grid = new SkyGrid(crowdRad);
    double[][] vectors = new double[directions.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = SkyGrid.vector(directions.get(i));
      grid.add(vectors[i]);
    }
    double[] nearest = new double[vectors.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int[] count = new int[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      int self = i;
      grid.near(
          vectors[i],
          crowdRad,
          (n, angle) -> {
            if (n != self) {
              count[self]++;
              nearest[self] = Math.min(nearest[self], angle);
            }
          });
      if (count[i] == 0) {
        grid.near(
            vectors[i],
            radiusRad,
            (n, angle) ->
                nearest[self] = n == self ? nearest[self] : Math.min(nearest[self], angle));
      }
    }
    return new Neighbours(nearest, count);
  }
}
