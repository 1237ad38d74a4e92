package org.cornerturn.observation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The observations that a set of files makes up, whatever the order in which they are given. Each
 * file is a member of one group, left out of one group, or refused.
 *
 * <ol>
 *   <li>Files of different telescopes have nothing to do with each other.
 *   <li>A subband's number is in its name, or follows from its frequencies ({@link SubbandFile}).
 *   <li>Of files with one number and one start, within half an integration, the newest counts.
 *   <li>Files that start within the tolerance of the first are one observation, as long as each
 *       number comes once; where one comes again, another observation has begun.
 *   <li>Members whose headers contradict those of the others are left out.
 * </ol>
 *
 * @param groups in the order of their starts
 * @param refused files that belong to no observation
 */
public record Grouping(List<ObservationGroup> groups, List<LeftOut> refused) {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  public Grouping {
    groups = List.copyOf(groups);
    refused = List.copyOf(refused);
  }

  /** Groups files; of one named twice, the newest version counts. */
  public static Grouping of(Collection<SubbandFile> files, GroupingRule rule) {
    Map<String, List<SubbandFile>> telescopes =
        newestVersions(files).stream()
            .collect(
                Collectors.groupingBy(SubbandFile::telescope, TreeMap::new, Collectors.toList()));
    List<ObservationGroup> groups = new ArrayList<>();
    List<LeftOut> refused = new ArrayList<>();
    for (List<SubbandFile> of :
        telescopes.values().stream().flatMap(t -> epochs(t, rule).stream()).toList()) {
      List<NumberedFile> subbands = new ArrayList<>();
      for (NumberedFile f : Numbering.of(of, rule)) {
        if (f.number() == SubbandFile.UNNUMBERED) {
          groups.add(
              new ObservationGroup(f.file().file().stem(), List.of(f.member()), List.of(), 1));
        } else if (f.number() < 0 || f.number() >= rule.subbands()) {
          refused.add(
              f.leftOut(
                  LeftOut.Cause.CONTRADICTORY,
                  "its subband is " + f.number() + ", which is not among " + rule.subbands()));
        } else {
          subbands.add(f);
        }
      }
      Duplicates duplicates = Duplicates.of(subbands);
      for (List<NumberedFile> cluster : Clusters.of(duplicates.kept(), rule)) {
        groups.add(group(cluster, duplicates, rule));
      }
    }
    groups.sort(
        Comparator.comparing(ObservationGroup::start)
            .thenComparing(g -> g.members().get(0).file().file().uri()));
    refused.sort(BY_NUMBER);
    return new Grouping(groups, refused).keeping(Map.of());
  }

  private static final Comparator<LeftOut> BY_NUMBER =
      Comparator.comparingInt(LeftOut::number).thenComparing(l -> l.file().file().uri());

  /**
   * Parts of the files that have nothing to do with each other: between the starts of two lies more
   * than {@link #reach}.
   */
  private static List<List<SubbandFile>> epochs(List<SubbandFile> files, GroupingRule rule) {
    List<SubbandFile> sorted =
        files.stream().sorted(Comparator.comparing(f -> f.time().start())).toList();
    List<List<SubbandFile>> epochs = new ArrayList<>();
    for (int from = 0, to; from < sorted.size(); from = to) {
      double reach = reach(sorted.get(from), rule);
      for (to = from + 1; to < sorted.size(); to++) {
        SubbandFile next = sorted.get(to);
        double own = reach(next, rule);
        if (next.time().secondsAfter(sorted.get(to - 1).time().start()) > Math.max(reach, own)) {
          break;
        }
        reach = Math.max(reach, own);
      }
      epochs.add(sorted.subList(from, to));
    }
    return epochs;
  }

  /**
   * How far from a file's start, in seconds, others can start that have to do with it: the
   * tolerance, or half an integration where that is longer.
   */
  public static double reach(SubbandFile file, GroupingRule rule) {
    return Math.max(rule.tolerance().toNanos() / 1e9, file.time().integrationSeconds() / 2);
  }

  private static List<SubbandFile> newestVersions(Collection<SubbandFile> files) {
    Map<String, SubbandFile> newest = new TreeMap<>();
    for (SubbandFile f : files) {
      newest.merge(
          f.file().uri(),
          f,
          (a, b) ->
              Comparator.comparingLong((SubbandFile s) -> s.file().modifiedMillis())
                          .thenComparing(s -> s.file().version())
                          .compare(a, b)
                      >= 0
                  ? a
                  : b);
    }
    return List.copyOf(newest.values());
  }

  private static ObservationGroup group(
      List<NumberedFile> cluster, Duplicates duplicates, GroupingRule rule) {
    Agreement agreement = Agreement.of(cluster);
    List<LeftOut> leftOut = new ArrayList<>(agreement.leftOut());
    cluster.forEach(f -> leftOut.addAll(duplicates.losers().getOrDefault(f, List.of())));
    leftOut.sort(BY_NUMBER);
    List<Member> members = agreement.members();
    Instant start =
        members.stream().map(m -> m.file().time().start()).min(Instant::compareTo).orElseThrow();
    String id = ID.format(start.plusMillis(500).truncatedTo(ChronoUnit.SECONDS));
    return new ObservationGroup(id, members, leftOut, rule.subbands());
  }

  /**
   * The same groups under the ids that their files had before: a late first subband must not rename
   * an observation. Where files of several earlier groups meet, or those of one are parted, the
   * largest share keeps the id.
   *
   * @param earlier id by URI of file
   */
  public Grouping keeping(Map<String, String> earlier) {
    return keeping(earlier, Set.of());
  }

  /**
   * As {@link #keeping(Map)}.
   *
   * @param others ids of groups of other files, which are not to be used again
   */
  public Grouping keeping(Map<String, String> earlier, Set<String> others) {
    record Claim(int group, String id, long files) {}
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Map<String, Long> votes = new TreeMap<>();
      for (String uri : uris(groups.get(i))) {
        if (earlier.containsKey(uri)) {
          votes.merge(earlier.get(uri), 1L, Long::sum);
        }
      }
      for (Map.Entry<String, Long> v : votes.entrySet()) {
        claims.add(new Claim(i, v.getKey(), v.getValue()));
      }
    }
    claims.sort(
        Comparator.comparingLong(Claim::files)
            .reversed()
            .thenComparing(Claim::id)
            .thenComparingInt(Claim::group));
    Map<Integer, String> ids = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Claim c : claims) {
      if (!ids.containsKey(c.group()) && taken.add(c.id())) {
        ids.put(c.group(), c.id());
      }
    }
    taken.addAll(earlier.values());
    taken.addAll(others);
    List<ObservationGroup> named = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      String id = ids.get(i);
      String own = groups.get(i).id();
      for (int n = 1; id == null; n++) {
        String candidate = n == 1 ? own : own + "_" + n;
        id = taken.add(candidate) ? candidate : null;
      }
      named.add(groups.get(i).named(id));
    }
    return new Grouping(named, refused);
  }

  private static List<String> uris(ObservationGroup g) {
    List<String> uris = new ArrayList<>();
    g.members().forEach(m -> uris.add(m.file().file().uri()));
    g.leftOut().forEach(l -> uris.add(l.file().file().uri()));
    return uris;
  }
}
