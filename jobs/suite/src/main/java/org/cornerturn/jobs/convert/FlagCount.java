package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * How many samples are flagged. Tasks leave what they have counted in the names of small objects,
 * so that one listing gathers them; they are removed once the product is published.
 */
record FlagCount(long flagged, long all) {
  private static final Pattern NAME = Pattern.compile("flags-([0-9a-f]+)-(\\d+)-(\\d+)");

  /** What one task has counted. */
  static void put(ObjectStore product, String task, long flagged, long all) throws IOException {
    String id = new Fingerprint().with("task", task).hex().substring(0, 16);
    String name = "flags-" + id + "-" + flagged + "-" + all;
    product.put(WaveformArrays.PARTS + name, task.getBytes(StandardCharsets.UTF_8));
  }

  /** What all tasks have counted; nothing where their counts are gone. */
  static FlagCount of(ObjectStore product) throws IOException {
    long flagged = 0;
    long all = 0;
    Set<String> seen = new HashSet<>();
    for (ObjectStatus s : product.list(WaveformArrays.PARTS)) {
      Matcher m = NAME.matcher(s.key().substring(WaveformArrays.PARTS.length()));
      if (m.matches() && seen.add(m.group(1))) {
        flagged += Long.parseLong(m.group(2));
        all += Long.parseLong(m.group(3));
      }
    }
    return new FlagCount(flagged, all);
  }

  static void remove(ObjectStore product) throws IOException {
    product.deleteFolder(WaveformArrays.PARTS.replaceAll("/$", ""));
  }

  /** Part of the samples that is flagged. */
  double fraction() {
    return all == 0 ? Double.NaN : (double) flagged / all;
  }
}
