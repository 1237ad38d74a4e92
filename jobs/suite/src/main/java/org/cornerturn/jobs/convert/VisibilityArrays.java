package org.cornerturn.jobs.convert;

import org.cornerturn.SharedByTasks;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * The correlated arrays of a measurement set, without their attributes, since they travel with
 * tasks.
 *
 * @param set path of the measurement set
 */
record VisibilityArrays(
    String set,
    ArrayMetadata visibility,
    ArrayMetadata flag,
    ArrayMetadata weight,
    ArrayMetadata samples)
    implements SharedByTasks {

  static VisibilityArrays of(Msv4Layout layout) {
    return new VisibilityArrays(
        layout.set().name(),
        bare(layout.visibility()),
        bare(layout.flag()),
        bare(layout.weight()),
        bare(layout.samples()));
  }

  static ArrayMetadata bare(ArrayMetadata metadata) {
    return metadata.withAttributes(null);
  }

  String path(String array) {
    return set + "/" + array;
  }
}
