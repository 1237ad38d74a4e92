package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.table.TableDefinition;

/** The observations of a warehouse's index ({@code uvh5_files}), by their times. */
final class CoveringObservations {
  /** The columns of the index that are read here. */
  private static final TableDefinition INDEX =
      TableDefinition.named("uvh5_files", "UVH5 files")
          .text("group_id", "its observation")
          .text("state", "member where it is part of it")
          .moment("start", "beginning of the first integration")
          .moment("end", "end of the last integration");

  private static final double MINUTE_MICROS = 60e6;

  /**
   * An observation.
   *
   * @param start microseconds since 1970
   */
  record Observation(String id, long start, long end) {
    /** Minutes from a moment to the middle of the observation. */
    double minutesFrom(long micros) {
      return (start / 2.0 + end / 2.0 - micros) / MINUTE_MICROS;
    }
  }

  private final List<Observation> all;

  private CoveringObservations(List<Observation> all) {
    this.all = all;
  }

  static CoveringObservations of(CalibratorRegistry warehouse) throws IOException {
    Map<String, Observation> byId = new HashMap<>();
    warehouse.read(
        INDEX,
        List.of("group_id", "state", "start", "end"),
        v -> {
          if ("member".equals(v[1]) && v[0] != null && v[2] != null && v[3] != null) {
            byId.merge(
                (String) v[0],
                new Observation((String) v[0], (Long) v[2], (Long) v[3]),
                (a, b) ->
                    new Observation(
                        a.id(), Math.min(a.start(), b.start()), Math.max(a.end(), b.end())));
          }
        });
    return new CoveringObservations(List.copyOf(byId.values()));
  }

  /** The observation within which a moment lies; of several, the one whose middle is nearest. */
  Optional<Observation> at(long micros) {
    return all.stream()
        .filter(o -> o.start() <= micros && micros <= o.end())
        .min(
            Comparator.comparingDouble((Observation o) -> Math.abs(o.minutesFrom(micros)))
                .thenComparing(Observation::id));
  }
}
