package org.cornerturn.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.radio.IcrsDirection;

/**
 * Directions by cells of space, so that near ones are found without looking at all. Distances are
 * chords between unit vectors: exact at the poles and across right ascension 0.
 */
final class SkyGrid {
  private final double side;
  private final Map<Long, List<Integer>> cells = new HashMap<>();
  private final List<double[]> vectors = new ArrayList<>();

  /**
   * @param radiusRad of the circles in which will be searched
   */
  SkyGrid(double radiusRad) {
    if (!(radiusRad > 0 && radiusRad <= Math.PI / 2)) {
      throw new IllegalArgumentException("a radius of " + radiusRad + " rad");
    }
    // A cell must not be so small that numbers of cells don't fit their key.
    this.side = Math.max(1e-6, chord(radiusRad));
  }

  static double[] vector(IcrsDirection d) {
    double c = Math.cos(d.decRad());
    return new double[] {c * Math.cos(d.raRad()), c * Math.sin(d.raRad()), Math.sin(d.decRad())};
  }

  static double chord(double angle) {
    return 2 * Math.sin(angle / 2);
  }

  /** Adds a direction; it has the next number. */
  int add(double[] vector) {
    vectors.add(vector);
    cells
        .computeIfAbsent(
            key(cell(vector[0]), cell(vector[1]), cell(vector[2])), k -> new ArrayList<>())
        .add(vectors.size() - 1);
    return vectors.size() - 1;
  }

  private long cell(double coordinate) {
    return (long) Math.floor(coordinate / side);
  }

  private static long key(long x, long y, long z) {
    return (x & 0x1fffff) << 42 | (y & 0x1fffff) << 21 | z & 0x1fffff;
  }

  /** Hears of a direction in the circle. */
  interface Sink {
    void near(int number, double angle);
  }

  /** Passes all within the radius, each once. */
  void near(double[] v, double radiusRad, Sink sink) {
    double most = chord(radiusRad);
    for (long x = cell(v[0] - most); x <= cell(v[0] + most); x++) {
      for (long y = cell(v[1] - most); y <= cell(v[1] + most); y++) {
        for (long z = cell(v[2] - most); z <= cell(v[2] + most); z++) {
          for (int n : cells.getOrDefault(key(x, y, z), List.of())) {
            double[] o = vectors.get(n);
            double dx = o[0] - v[0];
            double dy = o[1] - v[1];
            double dz = o[2] - v[2];
            double d = Math.sqrt(dx * dx + dy * dy + dz * dz);
            if (d <= most) {
              sink.near(n, 2 * Math.asin(Math.min(1, d / 2)));
            }
          }
        }
      }
    }
  }
}
