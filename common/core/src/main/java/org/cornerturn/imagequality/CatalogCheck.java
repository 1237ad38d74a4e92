package org.cornerturn.imagequality;

import java.util.Arrays;
import java.util.List;

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

  /**
   * What the pairs tell.
   *
   * @param catalog how many sources the image should show
   * @param peaks how many there are
   */
  static CatalogCheck of(List<CatalogMatch.Pair> pairs, int catalog, int peaks) {
    double squares = 0;
    for (CatalogMatch.Pair p : pairs) {
      squares += p.eastRad() * p.eastRad() + p.northRad() * p.northRad();
    }
    int n = pairs.size();
    double ratio = median(pairs.stream().mapToDouble(CatalogMatch.Pair::ratio).toArray());
    return new CatalogCheck(
        n,
        ratio,
        1.482602218505602
            * median(pairs.stream().mapToDouble(p -> Math.abs(p.ratio() - ratio)).toArray()),
        median(pairs.stream().mapToDouble(CatalogMatch.Pair::eastRad).toArray()),
        median(pairs.stream().mapToDouble(CatalogMatch.Pair::northRad).toArray()),
        Math.sqrt(squares / n),
        (double) n / catalog,
        (double) (peaks - n) / peaks);
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }
}
