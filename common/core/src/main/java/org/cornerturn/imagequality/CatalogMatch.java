package org.cornerturn.imagequality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/**
 * Which peaks of an image are which sources of a catalogue.
 *
 * @param pairs brightest source first
 * @param missed sources without a peak, brightest first
 * @param unknown peaks without a source, in their order
 */
public record CatalogMatch(List<Pair> pairs, List<Source> missed, List<Source> unknown) {

  /** A direction and a flux. */
  public record Source(IcrsDirection direction, double fluxJy) {}

  /**
   * A peak and its source.
   *
   * @param eastRad from the source to the peak, on the sky
   * @param northRad the same to the north
   */
  public record Pair(Source peak, Source source, double eastRad, double northRad) {
    /** Measured over catalogue flux. */
    public double ratio() {
      return peak.fluxJy() / source.fluxJy();
    }
  }

  public CatalogMatch {
    pairs = List.copyOf(pairs);
    missed = List.copyOf(missed);
    unknown = List.copyOf(unknown);
  }

  /**
   * Matches each catalogue source with the nearest peak, the brightest source first; a peak belongs
   * to one source.
   *
   * @param catalog sources that the image should show
   */
  public static CatalogMatch of(List<Source> peaks, List<Source> catalog, double radiusRad) {
    Integer[] byDeclination = new Integer[peaks.size()];
    Arrays.setAll(byDeclination, i -> i);
    Arrays.sort(
        byDeclination,
        Comparator.comparingDouble((Integer i) -> peaks.get(i).direction().decRad()));
    Source[] sorted = new Source[byDeclination.length];
    Arrays.setAll(sorted, i -> peaks.get(byDeclination[i]));
    boolean[] taken = new boolean[sorted.length];
    List<Source> order = new ArrayList<>(catalog);
    order.sort(Comparator.comparingDouble(Source::fluxJy).reversed());
    List<Pair> pairs = new ArrayList<>();
    List<Source> missed = new ArrayList<>();
    for (Source source : order) {
      int best = nearest(sorted, taken, source.direction(), radiusRad);
      if (best < 0) {
        missed.add(source);
        continue;
      }
      taken[best] = true;
      double[] lmn = sorted[best].direction().cosines(source.direction());
      pairs.add(new Pair(sorted[best], source, lmn[0], lmn[1]));
    }
    boolean[] known = new boolean[taken.length];
    for (int i = 0; i < taken.length; i++) {
      known[byDeclination[i]] = taken[i];
    }
    List<Source> unknown = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      if (!known[i]) {
        unknown.add(peaks.get(i));
      }
    }
    return new CatalogMatch(pairs, missed, unknown);
  }

  /** What the pairs tell of fluxes, positions and completeness. */
  public CatalogCheck check() {
    return CatalogCheck.of(pairs, pairs.size() + missed.size(), pairs.size() + unknown.size());
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
}
