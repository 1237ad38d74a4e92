package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;

/** Which flags a processing set had, so that flagging can be taken back as if it had not been. */
public final class FlagSnapshot {
  /**
   * Flags of a measurement set.
   *
   * @param version that was the current one; 0 for none
   * @param group the data group with it; null for none
   */
  private record Standing(String measurementSet, int version, DataGroup group) {}

  private final String product;
  private final Map<String, String> hadoop;
  private final List<Standing> all = new ArrayList<>();

  private FlagSnapshot(String product, Map<String, String> hadoop) {
    this.product = product;
    this.hadoop = hadoop;
  }

  /**
   * @param product URI of the processing set
   */
  public static FlagSnapshot of(String product, Map<String, String> hadoop) throws IOException {
    FlagSnapshot snapshot = new FlagSnapshot(product, hadoop);
    for (OpenSet set : OpenSet.all(product, DataGroup.BASE, hadoop)) {
      Msv4Reader reader = set.reader();
      int version = new FlagVersions(set, DataGroup.FLAGGED, hadoop).current();
      DataGroup group = version == 0 ? null : reader.group(DataGroup.FLAGGED).dataGroup();
      snapshot.all.add(new Standing(reader.name(), version, group));
    }
    return snapshot;
  }

  /** Goes back to these flags, and removes those that came since. */
  public void restore() throws IOException {
    for (OpenSet set : OpenSet.all(product, DataGroup.BASE, hadoop)) {
      FlagVersions versions = new FlagVersions(set, DataGroup.FLAGGED, hadoop);
      int now = versions.current();
      for (Standing s : all) {
        if (s.measurementSet().equals(set.reader().name()) && s.version() != now && now > 0) {
          versions.remove(
              now,
              s.group() == null
                  ? DataGroup.without(Set.of(versions.array(now)))
                  : s.group().adding());
        }
      }
    }
  }
}
