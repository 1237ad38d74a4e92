package org.cornerturn.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.observation.Files.INTEGRATION;
import static org.cornerturn.observation.Files.INTEGRATIONS;
import static org.cornerturn.observation.Files.file;
import static org.cornerturn.observation.Files.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {
  private static List<SubbandFile> observation(double start) {
    return new ArrayList<>(IntStream.range(0, 16).mapToObj(n -> file(n, start)).toList());
  }

  private static Grouping group(List<SubbandFile> files) {
    return Grouping.of(files, GroupingRule.DSA_110);
  }

  private static ObservationGroup only(Grouping g) {
    assertThat(g.refused()).isEmpty();
    assertThat(g.groups()).hasSize(1);
    return g.groups().get(0);
  }

  private static List<Integer> numbers(ObservationGroup g) {
    return g.members().stream().map(Member::number).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "2022-01-20T08:30:05_sb03.hdf5, 3",
    "x_sb15.uvh5, 15",
    "x_sb007, 7",
    "obs_sb04_copy.hdf5, 4",
    "zen.2458661.23480.HH.uvh5, -1",
    "x_sb1234.h5, -1",
    "sb03.hdf5, -1"
  })
  void numbersInNames(String name, int number) {
    assertThat(SubbandFile.numberIn(name).orElse(SubbandFile.UNNUMBERED)).isEqualTo(number);
  }

  @Test
  void sixteenSubbandsAreOneObservation() {
    ObservationGroup g = only(group(observation(0)));
    assertThat(g.id()).isEqualTo("2025-01-01T00:00:00");
    assertThat(g.storeName()).isEqualTo("2025-01-01T000000");
    assertThat(g.isComplete()).isTrue();
    assertThat(g.leftOut()).isEmpty();
    assertThat(numbers(g)).containsExactlyElementsOf(IntStream.range(0, 16).boxed().toList());
  }

  @Test
  void namesTheSubbandsThatAreMissing() {
    List<SubbandFile> files = observation(0);
    files.removeIf(f -> f.number() == 3 || f.number() == 15);
    ObservationGroup g = only(group(files));
    assertThat(g.missing()).containsExactly(3, 15);
    assertThat(g.isComplete()).isFalse();
  }

  @Test
  void jitterBelowHalfAnIntegrationIsOneObservation() {
    List<SubbandFile> files =
        IntStream.range(0, 16).mapToObj(n -> file(n, n * 0.4)).map(f -> f).toList();
    assertThat(only(group(files)).isComplete()).isTrue();
  }

  @Test
  void theToleranceCountsFromTheFirst() {
    // Each file starts 25 s after the one before: the fourth lies 75 s after the first.
    List<SubbandFile> files = IntStream.range(0, 4).mapToObj(n -> file(n, 25 * n)).toList();
    Grouping g = group(files);
    assertThat(g.groups()).hasSize(2);
    assertThat(g.groups().get(0).members().size() + g.groups().get(0).leftOut().size())
        .isEqualTo(3);
    assertThat(numbers(g.groups().get(1))).containsExactly(3);
  }

  @Test
  void twoShortObservationsWithinAMinuteStayApartThoughEachLacksSubbands() {
    List<SubbandFile> files = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      if (n != 15) {
        files.add(Files.with(file("/a", n, 0.01 * n, 0), span(0.01 * n, 2)));
      }
      if (n != 3) {
        files.add(Files.with(file("/b", n, 30 - 0.01 * n, 0), span(30 - 0.01 * n, 2)));
      }
    }
    Grouping g = group(files);
    assertThat(g.groups()).hasSize(2);
    assertThat(g.groups().get(0).missing()).containsExactly(15);
    assertThat(g.groups().get(1).missing()).containsExactly(3);
    assertThat(g.groups())
        .allSatisfy(
            o -> {
              assertThat(o.leftOut()).isEmpty();
              assertThat(o.members().stream().map(m -> m.file().file().uri().charAt(1)).distinct())
                  .hasSize(1);
            });
    assertThat(g.groups().get(1).id()).isEqualTo("2025-01-01T00:00:30");
  }

  @Test
  void ofTwoFilesThatClaimOneSubbandTheNewerCounts() {
    List<SubbandFile> files = observation(0);
    SubbandFile newer = file("/copy", 5, 0.5, 9);
    files.add(newer);
    ObservationGroup g = only(group(files));
    assertThat(g.members().get(5).file()).isEqualTo(newer);
    assertThat(g.leftOut()).hasSize(1);
    LeftOut loser = g.leftOut().get(0);
    assertThat(loser.cause()).isEqualTo(LeftOut.Cause.DUPLICATE);
    assertThat(loser.number()).isEqualTo(5);
    assertThat(loser.reason()).contains(newer.file().uri());
  }

  @Test
  void contradictoryMembersAreLeftOutWithAReason() {
    List<SubbandFile> files = observation(0);
    files.set(1, Files.with(files.get(1), 95, List.of(-5, -6)));
    files.set(2, Files.with(files.get(2), 96, List.of(-5)));
    files.set(3, Files.with(files.get(3), span(0, INTEGRATIONS - 1)));
    files.set(4, Files.with(files.get(4), span(3 * INTEGRATION, INTEGRATIONS)));
    files.set(6, Files.with(files.get(6), Files.band(6), 0.66));
    files.set(7, Files.with(files.get(7), Files.band(8), 0.65));
    ObservationGroup g = only(group(files));
    assertThat(g.leftOut()).extracting(LeftOut::number).containsExactly(1, 2, 3, 4, 6, 7);
    assertThat(g.leftOut())
        .allSatisfy(l -> assertThat(l.cause()).isEqualTo(LeftOut.Cause.CONTRADICTORY));
    assertThat(g.leftOut())
        .extracting(LeftOut::reason)
        .satisfiesExactly(
            r -> assertThat(r).isEqualTo("has 95 antennas where the others have 96 antennas"),
            r -> assertThat(r).contains("polarizations [-5]").contains("[-6, -5]"),
            r -> assertThat(r).contains("23 integrations").contains("24 integrations"),
            r -> assertThat(r).contains("38.655 s after").contains("clock"),
            r -> assertThat(r).contains("declination 37.8"),
            r -> assertThat(r).contains("frequencies of subband 8"));
    assertThat(g.missing()).containsExactly(1, 2, 3, 4, 6, 7);
  }

  @Test
  void aClockThatSteppedFarMakesAGroupOfItsOwn() {
    List<SubbandFile> files = observation(0);
    files.set(9, file(9, -3600));
    Grouping g = group(files);
    assertThat(g.groups()).hasSize(2);
    assertThat(numbers(g.groups().get(0))).containsExactly(9);
    assertThat(g.groups().get(1).missing()).containsExactly(9);
  }

  @Test
  void numbersFollowFromFrequenciesWhereNamesHaveNone() {
    List<SubbandFile> bare =
        IntStream.range(0, 16)
            .mapToObj(n -> Files.unnumbered(file(n, 0), "/data/part" + (n * 7 % 16) + ".h5"))
            .toList();
    ObservationGroup g = only(group(bare));
    assertThat(g.isComplete()).isTrue();
    assertThat(g.members())
        .allSatisfy(m -> assertThat(m.file().band()).isEqualTo(Files.band(m.number())));
    // One stray among named ones gets the number that the others leave, the highest missing too.
    List<SubbandFile> mixed = observation(0);
    mixed.remove(0);
    mixed.set(4, Files.unnumbered(mixed.get(4), "/data/stray.h5"));
    ObservationGroup m = only(group(mixed));
    assertThat(m.missing()).containsExactly(0);
    assertThat(m.members().get(4).number()).isEqualTo(5);
    assertThat(m.members().get(4).file().file().name()).isEqualTo("stray.h5");
  }

  @Test
  void filesOfTheWholeBandAreObservationsByThemselves() {
    SubbandFile a = Files.unnumbered(file(0, 0), "/x/zen.1.uvh5");
    SubbandFile b = Files.unnumbered(file(0, 0), "/x/zen.1.icrs.uvh5");
    SubbandFile c = Files.unnumbered(file(0, 1), "/y/zen.1.uvh5");
    Grouping g = group(List.of(a, b, c));
    assertThat(g.groups())
        .extracting(ObservationGroup::id)
        .containsExactly("zen.1.icrs", "zen.1", "zen.1_2");
    assertThat(g.groups()).allMatch(ObservationGroup::isWholeBand);
    assertThat(g.groups()).allMatch(ObservationGroup::isComplete);
  }

  @Test
  void telescopesAreKeptApart() {
    List<SubbandFile> files = observation(0);
    observation(1).forEach(f -> files.add(Files.of(f, "other")));
    Grouping g = group(files);
    assertThat(g.groups()).hasSize(2).allMatch(ObservationGroup::isComplete);
  }

  @Test
  void numbersBeyondTheLastSubbandAreRefused() {
    List<SubbandFile> files = observation(0);
    files.add(file(16, 0));
    Grouping g = group(files);
    assertThat(g.groups()).hasSize(1);
    assertThat(g.refused()).hasSize(1);
    assertThat(g.refused().get(0).reason()).contains("16");
  }

  @Test
  void aLateFirstSubbandKeepsTheId() {
    List<SubbandFile> files = new ArrayList<>();
    for (int n = 1; n < 16; n++) {
      files.add(file(n, 2));
    }
    ObservationGroup before = only(group(files));
    assertThat(before.id()).isEqualTo("2025-01-01T00:00:02");
    SubbandFile late = file(0, 0);
    files.add(late);
    Grouping after = group(files);
    assertThat(only(after).id()).isEqualTo("2025-01-01T00:00:00");
    Map<String, String> earlier = Map.of(files.get(3).file().uri(), before.id());
    assertThat(only(after.keeping(earlier)).id()).isEqualTo(before.id());
    // Ids of groups that are gone are not given to others.
    Grouping other = group(List.of(file(1, 2)));
    assertThat(only(other.keeping(Map.of("/gone", before.id()))).id())
        .isEqualTo(before.id() + "_2");
  }
}
