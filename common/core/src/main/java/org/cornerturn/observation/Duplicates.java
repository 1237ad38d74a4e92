package org.cornerturn.observation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Of files with one subband number that start within half an integration of each other, the newest
 * is kept.
 *
 * @param kept the winners
 * @param losers the others, by the file that they lost to
 */
record Duplicates(List<NumberedFile> kept, Map<NumberedFile, List<LeftOut>> losers) {
  static Duplicates of(List<NumberedFile> files) {
    Map<Integer, NavigableMap<Instant, NumberedFile>> kept = new TreeMap<>();
    Map<NumberedFile, List<LeftOut>> losers = new HashMap<>();
    for (NumberedFile f : files.stream().sorted(NumberedFile.NEWEST_FIRST).toList()) {
      NavigableMap<Instant, NumberedFile> byStart =
          kept.computeIfAbsent(f.number(), n -> new TreeMap<>());
      NumberedFile winner = sameStart(f, byStart);
      if (winner == null) {
        byStart.put(f.file().time().start(), f);
      } else {
        losers
            .computeIfAbsent(winner, w -> new ArrayList<>())
            .add(
                f.leftOut(
                    LeftOut.Cause.DUPLICATE,
                    "a newer file has the same subband and start, " + winner.file().file().uri()));
      }
    }
    return new Duplicates(
        kept.values().stream().flatMap(m -> m.values().stream()).toList(), losers);
  }

  private static NumberedFile sameStart(NumberedFile f, NavigableMap<Instant, NumberedFile> kept) {
    Instant start = f.file().time().start();
    NumberedFile nearest =
        Stream.of(kept.floorEntry(start), kept.ceilingEntry(start))
            .filter(Objects::nonNull)
            .map(Map.Entry::getValue)
            .min(Comparator.comparingDouble(k -> Math.abs(k.startsAfter(f))))
            .orElse(null);
    if (nearest == null) {
      return null;
    }
    double integration =
        Math.max(f.file().time().integrationSeconds(), nearest.file().time().integrationSeconds());
    return Math.abs(nearest.startsAfter(f)) <= integration / 2 ? nearest : null;
  }
}
