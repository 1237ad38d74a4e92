package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.List;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.jobs.solutions.AppliedTerm;
import org.cornerturn.jobs.solutions.GainChain;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.spark.TaskStores;

/** The terms before one, as the product has them, though nobody else sees them yet. */
final class EarlierTerms {
  private EarlierTerms() {}

  static GainChain of(SolvedSet set, int term, SolveData data, Msv4Reader reader, TaskStores stores)
      throws IOException {
    return of(set, 0, term, data.baselines(), data.frequencyHz(), reader, stores);
  }

  /** Those from one on up to another. */
  static GainChain of(
      SolvedSet set,
      int from,
      int to,
      Baselines baselines,
      double[] frequencyHz,
      Msv4Reader reader,
      TaskStores stores)
      throws IOException {
    List<AppliedTerm> earlier =
        set.arrays().subList(from, to).stream()
            .map(a -> new AppliedTerm(List.of(new AppliedTerm.Source("", a))))
            .toList();
    return new GainChain(
        earlier,
        true,
        new GainChain.Data(set.antennas(), baselines, SolvedSet.polarizations(reader), frequencyHz),
        root -> stores.product());
  }
}
