package org.cornerturn.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cornerturn.radio.Ecef;

/** Which antenna's phase is best taken as 0. */
public final class ReferenceAntenna {
  /** An antenna with more than this part of its data flagged is not healthy. */
  private static final double HEALTHY = 0.5;

  // Fractions of flags nearer than this count as equal, so that the place decides.
  private static final double STEP = 0.01;

  private ReferenceAntenna() {}

  /**
   * Antennas that have data, the best reference first: those healthy all the time (less than half
   * flagged in each interval), of these the least flagged, of equally flagged ones (to 1 %) the
   * nearest to the middle of the array.
   *
   * @param flagged part of each antenna's data that is flagged, (time, antenna); 1 for none
   * @param positions of the antennas
   */
  public static List<Integer> rank(double[] flagged, List<Ecef> positions) {
    int antennas = positions.size();
    double[] mean = new double[antennas];
    double[] worst = new double[antennas];
    boolean[] any = new boolean[antennas];
    int times = antennas == 0 ? 0 : flagged.length / antennas;
    for (int i = 0; i < times * antennas; i++) {
      mean[i % antennas] += flagged[i] / times;
      worst[i % antennas] = Math.max(worst[i % antennas], flagged[i]);
      any[i % antennas] |= flagged[i] < 1;
    }
    List<Integer> all = new ArrayList<>();
    for (int a = 0; a < antennas; a++) {
      if (any[a]) {
        all.add(a);
      }
    }
    Ecef middle =
        new Ecef(
            median(all, a -> positions.get(a).xMetres()),
            median(all, a -> positions.get(a).yMetres()),
            median(all, a -> positions.get(a).zMetres()));
    all.sort(
        Comparator.comparing((Integer a) -> worst[a] >= HEALTHY)
            .thenComparing(a -> Math.round(mean[a] / STEP))
            .thenComparing(a -> distance(positions.get(a), middle)));
    return all;
  }

  private static double median(List<Integer> antennas, ToDoubleFunction<Integer> coordinate) {
    double[] sorted = antennas.stream().mapToDouble(coordinate).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static double distance(Ecef a, Ecef b) {
    Ecef d = a.minus(b);
    return Math.hypot(d.xMetres(), Math.hypot(d.yMetres(), d.zMetres()));
  }
}
