package org.cornerturn.jobs.crossmatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.cornerturn.crossmatch.OffsetHistogram;
import org.cornerturn.storage.ObjectStore;

/** What pairs come to; tallies of zones add up. */
final class Tally {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Logarithms of flux ratios that count: a factor of 22,000 either way. */
  private static final double MOST_LOG = 10;

  private final double radius;
  private final OffsetHistogram ra;
  private final OffsetHistogram dec;
  private final OffsetHistogram separation;
  private final OffsetHistogram ratio;
  private long rows;
  private long pairs;
  private long matched;
  private long longestId;

  /**
   * @param radiusArcsec of the match
   */
  Tally(double radiusArcsec) {
    // A match of radius 0 has offsets of 0 alone, in bins of any width.
    this.radius = radiusArcsec > 0 ? 1.001 * radiusArcsec : 1e-6;
    this.ra = new OffsetHistogram(-radius, radius);
    this.dec = new OffsetHistogram(-radius, radius);
    this.separation = new OffsetHistogram(0, radius);
    this.ratio = new OffsetHistogram(-MOST_LOG, MOST_LOG);
  }

  /** What is kept of a zone. */
  private record Stored(
      long rows,
      long pairs,
      long matched,
      long longestId,
      long[] ra,
      long[] dec,
      long[] separation,
      long[] ratio) {}

  void add(PairRow pair) {
    rows++;
    longestId = Math.max(longestId, Math.max(length(pair.leftId()), length(pair.rightId())));
    if (pair.isLone()) {
      return;
    }
    pairs++;
    matched += pair.rank() == 1 ? 1 : 0;
    ra.add(pair.offsetRa());
    dec.add(pair.offsetDec());
    separation.add(3600 * pair.separation());
    if (pair.leftFlux() > 0 && pair.rightFlux() > 0) {
      ratio.add(Math.log(pair.rightFlux() / pair.leftFlux()));
    }
  }

  private static int length(String id) {
    return id == null ? 0 : id.length();
  }

  void put(ObjectStore store, String key) throws IOException {
    store.put(
        key,
        JSON.writeValueAsBytes(
            new Stored(
                rows,
                pairs,
                matched,
                longestId,
                ra.packed(),
                dec.packed(),
                separation.packed(),
                ratio.packed())));
  }

  /** Adds what another task has counted. */
  void add(ObjectStore store, String key) throws IOException {
    Stored s = JSON.readValue(store.get(key), Stored.class);
    rows += s.rows();
    pairs += s.pairs();
    matched += s.matched();
    longestId = Math.max(longestId, s.longestId());
    ra.add(OffsetHistogram.unpacked(-radius, radius, s.ra()));
    dec.add(OffsetHistogram.unpacked(-radius, radius, s.dec()));
    separation.add(OffsetHistogram.unpacked(0, radius, s.separation()));
    ratio.add(OffsetHistogram.unpacked(-MOST_LOG, MOST_LOG, s.ratio()));
  }

  /** Rows that are told, lone ones too. */
  long rows() {
    return rows;
  }

  long pairs() {
    return pairs;
  }

  long matched() {
    return matched;
  }

  long fluxes() {
    return ratio.count();
  }

  OffsetHistogram ra() {
    return ra;
  }

  OffsetHistogram dec() {
    return dec;
  }

  double separation() {
    return separation.median();
  }

  /** Median of right over left flux; NaN without fluxes. */
  double fluxRatio() {
    return Math.exp(ratio.median());
  }

  double fluxRatioError() {
    return fluxRatio() * ratio.medianError();
  }

  double fluxRatioSigma() {
    return ratio.sigma();
  }

  /** How well the two agree on places, from the median offset. */
  String quality() {
    double offset = Math.hypot(ra.median(), dec.median());
    if (!(offset < 10)) {
      return pairs == 0 ? null : "poor";
    }
    return offset < 2 ? "excellent" : offset < 5 ? "good" : "fair";
  }
}
