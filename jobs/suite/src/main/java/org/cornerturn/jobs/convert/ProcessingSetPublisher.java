package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrHierarchy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a processing set visible, and its measurement sets known in the table of observations.
 *
 * @param warehouse of that table; null for none
 */
record ProcessingSetPublisher(
    ZarrHierarchy hierarchy, ObservationRow row, String warehouse, Map<String, String> hadoop)
    implements Publisher {
  /** Where tasks leave how much is flagged. */
  static final String PARTS = ProductPlan.STATE + "/parts";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessingSetPublisher.class);

  @Override
  public void publish(ObjectStore root) throws IOException {
    hierarchy.publish(root, "");
    SampleCounts flags = SampleCounts.of(root, PARTS);
    if (warehouse != null) {
      try {
        row.append(warehouse, hadoop, flags);
      } catch (IOException | RuntimeException e) {
        // The product is whole without it, as it is without its row in products.
        LOG.warn(
            "the table of observations in {} lacks {}: {}", warehouse, root.uri(), e.toString());
      }
    }
    root.deleteFolder(PARTS);
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
