package org.cornerturn.jobs.convert;

import java.io.IOException;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * Makes a converted store visible.
 *
 * @param parts whether tasks may have left parts for each other
 */
record StorePublisher(ZarrHierarchy hierarchy, boolean parts) implements Publisher {
  @Override
  public void publish(ObjectStore root) throws IOException {
    hierarchy.publish(root, "");
    if (parts) {
      for (ObjectStatus part : root.list(WaveformArrays.PARTS)) {
        root.delete(part.key());
      }
    }
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
