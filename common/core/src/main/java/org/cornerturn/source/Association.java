package org.cornerturn.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/**
 * Which detections of several epochs are of one source. Epoch after epoch, detections go to the
 * sources that there are, the closest pairs first and each one to one; what is left founds sources.
 * A source's place is the mean of its detections' unit vectors weighted with their errors, so it is
 * exact at the poles and across right ascension 0.
 */
public final class Association {
  private final double radiusRad;
  private final double deRuiter;
  private final List<Source> sources = new ArrayList<>();

  /**
   * @param radiusRad pairs are no further apart
   * @param deRuiter nor is their distance more than this many errors; infinity for any
   */
  public Association(double radiusRad, double deRuiter) {
    this.radiusRad = radiusRad;
    this.deRuiter = deRuiter;
  }

  /**
   * A detection's place.
   *
   * @param id by which it is known
   * @param eastErrorRad error along right ascension, on the sky
   * @param northErrorRad error along declination
   */
  public record Place(
      String id, IcrsDirection direction, double eastErrorRad, double northErrorRad) {}

  /** A source and the detections of it. */
  public static final class Source {
    private final String id;
    private final double[] anchor;
    private final double[] sum = new double[3];
    private double weight;
    private double eastWeight;
    private double northWeight;
    private final List<Link> links = new ArrayList<>();

    private Source(String id, double[] anchor) {
      this.id = id;
      this.anchor = anchor;
    }

    public String id() {
      return id;
    }

    public List<Link> links() {
      return List.copyOf(links);
    }

    /** Mean place of its detections. */
    public IcrsDirection direction() {
      return direction(vector());
    }

    /** Error of the mean place along right ascension, on the sky. */
    public double eastErrorRad() {
      return 1 / Math.sqrt(eastWeight);
    }

    /** Error of the mean place along declination. */
    public double northErrorRad() {
      return 1 / Math.sqrt(northWeight);
    }

    private double[] vector() {
      double length = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
      return weight > 0 ? new double[] {sum[0] / length, sum[1] / length, sum[2] / length} : anchor;
    }

    private static IcrsDirection direction(double[] v) {
      double ra = Math.atan2(v[1], v[0]);
      return new IcrsDirection(
          ra < 0 ? ra + 2 * Math.PI : ra, Math.atan2(v[2], Math.hypot(v[0], v[1])));
    }

    private void take(int epoch, int index, Place p, double[] v) {
      double w = 1 / (p.eastErrorRad() * p.northErrorRad());
      for (int i = 0; i < 3; i++) {
        sum[i] += w * v[i];
      }
      weight += w;
      eastWeight += 1 / (p.eastErrorRad() * p.eastErrorRad());
      northWeight += 1 / (p.northErrorRad() * p.northErrorRad());
      links.add(new Link(epoch, index));
    }
  }

  /** A detection of a source: epoch and number in it. */
  public record Link(int epoch, int index) {}

  /** A source that was known before, by the name and place it was given then. */
  public void known(String id, IcrsDirection place) {
    sources.add(new Source(id, SkyGrid.vector(place)));
  }

  /** Names a source by its first detection. */
  public interface Naming {
    String name(Place first);
  }

  private record Pair(double distance, int source, int place) {}

  /** Associates an epoch's detections. Epochs come in the order of time. */
  public void epoch(int epoch, List<Place> places, Naming naming) {
    SkyGrid grid = new SkyGrid(radiusRad);
    double[][] at = new double[sources.size()][];
    for (int s = 0; s < at.length; s++) {
      at[s] = sources.get(s).vector();
      grid.add(at[s]);
    }
    double[][] vectors = new double[places.size()][];
    List<Pair> pairs = new ArrayList<>();
    for (int p = 0; p < vectors.length; p++) {
      vectors[p] = SkyGrid.vector(places.get(p).direction());
      int place = p;
      grid.near(
          vectors[p],
          radiusRad,
          (s, angle) -> {
            if (normalized(sources.get(s), places.get(place)) <= deRuiter) {
              pairs.add(new Pair(angle, s, place));
            }
          });
    }
    pairs.sort(
        Comparator.comparingDouble(Pair::distance)
            .thenComparing(q -> sources.get(q.source).id())
            .thenComparing(q -> places.get(q.place).id()));
    boolean[] given = new boolean[sources.size()];
    int[] to = new int[places.size()];
    Arrays.fill(to, -1);
    for (Pair q : pairs) {
      if (!given[q.source] && to[q.place] < 0) {
        given[q.source] = true;
        to[q.place] = q.source;
      }
    }
    for (int p = 0; p < to.length; p++) {
      Source source;
      if (to[p] >= 0) {
        source = sources.get(to[p]);
      } else {
        source = new Source(naming.name(places.get(p)), vectors[p]);
        sources.add(source);
      }
      source.take(epoch, p, places.get(p), vectors[p]);
    }
  }

  /** Distance over its error (de Ruiter, Willis and Arp 1977, A&AS 28, 211). */
  private static double normalized(Source source, Place place) {
    double[] off = place.direction().cosines(source.direction());
    boolean seen = source.weight > 0;
    double east = Math.hypot(place.eastErrorRad(), seen ? source.eastErrorRad() : 0);
    double north = Math.hypot(place.northErrorRad(), seen ? source.northErrorRad() : 0);
    return Math.hypot(off[0] / east, off[1] / north);
  }

  /** Sources that have a detection: those that were known first, then in the order of founding. */
  public List<Source> sources() {
    return sources.stream().filter(s -> !s.links.isEmpty()).toList();
  }
}
