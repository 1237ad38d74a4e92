package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.SharedByTasks;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * What every task of a measurement set must know.
 *
 * @param processingSet URI
 * @param measurementSet name in it
 * @param from data group whose visibilities are searched and whose flags are kept
 * @param target name of the array of flags that is made
 * @param flags its metadata
 * @param branch name of the flags as a product
 */
record FlagSource(
    String processingSet,
    String measurementSet,
    DataGroup from,
    String target,
    ArrayMetadata flags,
    String branch)
    implements SharedByTasks {

  Msv4Reader reader(TaskStores stores) throws IOException {
    return ProcessingSet.open(stores.open(processingSet)).measurementSet(measurementSet).of(from);
  }

  /** Folder of intermediate objects, relative to the measurement set. */
  String parts() {
    return ProductPlan.STATE + "/" + branch + "/parts";
  }

  /** Path of the array of what was found, before it is known what goes altogether. */
  String found() {
    return parts() + "/found";
  }

  /** Key of what a window has counted. */
  String searched(int window) {
    return parts() + "/searched/" + window;
  }

  /** Key of what goes altogether. */
  String totals() {
    return parts() + "/totals";
  }

  /** Key of how many flags an object has. */
  String counted(int object) {
    return parts() + "/counted/" + object;
  }

  /** Extents or starts as ints. */
  static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
