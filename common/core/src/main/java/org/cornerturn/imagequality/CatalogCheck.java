package org.cornerturn.imagequality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/**
 * Peaks of an image beside a catalogue: measured flux scale, astrometry and completeness. Angles
 * are radians on the sky (right ascension times the cosine of declination). NaN without matches.
 *
 * @param matched peaks that have a catalogue source within the radius
 * @param medianRatio of measured to catalogue fluxes
 * @param scatterRatio 1.4826 times the median absolute deviation of the ratios
 * @param eastRad median offset to the east, image less catalogue
 * @param northRad median offset to the north
 * @param rmsRad root of the mean squared distance
 * @param completeness part of the catalogue's sources, of those asked for, that is matched
 * @param falseRate part of the peaks without a source
 */
public record CatalogCheck(
    int matched,
    double medianRatio,
    double scatterRatio,
    double eastRad,
    double northRad,
    double rmsRad,
    double completeness,
    double falseRate) {

  /** A direction and a flux. */
  public record Source(IcrsDirection direction, double fluxJy) {}

  /**
   * Matches each catalogue source with the nearest peak, the brightest source first; a peak belongs
   * to one source.
   *
   * @param catalog sources that the image should show
   */
  public static CatalogCheck of(List<Source> peaks, List<Source> catalog, double radiusRad) {
    Source[] sorted = peaks.toArray(new Source[0]);
    Arrays.sort(sorted, (a, b) -> Double.compare(a.direction().decRad(), b.direction().decRad()));
    boolean[] taken = new boolean[sorted.length];
    List<Source> order = new ArrayList<>(catalog);
    order.sort((a, b) -> Double.compare(b.fluxJy(), a.fluxJy()));
    List<double[]> pairs = new ArrayList<>();
    for (Source source : order) {
      int best = nearest(sorted, taken, source.direction(), radiusRad);
      if (best >= 0) {
        taken[best] = true;
        double[] lmn = sorted[best].direction().cosines(source.direction());
        pairs.add(new double[] {sorted[best].fluxJy() / source.fluxJy(), lmn[0], lmn[1]});
      }
    }
    double squares = 0;
    for (double[] p : pairs) {
      squares += p[1] * p[1] + p[2] * p[2];
    }
    int n = pairs.size();
    double ratio = median(pairs.stream().mapToDouble(p -> p[0]).toArray());
    return new CatalogCheck(
        n,
        ratio,
        1.482602218505602
            * median(pairs.stream().mapToDouble(p -> Math.abs(p[0] - ratio)).toArray()),
        median(pairs.stream().mapToDouble(p -> p[1]).toArray()),
        median(pairs.stream().mapToDouble(p -> p[2]).toArray()),
        Math.sqrt(squares / n),
        (double) n / catalog.size(),
        (double) (peaks.size() - n) / peaks.size());
  }

  private static int nearest(Source[] sorted, boolean[] taken, IcrsDirection at, double radius) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].direction().decRad() < at.decRad() - radius) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int best = -1;
    double least = radius;
    for (int i = low;
        i < sorted.length && sorted[i].direction().decRad() <= at.decRad() + radius;
        i++) {
      double separation = taken[i] ? Double.MAX_VALUE : at.separationRad(sorted[i].direction());
      if (separation <= least) {
        least = separation;
        best = i;
      }
    }
    return best;
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }
}
