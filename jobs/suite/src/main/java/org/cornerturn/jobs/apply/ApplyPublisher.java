package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.jobs.datagroup.DataGroupPublisher;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes corrected data visible, and the table of calibrations say so.
 *
 * @param warehouse of that table; null for none
 */
record ApplyPublisher(
    DataGroupPublisher arrays, AppliedRow row, String warehouse, Map<String, String> hadoop)
    implements Publisher {
  /** Where tasks leave how much they have flagged, in the measurement set. */
  static final String PARTS = ProductPlan.STATE + "/" + DataGroup.CORRECTED + "/parts";

  private static final Logger LOG = LoggerFactory.getLogger(ApplyPublisher.class);

  @Override
  public void publish(ObjectStore root) throws IOException {
    arrays.publish(root);
    SampleCounts counts = SampleCounts.of(root, PARTS);
    if (warehouse != null) {
      try {
        row.append(warehouse, hadoop, counts.flaggedFraction());
      } catch (IOException | RuntimeException e) {
        // The data are whole without it, as they are without their row in products.
        LOG.warn(
            "the table of calibrations in {} lacks {}: {}", warehouse, root.uri(), e.toString());
      }
    }
    root.deleteFolder(PARTS);
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    arrays.unpublish(root);
  }
}
