package org.cornerturn.jobs.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.solution.TermArrays;

/**
 * Writes rows of some times of a term into a data file of {@code gain_solutions}, which publishing
 * makes a part of the table.
 *
 * @param id key of what it leaves: which files it has written
 * @param solutions id of the set of solutions
 * @param place number of the term in the chain
 */
record RowsTask(
    String id,
    SolvedSet set,
    String solutions,
    String warehouse,
    int place,
    int firstTime,
    int times,
    long inputBytes,
    long peakBytes)
    implements CalibrateTask {
  /** Tasks of the terms that have many rows: those of the others are written while publishing. */
  static List<CalibrateTask> of(SolvedSet set, String solutions, String warehouse) {
    List<CalibrateTask> tasks = new ArrayList<>();
    for (int place = 0; place < set.arrays().size(); place++) {
      TermArrays term = set.arrays().get(place);
      int times = each(term);
      for (int first = 0; times > 0 && first < term.time().count(); first += times) {
        int some = Math.min(times, term.time().count() - first);
        long table = GainTable.bytes(term.shape().size());
        tasks.add(
            new RowsTask(
                WrittenRows.key(set, term, first),
                set,
                solutions,
                warehouse,
                place,
                first,
                some,
                table,
                2 * table + 3 * GainRows.FILE_BYTES));
      }
    }
    return tasks;
  }

  /** Times of a term whose rows make a data file; 0 where all of them make less than one. */
  static int each(TermArrays term) {
    long rows = term.shape().size() / Math.max(1, term.frequency().count());
    long all = rows * GainRows.rowBytes(term.frequency().count());
    int times = term.time().count();
    return all <= GainRows.FILE_BYTES
        ? 0
        : (int) Math.max(1, times * GainRows.FILE_BYTES / Math.max(1, all));
  }

  @Override
  public int term() {
    return set.chain().size();
  }

  @Override
  public int wave() {
    return 2 * term();
  }
}
