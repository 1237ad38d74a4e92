package org.cornerturn.jobs.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.storage.InputFile;

/**
 * Which files have come to rest: their size and version have not changed for a while, as their
 * store's times say or as was seen here.
 */
final class Arrivals {
  private final Duration stableFor;
  private Map<String, Seen> seen = new HashMap<>();

  private record Seen(String version, Instant since) {}

  Arrivals(Duration stableFor) {
    this.stableFor = stableFor;
  }

  /** The files of a listing that are at rest. */
  List<InputFile> atRest(List<InputFile> listed, Instant now) {
    Map<String, Seen> next = new HashMap<>();
    List<InputFile> resting = new ArrayList<>();
    for (InputFile f : listed) {
      Seen before = seen.get(f.uri());
      boolean same = before != null && before.version.equals(f.version());
      Seen s = same ? before : new Seen(f.version(), now);
      next.put(f.uri(), s);
      Instant written = Instant.ofEpochMilli(f.modifiedMillis());
      Instant since = written.isBefore(s.since) ? written : s.since;
      if (Duration.between(since, now).compareTo(stableFor) >= 0) {
        resting.add(f);
      }
    }
    seen = next;
    return resting;
  }

  /** Whether a file was in the last listing. */
  boolean knows(String uri) {
    return seen.containsKey(uri);
  }
}
