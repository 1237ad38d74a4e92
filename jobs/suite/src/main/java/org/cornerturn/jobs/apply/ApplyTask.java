package org.cornerturn.jobs.apply;

import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.solutions.AppliedTerm;
import org.cornerturn.plan.ChunkTask;

/**
 * Corrects one stored object of a measurement set's visibilities, weights and flags.
 *
 * @param id key of the corrected visibilities in the measurement set
 * @param set URI of the processing set
 * @param measurementSet name of the measurement set
 * @param dataGroup that is corrected
 * @param arrays that are written, without attributes
 * @param box of the object: (time, baseline, frequency, polarization)
 * @param terms in the order of the chain
 * @param linear whether gains are interpolated between times
 */
record ApplyTask(
    String id,
    String set,
    String measurementSet,
    String dataGroup,
    CorrectedArrays arrays,
    Box box,
    List<AppliedTerm> terms,
    boolean linear,
    long inputBytes,
    long peakBytes)
    implements ChunkTask {
  ApplyTask {
    terms = List.copyOf(terms);
  }
}
