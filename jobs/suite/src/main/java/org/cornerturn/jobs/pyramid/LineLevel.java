package org.cornerturn.jobs.pyramid;

import java.io.Serializable;
import org.cornerturn.pyramid.Statistics;

/**
 * Arrays of one level over lines.
 *
 * @param minMax (..., bin, stat)
 * @param mean (..., bin), or null
 * @param nanCount (..., bin), int64; or null where no sample can be NaN or no mean is kept
 */
record LineLevel(int number, StoredArray minMax, StoredArray mean, StoredArray nanCount)
    implements Serializable {
  Statistics kept() {
    return mean == null ? Statistics.MIN_MAX : Statistics.MIN_MAX_MEAN;
  }

  /** Bytes of a bin in all arrays. */
  long binBytes() {
    return 2L * minMax.type().itemSize()
        + (mean == null ? 0 : mean.type().itemSize())
        + (nanCount == null ? 0 : Long.BYTES);
  }

  LineLevel bare() {
    return new LineLevel(
        number,
        minMax.bare(),
        mean == null ? null : mean.bare(),
        nanCount == null ? null : nanCount.bare());
  }
}
