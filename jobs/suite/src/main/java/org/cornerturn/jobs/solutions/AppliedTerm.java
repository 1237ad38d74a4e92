package org.cornerturn.jobs.solutions;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.solution.TermArrays;

/**
 * One term of a chain of gains, of one set of solutions or of several in the order of time.
 *
 * @param sources where its gains lie; of the same antennas, receptors and frequencies
 */
public record AppliedTerm(List<Source> sources) implements SharedByTasks {
  /**
   * Gains of a term in one set of solutions.
   *
   * @param root URI of the set
   */
  public record Source(String root, TermArrays arrays) implements Serializable {}

  public AppliedTerm {
    sources = List.copyOf(sources);
  }

  TermArrays first() {
    return sources.get(0).arrays();
  }
}
