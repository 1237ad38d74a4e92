package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.Graft;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * Publishes a pyramid: a store that can be opened by itself, then its place in the store around it.
 *
 * @param graft null where the array is a store of its own
 */
record PyramidPublisher(Graft graft, ZarrHierarchy hierarchy, ParentAttributes parent)
    implements Publisher {
  @Override
  public void publish(ObjectStore root) throws IOException {
    hierarchy.publish(root, "");
    if (graft != null) {
      graft.attach(hierarchy, parent::add);
    }
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    if (graft != null) {
      graft.detach(parent::remove);
    }
    ZarrHierarchy.unpublish(root, "");
  }
}
