package org.cornerturn.jobs.pyramid;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of one level over images, all (..., y, x).
 *
 * @param nanCount int32; null where no pixel can be NaN
 */
record ImageLevel(
    int number, StoredArray mean, StoredArray min, StoredArray max, StoredArray nanCount)
    implements Serializable {
  List<StoredArray> arrays() {
    List<StoredArray> arrays = new ArrayList<>(List.of(mean, min, max));
    if (nanCount != null) {
      arrays.add(nanCount);
    }
    return arrays;
  }

  /** Bytes of a pixel in all arrays. */
  long pixelBytes() {
    return arrays().stream().mapToLong(a -> a.type().itemSize()).sum();
  }

  ImageLevel bare() {
    return new ImageLevel(
        number, mean.bare(), min.bare(), max.bare(), nanCount == null ? null : nanCount.bare());
  }
}
