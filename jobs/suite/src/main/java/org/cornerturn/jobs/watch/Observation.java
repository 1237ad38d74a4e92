package org.cornerturn.jobs.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.Member;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.plan.Fingerprint;

/**
 * A group of files to convert.
 *
 * @param latest when the last of its files came: was written, or first indexed if that was later
 * @param question digest of its members' versions
 */
public record Observation(ObservationGroup group, Instant latest, String question) {
  /**
   * @param indexed when the last of its files was first indexed
   */
  public static Observation of(ObservationGroup group, Instant indexed) {
    Instant latest = indexed;
    List<String> facts = new ArrayList<>();
    facts.add(group.expected() + " subbands");
    for (Member m : group.members()) {
      FileVersion f = m.file().file();
      facts.add(m.number() + " " + f.uri() + " " + f.version());
      Instant written = Instant.ofEpochMilli(f.modifiedMillis());
      latest = written.isAfter(latest) ? written : latest;
    }
    String digest = new Fingerprint().with("observation", String.join("\n", facts)).hex();
    return new Observation(group, latest, digest.substring(0, 16));
  }

  /** Its files. */
  public List<String> uris() {
    return group.members().stream().map(m -> m.file().file().uri()).toList();
  }

  /** Numbers of its subbands; empty for the whole band. */
  public List<Long> numbers() {
    return group.members().stream()
        .filter(m -> m.number() != SubbandFile.UNNUMBERED)
        .map(m -> (long) m.number())
        .toList();
  }
}
