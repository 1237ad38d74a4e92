package org.cornerturn.observation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The files of one observation.
 *
 * @param id start of the earliest member to the nearest second, {@code 2022-01-20T08:30:05}, UTC;
 *     of a file that is an observation by itself, its name without extension. Unique in a grouping
 * @param members in the order of their numbers; the highest frequencies come first
 * @param leftOut files that belong here but are not used, in the order of numbers and names
 * @param expected number of subbands of a whole observation
 */
public record ObservationGroup(
    String id, List<Member> members, List<LeftOut> leftOut, int expected) {
  public ObservationGroup {
    Objects.requireNonNull(id);
    members = List.copyOf(members);
    leftOut = List.copyOf(leftOut);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("group " + id + " has no members");
    }
  }

  /** Whether its one file has the whole band. */
  public boolean isWholeBand() {
    return members.get(0).number() == SubbandFile.UNNUMBERED;
  }

  /** Beginning of the earliest integration of any member, UTC. */
  public Instant start() {
    return members.stream()
        .map(m -> m.file().time().start())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Numbers of subbands that no member has, ascending. */
  public List<Integer> missing() {
    if (isWholeBand()) {
      return List.of();
    }
    return IntStream.range(0, expected)
        .filter(n -> members.stream().noneMatch(m -> m.number() == n))
        .boxed()
        .toList();
  }

  public boolean isComplete() {
    return missing().isEmpty();
  }

  /** The id as a name that every file system and every URL takes: without colons. */
  public String storeName() {
    return id.replace(":", "");
  }

  ObservationGroup named(String other) {
    return new ObservationGroup(other, members, leftOut, expected);
  }
}
