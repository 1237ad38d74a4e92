package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.imaging.UvwExtent;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;

/** Looks at the uvw of all cross-correlations, some integrations at a time. */
final class UvwScan {
  private static final int TIMES = 64;

  private final double limit;
  private UvwExtent extent = UvwExtent.NONE;
  private double longest;
  private long beyond;

  /**
   * @param limit baselines that are longer at the highest frequency don't count, wavelengths
   */
  UvwScan(double limit) {
    this.limit = limit;
  }

  void add(Msv4Reader reader, ImagedSet set, IcrsDirection centre) throws IOException {
    int times = (int) reader.shape().dim(0);
    int baselines = (int) reader.shape().dim(1);
    int[] crosses = Samples.crosses(reader);
    double[] hertz = reader.frequenciesHz();
    double high = hertz[hertz.length - 1] / FringeRotator.SPEED_OF_LIGHT;
    double[] shift = new double[baselines];
    for (int from = 0; from < times; from += TIMES) {
      int count = Math.min(TIMES, times - from);
      double[] uvw = reader.uvwMetres(from, count);
      double[] shown = new double[3 * crosses.length * count];
      int n = 0;
      for (int t = 0; t < count; t++) {
        int at = 3 * baselines * t;
        Samples.turn(set.phaseCentre(from + t), centre, uvw, at, baselines, shift);
        for (int b : crosses) {
          double metres = Math.hypot(uvw[at + 3 * b], uvw[at + 3 * b + 1]);
          if (!Double.isFinite(metres)) {
            continue;
          }
          longest = Math.max(longest, metres * high);
          if (metres * high > limit) {
            beyond++;
          } else {
            System.arraycopy(uvw, at + 3 * b, shown, 3 * n++, 3);
          }
        }
      }
      extent =
          extent.union(
              UvwExtent.of(Arrays.copyOf(shown, 3 * n), hertz[0], hertz[hertz.length - 1]));
    }
  }

  static UvwScan of(
      List<Msv4Reader> readers, List<ImagedSet> sets, IcrsDirection centre, double limit)
      throws IOException {
    UvwScan scan = new UvwScan(limit);
    for (int s = 0; s < sets.size(); s++) {
      scan.add(readers.get(s), sets.get(s), centre);
    }
    return scan;
  }

  /** Of what counts. */
  UvwExtent extent() {
    return extent;
  }

  /** The longest baseline at the highest frequency, wavelengths. */
  double longest() {
    return longest;
  }

  /** Rows that are beyond the limit. */
  long beyond() {
    return beyond;
  }
}
