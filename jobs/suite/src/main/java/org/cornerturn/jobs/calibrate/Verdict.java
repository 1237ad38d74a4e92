package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.calibration.SolutionQuality;
import org.cornerturn.storage.ObjectStore;

/**
 * Whether a term was solved for well enough to be used, as its finishing task has found out.
 *
 * @param term label of the term in its measurement set
 * @param failure why it is of no use; null where nothing forbids it
 * @param mendable whether stronger flags may help: gains are too weak for their noise, or did not
 *     converge. Data that are flagged or missing already are none the better for them
 */
record Verdict(String term, String failure, boolean mendable) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Verdict of(String term, GainTable gains) {
    SolutionQuality quality = SolutionQuality.of(gains);
    long weak =
        quality.byFlag()[SolutionFlag.LOW_SNR.code()]
            + quality.byFlag()[SolutionFlag.NOT_CONVERGED.code()];
    List<String> reasons = new ArrayList<>();
    boolean mendable = weak > 0;
    if (quality.antennas() == 0) {
      reasons.add("there is no solution");
    } else {
      for (SolutionQuality.Finding f : quality.findings()) {
        if (QualityRows.forbids(f)) {
          reasons.add(f.name().toLowerCase(Locale.ROOT).replace('_', ' '));
          mendable |= f == SolutionQuality.Finding.LOW_SNR;
        }
      }
    }
    String failure =
        reasons.isEmpty()
            ? null
            : String.format(
                Locale.ROOT,
                "%s (%d of %d gains flagged, %d of them for low signal over noise or no convergence)",
                String.join(", ", reasons),
                quality.solutions() - quality.byFlag()[0],
                quality.solutions(),
                weak);
    return new Verdict(term, failure, mendable);
  }

  private static String folder(SolvedSet set) {
    return SolvedSet.FACTS + "/" + set.measurementSet() + "/verdicts";
  }

  private static String key(SolvedSet set, int term) {
    return folder(set) + "/" + term + ".json";
  }

  /** Forgets those of an earlier chain in the same place. */
  static void clear(ObjectStore product, SolvedSet set) throws IOException {
    product.deleteFolder(folder(set));
  }

  void put(ObjectStore product, SolvedSet set, int place) throws IOException {
    product.put(key(set, place), JSON.writeValueAsBytes(this));
  }

  /** The first term that is of no use, if any was found to be so. */
  static Optional<Verdict> failed(ObjectStore product, List<SolvedSet> sets) throws IOException {
    for (SolvedSet set : sets) {
      for (int i = 0; i < set.chain().size(); i++) {
        if (product.status(key(set, i)).isPresent()) {
          Verdict v = JSON.readValue(product.get(key(set, i)), Verdict.class);
          if (v.failure() != null) {
            return Optional.of(v);
          }
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return term + ": " + failure;
  }
}
