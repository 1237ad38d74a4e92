package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.TableWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data files that tasks have written for a table, before they are part of it.
 *
 * @param warehouse in which they lie
 */
record WrittenRows(String warehouse, List<DataFile> files) {
  private static final Logger LOG = LoggerFactory.getLogger(WrittenRows.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Key of what the task leaves that begins at a time. */
  static String key(SolvedSet set, TermArrays term, int firstTime) {
    return String.format(
        "%s/%s/rows/%s/%06d.json", SolvedSet.PARTS, set.measurementSet(), term.label(), firstTime);
  }

  /** Does a task. Without a table the solutions are as good: what goes wrong here is told. */
  static void write(RowsTask task, TaskStores stores) throws IOException {
    // Not recorded, as other parts.
    ObjectStore product = stores.open(stores.product().uri());
    SolvedSet set = task.set();
    TermArrays term = set.arrays().get(task.place());
    GainTable table = SolutionSet.gains(product, term);
    double[] delays = term.hasDelays() ? SolutionSet.delays(product, term) : null;
    String refant = References.refant(product, set);
    List<DataFile> files = List.of();
    try {
      TableWriter to =
          new TableWriter(
              stores.open(GainRows.folder(task.warehouse())),
              SolutionTables.GAIN_SOLUTIONS,
              2 * GainRows.FILE_BYTES);
      new GainRows(task.solutions(), product.uri(), set, term, refant)
          .write(to, table, delays, task.firstTime(), task.times());
      files = to.finish();
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("rows of {} are left to the end: {}", task.id(), e.toString());
    }
    product.put(task.id(), JSON.writeValueAsBytes(new WrittenRows(task.warehouse(), files)));
  }

  /**
   * The files with the rows of a term.
   *
   * @return none unless there are those of all of its times, in this warehouse
   */
  static List<DataFile> of(ObjectStore product, SolvedSet set, TermArrays term, String warehouse)
      throws IOException {
    int times = RowsTask.each(term);
    List<DataFile> all = new ArrayList<>();
    for (int first = 0; times > 0 && first < term.time().count(); first += times) {
      String key = key(set, term, first);
      if (product.status(key).isEmpty()) {
        return List.of();
      }
      WrittenRows some = JSON.readValue(product.get(key), WrittenRows.class);
      if (!some.warehouse().equals(warehouse) || some.files().isEmpty()) {
        return List.of();
      }
      all.addAll(some.files());
    }
    return all;
  }
}
