package org.cornerturn.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any files in any order. */
class GroupingPropertiesTest {
  private static final GroupingRule RULE = GroupingRule.DSA_110;

  /** Files with all that can be wrong with them, close together in time. */
  @Provide
  Arbitrary<List<SubbandFile>> anything() {
    Arbitrary<SubbandFile> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 17),
                Arbitraries.integers().between(0, 18),
                Arbitraries.integers().between(0, 12).map(t -> t * 9.7),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(95, 96, 96, 96),
                Arbitraries.of(2, 24, 24),
                Arbitraries.of(0.65, 0.65, 0.7, Double.NaN),
                Arbitraries.integers().between(0, 99))
            .as(
                (number, place, start, modified, antennas, integrations, declination, name) -> {
                  SubbandFile f = Files.file("/d" + name % 4, number, start, modified);
                  f = Files.with(f, antennas, List.of(-5, -6));
                  f = Files.with(f, Files.span(start, integrations));
                  f = Files.with(f, Files.band(place == 18 ? number : place), declination);
                  return name < 25 ? Files.unnumbered(f, "/e/" + name + "-" + start + ".h5") : f;
                });
    return one.list().ofMaxSize(60);
  }

  @Property(tries = 500)
  void theOrderOfTheFilesLeavesNoTrace(
      @ForAll("anything") List<SubbandFile> files, @ForAll Random random) {
    List<SubbandFile> shuffled = new ArrayList<>(distinct(files));
    Grouping expected = Grouping.of(shuffled, RULE);
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(shuffled, random);
      assertThat(Grouping.of(shuffled, RULE)).isEqualTo(expected);
    }
  }

  /** One header for each URI, as a store has it. */
  private static List<SubbandFile> distinct(List<SubbandFile> files) {
    Map<String, SubbandFile> byUri = new TreeMap<>();
    files.forEach(f -> byUri.putIfAbsent(f.file().uri(), f));
    return List.copyOf(byUri.values());
  }

  @Property(tries = 500)
  void everyFileHasOnePlace(@ForAll("anything") List<SubbandFile> files) {
    List<SubbandFile> given = distinct(files);
    Grouping g = Grouping.of(given, RULE);
    List<String> placed = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ObservationGroup o : g.groups()) {
      assertThat(ids.add(o.id())).isTrue();
      o.members().forEach(m -> placed.add(m.file().file().uri()));
      o.leftOut().forEach(l -> placed.add(l.file().file().uri()));
      Set<Integer> numbers = new TreeSet<>();
      for (Member m : o.members()) {
        assertThat(numbers.add(m.number())).as("each number once").isTrue();
        assertThat(m.file().time().secondsAfter(o.start())).isBetween(0.0, 60.0);
        assertThat(m.file().antennas()).isEqualTo(o.members().get(0).file().antennas());
        assertThat(m.file().time().integrations())
            .isEqualTo(o.members().get(0).file().time().integrations());
      }
      if (!o.isWholeBand()) {
        numbers.addAll(o.missing());
        assertThat(numbers).hasSize(16);
      }
    }
    g.refused().forEach(l -> placed.add(l.file().file().uri()));
    assertThat(placed)
        .containsExactlyInAnyOrderElementsOf(given.stream().map(f -> f.file().uri()).toList());
  }

  @Property(tries = 300)
  void idsAreKept(@ForAll("anything") List<SubbandFile> files, @ForAll Random random) {
    List<SubbandFile> given = distinct(files);
    Grouping g = Grouping.of(given, RULE);
    Map<String, String> ids = new TreeMap<>();
    g.groups()
        .forEach(
            o -> {
              o.members().forEach(m -> ids.put(m.file().file().uri(), "kept " + o.id()));
              o.leftOut().forEach(l -> ids.put(l.file().file().uri(), "kept " + o.id()));
            });
    assertThat(g.keeping(ids).groups())
        .extracting(ObservationGroup::id)
        .containsExactlyElementsOf(g.groups().stream().map(o -> "kept " + o.id()).toList());
    List<SubbandFile> some = given.stream().filter(f -> random.nextBoolean()).toList();
    List<String> later =
        Grouping.of(some, RULE).keeping(ids).groups().stream().map(ObservationGroup::id).toList();
    assertThat(later).doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void whatIsFarApartDoesNotMatter(
      @ForAll("anything") List<SubbandFile> some, @ForAll("anything") List<SubbandFile> others) {
    List<SubbandFile> first = distinct(some);
    List<SubbandFile> second =
        distinct(others).stream()
            .map(
                f ->
                    Files.with(
                        Files.at("/far", f),
                        new TimeSpan(
                            f.time().start().plusSeconds(3600),
                            f.time().end().plusSeconds(3600),
                            f.time().integrations(),
                            f.time().integrationSeconds())))
            .toList();
    List<SubbandFile> all = new ArrayList<>(first);
    all.addAll(second);
    List<List<Member>> apart = new ArrayList<>();
    List<List<LeftOut>> leftOut = new ArrayList<>();
    for (List<SubbandFile> part : List.of(first, second)) {
      Grouping.of(part, RULE)
          .groups()
          .forEach(
              g -> {
                apart.add(g.members());
                leftOut.add(g.leftOut());
              });
    }
    Grouping together = Grouping.of(all, RULE);
    assertThat(together.groups()).extracting(ObservationGroup::members).isEqualTo(apart);
    assertThat(together.groups()).extracting(ObservationGroup::leftOut).isEqualTo(leftOut);
  }

  /**
   * Observations that follow each other by a few seconds: jitter is small beside what separates
   * them, subbands are missing, files have been written again.
   */
  @Property(tries = 2000)
  void observationsAreFoundAgain(@ForAll Random random) {
    int observations = 1 + random.nextInt(4);
    List<SubbandFile> files = new ArrayList<>();
    List<Set<Integer>> truth = new ArrayList<>();
    double start = 0;
    for (int o = 0; o < observations; o++) {
      Set<Integer> numbers = new TreeSet<>();
      for (int n = 0; n < 16; n++) {
        // Subbands 0 and 1 are always there: they tell the observations apart.
        if (n < 2 || random.nextInt(8) > 0) {
          numbers.add(n);
          double at = start + random.nextDouble();
          files.add(file("/new", n, at, 5));
          if (random.nextInt(6) == 0) {
            files.add(file("/old", n, at, 4));
          }
        }
      }
      truth.add(numbers);
      start += 20 + random.nextInt(60);
    }
    Collections.shuffle(files, random);
    Grouping g = Grouping.of(files, RULE);
    assertThat(g.refused()).isEmpty();
    assertThat(g.groups()).hasSize(observations);
    for (int o = 0; o < observations; o++) {
      ObservationGroup found = g.groups().get(o);
      assertThat(found.members().stream().map(Member::number).collect(Collectors.toSet()))
          .isEqualTo(truth.get(o));
      assertThat(found.members()).allMatch(m -> m.file().file().uri().startsWith("/new"));
      assertThat(found.leftOut()).allMatch(l -> l.cause() == LeftOut.Cause.DUPLICATE);
    }
  }

  private static SubbandFile file(String folder, int number, double start, long modified) {
    return Files.with(Files.file(folder, number, start, modified), Files.span(start, 1));
  }
}
