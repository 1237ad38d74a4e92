package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.flagging.FlagCounts;
import org.cornerturn.jobs.datagroup.DataGroupPublisher;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes flags, and how many there are in the table of summaries; then removes the parts. */
final class FlagPublisher implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(FlagPublisher.class);

  private final DataGroupPublisher arrays;
  private final FlagSummary summary;
  private final String warehouse;
  private final Map<String, String> hadoop;
  private FlagCounts counts;

  /**
   * @param warehouse of the table; null for none
   */
  FlagPublisher(
      DataGroupPublisher arrays,
      FlagSummary summary,
      String warehouse,
      Map<String, String> hadoop) {
    this.arrays = arrays;
    this.summary = summary;
    this.warehouse = warehouse;
    this.hadoop = hadoop;
  }

  @Override
  public void publish(ObjectStore root) throws IOException {
    arrays.publish(root);
    Optional<FlagCounts> all = summary.counts(root);
    if (all.isPresent()) {
      counts = all.get();
      if (warehouse != null) {
        try {
          summary.append(warehouse, hadoop, counts);
        } catch (IOException | RuntimeException e) {
          // The flags are whole without it.
          LOG.warn("flag_summary in {} lacks {}: {}", warehouse, root.uri(), e.toString());
        }
      }
    }
    summary.removeParts(root);
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    arrays.unpublish(root);
  }

  /** What was counted when this was published; empty if that was before. */
  Optional<FlagCounts> counts() {
    return Optional.ofNullable(counts);
  }
}
