package org.cornerturn.observation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Whether the headers of one observation agree. What most files say holds, of equally many the side
 * of the lowest number; for quantities it is the median. Who says otherwise is left out.
 */
final class Agreement {
  /** Declinations that differ by more are different pointings: one arc minute, in radians. */
  private static final double SAME_DECLINATION = Math.toRadians(1 / 60.0);

  /** Relative difference of integration times that are the same but for rounding. */
  private static final double SAME_INTEGRATION = 1e-3;

  private final List<LeftOut> leftOut = new ArrayList<>();
  private List<NumberedFile> members;

  private Agreement(List<NumberedFile> cluster) {
    members = cluster.stream().sorted(Comparator.comparingInt(NumberedFile::number)).toList();
    vote(SubbandFile::antennas, n -> n + " antennas");
    vote(SubbandFile::baselines, n -> n + " baselines");
    vote(f -> f.polarizations().stream().sorted().toList(), p -> "polarizations " + p);
    vote(f -> f.time().integrations(), n -> n + " integrations");
    keep(
        f -> f.time().integrationSeconds(),
        median -> SAME_INTEGRATION * median,
        (own, median) -> line("integrates %.6g s where the others integrate %.6g s", own, median));
    NumberedFile reference = members.get(0);
    double half = reference.file().time().integrationSeconds() / 2;
    keep(
        f -> f.time().secondsAfter(reference.file().time().start()),
        median -> half,
        (own, median) ->
            line(
                "starts %.3f s %s the others, more than half an integration: did a clock step?",
                Math.abs(own - median), own > median ? "after" : "before"));
    keep(
        SubbandFile::declinationRad,
        median -> SAME_DECLINATION,
        (own, median) ->
            line(
                "points at declination %.4f degrees, the others at %.4f",
                Math.toDegrees(own), Math.toDegrees(median)));
    separate();
  }

  static Agreement of(List<NumberedFile> cluster) {
    return new Agreement(cluster);
  }

  /** Those that agree, at least one, in the order of numbers. */
  List<Member> members() {
    return members.stream().map(NumberedFile::member).toList();
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private <V> void vote(Function<SubbandFile, V> property, Function<V, String> words) {
    Map<V, Integer> votes = new LinkedHashMap<>(); // In the order of numbers, for ties.
    members.forEach(m -> votes.merge(property.apply(m.file()), 1, Integer::sum));
    int most = votes.values().stream().mapToInt(n -> n).max().orElseThrow();
    V winner =
        votes.entrySet().stream()
            .filter(e -> e.getValue() == most)
            .findFirst()
            .orElseThrow()
            .getKey();
    remove(
        m -> {
          V own = property.apply(m.file());
          return own.equals(winner)
              ? null
              : "has " + words.apply(own) + " where the others have " + words.apply(winner);
        });
  }

  private interface Difference {
    String words(double own, double median);
  }

  private void keep(
      ToDoubleFunction<SubbandFile> quantity,
      Function<Double, Double> tolerance,
      Difference difference) {
    double[] sorted =
        members.stream()
            .mapToDouble(m -> quantity.applyAsDouble(m.file()))
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return;
    }
    double median = sorted[(sorted.length - 1) / 2];
    remove(
        m -> {
          double own = quantity.applyAsDouble(m.file());
          return Math.abs(own - median) > tolerance.apply(median)
              ? difference.words(own, median)
              : null;
        });
  }

  /** Of two members that claim the same frequencies, the newer stays. */
  private void separate() {
    List<NumberedFile> kept = new ArrayList<>();
    for (NumberedFile m : members.stream().sorted(NumberedFile.NEWEST_FIRST).toList()) {
      NumberedFile other =
          kept.stream()
              .filter(k -> k.file().band().collides(m.file().band()))
              .min(Comparator.comparingInt(NumberedFile::number))
              .orElse(null);
      if (other == null) {
        kept.add(m);
      } else {
        leftOut.add(
            m.leftOut(
                LeftOut.Cause.CONTRADICTORY,
                "has frequencies of subband "
                    + other.number()
                    + ", for which there is a newer file, "
                    + other.file().file().uri()));
      }
    }
    kept.sort(Comparator.comparingInt(NumberedFile::number));
    members = kept;
  }

  private void remove(Function<NumberedFile, String> objection) {
    List<NumberedFile> kept = new ArrayList<>();
    for (NumberedFile m : members) {
      String reason = objection.apply(m);
      if (reason == null) {
        kept.add(m);
      } else {
        leftOut.add(m.leftOut(LeftOut.Cause.CONTRADICTORY, reason));
      }
    }
    members = kept;
  }
}
