package org.cornerturn.jobs.datagroup;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * How many samples are flagged. Tasks leave what they have counted in the names of empty objects,
 * so that one listing gathers them.
 */
public record SampleCounts(long flagged, long all) {
  private static final Pattern NAME = Pattern.compile("samples-([0-9a-f]+)-(\\d+)-(\\d+)");

  /**
   * What one task has counted.
   *
   * @param folder of such counts
   */
  public static void put(ObjectStore store, String folder, String task, SampleCounts counts)
      throws IOException {
    String id = new Fingerprint().with("task", task).hex().substring(0, 16);
    store.put(
        folder + "/samples-" + id + "-" + counts.flagged + "-" + counts.all, new byte[] {'\n'});
  }

  /** What all tasks have counted. */
  public static SampleCounts of(ObjectStore store, String folder) throws IOException {
    long flagged = 0;
    long all = 0;
    Set<String> seen = new HashSet<>();
    for (ObjectStatus s : store.list(folder + "/")) {
      Matcher m = NAME.matcher(s.key().substring(folder.length() + 1));
      if (m.matches() && seen.add(m.group(1))) {
        flagged += Long.parseLong(m.group(2));
        all += Long.parseLong(m.group(3));
      }
    }
    return new SampleCounts(flagged, all);
  }

  /** Part of the samples that is flagged; NaN where none were counted. */
  public double flaggedFraction() {
    return all == 0 ? Double.NaN : (double) flagged / all;
  }
}
