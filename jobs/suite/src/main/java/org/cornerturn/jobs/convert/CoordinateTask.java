package org.cornerturn.jobs.convert;

import java.util.List;
import org.cornerturn.measurementset.SmallArray;

/**
 * Writes coordinates, antennas and fields, which planning has at hand.
 *
 * @param id key of the first object
 * @param arrays without their attributes
 */
record CoordinateTask(String id, List<SmallArray> arrays, long peakBytes) implements ConvertTask {
  @Override
  public long inputBytes() {
    return 0;
  }
}
