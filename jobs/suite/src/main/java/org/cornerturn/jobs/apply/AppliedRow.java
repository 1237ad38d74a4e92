package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.plan.Fingerprint;

/** What the table {@code calibrations_applied} says of corrected data. */
record AppliedRow(
    String product,
    String fingerprint,
    String root,
    String dataGroup,
    List<String> solutions,
    List<String> roots,
    String interpolation,
    ApplyPlanner.Age age) {

  /**
   * @param flagged part of the samples
   */
  void append(String warehouse, Map<String, String> hadoop, double flagged) throws IOException {
    Object[] row = {
      product,
      root,
      dataGroup,
      solutions,
      roots,
      interpolation,
      age.seconds(),
      age.staleness().toString(),
      flagged,
      TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli())
    };
    // Once for each making in its place, however often it is published.
    String writer = new Fingerprint().with("root", root).with("fingerprint", fingerprint).hex();
    SolutionTables.open(warehouse, SolutionTables.CALIBRATIONS_APPLIED, hadoop)
        .append(List.<Object[]>of(row), "applied-" + writer, 0);
  }
}
