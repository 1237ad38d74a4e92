package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.radio.Ecef;
import org.junit.jupiter.api.Test;

class PhaseReferencingTest {
  private static final int ANTENNAS = 5;

  private static SolutionAxis axis(int n) {
    return SolutionAxis.of(IntStream.range(0, n).mapToDouble(i -> i).toArray(), 1);
  }

  private static List<String> names() {
    return IntStream.range(0, ANTENNAS).mapToObj(a -> "A" + a).toList();
  }

  /** Steady phases a of the antennas, each cell turned at random as a solver leaves it. */
  private static GainTable table(int times, int frequencies) {
    GainTable table =
        GainTable.diagonal(axis(times), axis(frequencies), names(), List.of("X", "Y"));
    Random random = new Random(1);
    for (int t = 0; t < times; t++) {
      for (int f = 0; f < frequencies; f++) {
        for (int r = 0; r < 2; r++) {
          double turn = 7 * random.nextDouble();
          for (int a = 0; a < ANTENNAS; a++) {
            double phase = a + turn;
            table.set(
                table.index(t, a, f, r), (a + 1) * Math.cos(phase), (a + 1) * Math.sin(phase));
          }
        }
      }
    }
    return table;
  }

  private static void checkSteady(GainTable table, int reference) {
    for (int t = 0; t < table.time().count(); t++) {
      for (int f = 0; f < table.frequency().count(); f++) {
        for (int r = 0; r < 2; r++) {
          for (int a = 0; a < ANTENNAS; a++) {
            int i = table.index(t, a, f, r);
            if (table.isGood(i)) {
              assertThat(Math.IEEEremainder(table.phase(i) - (a - reference), 2 * Math.PI))
                  .isCloseTo(0, within(1e-12));
              assertThat(table.amplitude(i)).isCloseTo(a + 1, within(1e-12));
            }
          }
        }
      }
    }
  }

  @Test
  void phasesAreThoseAgainstTheReference() {
    GainTable table = table(3, 4);
    PhaseReferencing.Outcome outcome = PhaseReferencing.refer(table, List.of(2, 0));
    assertThat(outcome.antenna()).isEqualTo(2);
    assertThat(outcome.changes()).isEmpty();
    checkSteady(table, 2);
    assertThat(table.gains()[2 * table.index(1, 2, 3, 1) + 1]).isZero();
  }

  @Test
  void whereItHasNoGainAnotherStandsInWithoutAJump() {
    GainTable table = table(4, 3);
    for (int f = 0; f < 3; f++) {
      table.flag(table.index(1, 2, f, 0), SolutionFlag.NO_DATA);
    }
    // The stand-in next in the ranking is not there either.
    table.flag(table.index(1, 0, 1, 0), SolutionFlag.LOW_SNR);
    PhaseReferencing.Outcome outcome = PhaseReferencing.refer(table, List.of(2, 0, 4));
    assertThat(outcome.antenna()).isEqualTo(2);
    assertThat(outcome.changes())
        .containsExactly(
            new PhaseReferencing.Change(1, 0, 0, 2), new PhaseReferencing.Change(1, 0, 4, 1));
    checkSteady(table, 2);
  }

  @Test
  void ofOneTimeTheNearestFrequencyTellsTheStandInsPhase() {
    GainTable table = table(1, 6);
    table.flag(table.index(0, 3, 0, 1), SolutionFlag.NO_DATA);
    table.flag(table.index(0, 3, 4, 1), SolutionFlag.NO_DATA);
    PhaseReferencing.Outcome outcome = PhaseReferencing.refer(table, List.of(3, 1));
    assertThat(outcome.changes()).containsExactly(new PhaseReferencing.Change(0, 1, 1, 2));
    checkSteady(table, 3);
  }

  @Test
  void anAntennaThatIsMostlyWithoutGainIsNotChosen() {
    GainTable table = table(4, 3);
    for (int t = 0; t < 3; t++) {
      for (int f = 0; f < 3; f++) {
        for (int r = 0; r < 2; r++) {
          table.flag(table.index(t, 1, f, r), SolutionFlag.DEAD_ANTENNA);
        }
      }
    }
    assertThat(PhaseReferencing.refer(table, List.of(1, 3)).antenna()).isEqualTo(3);
    checkSteady(table, 3);
    assertThat(PhaseReferencing.refer(table(1, 1), List.of()).antenna()).isEqualTo(-1);
  }

  @Test
  void withoutAnyReferenceThereIsNoGain() {
    GainTable table = table(2, 2);
    table.flag(table.index(0, 1, 1, 0), SolutionFlag.NO_DATA);
    PhaseReferencing.refer(table, List.of(1));
    assertThat(SolutionFlag.of(table.flags()[table.index(0, 3, 1, 0)]))
        .isEqualTo(SolutionFlag.NO_REFERENCE);
    assertThat(table.gains()[2 * table.index(0, 3, 1, 0)]).isNaN();
    assertThat(table.isGood(table.index(0, 3, 1, 1))).isTrue();
  }

  @Test
  void ofJonesMatricesTheFirstElementCounts() {
    GainTable table = GainTable.full(axis(2), axis(1), names(), List.of("X", "Y"));
    for (int t = 0; t < 2; t++) {
      for (int a = 0; a < ANTENNAS; a++) {
        for (int e = 0; e < 4; e++) {
          table.set(table.index(t, a, 0, e), Math.cos(a + e + t), Math.sin(a + e + t));
        }
      }
    }
    PhaseReferencing.refer(table, List.of(1));
    for (int a = 0; a < ANTENNAS; a++) {
      for (int e = 0; e < 4; e++) {
        double phase = table.phase(table.index(1, a, 0, e)) - (a + e - 1);
        assertThat(Math.IEEEremainder(phase, 2 * Math.PI)).isCloseTo(0, within(1e-12));
      }
    }
  }

  @Test
  void theBestReferenceIsHealthyThenUnflaggedThenCentral() {
    List<Ecef> places =
        List.of(
            new Ecef(0, 0, 0),
            new Ecef(100, 0, 0),
            new Ecef(10, 0, 0),
            new Ecef(-100, 5, 0),
            new Ecef(1, 0, 0));
    double[] flagged = {
      // Antenna 0 is gone at the second time, 4 always; 1 and 2 are equal but for their place.
      0.0, 0.2, 0.201, 0.1, 1, //
      0.6, 0.2, 0.199, 0.1, 1
    };
    assertThat(ReferenceAntenna.rank(flagged, places)).containsExactly(3, 2, 1, 0);
    assertThat(ReferenceAntenna.rank(new double[0], places)).isEmpty();
  }

  @Test
  void normalisationTakesOutMeans() {
    GainTable table = GainTable.diagonal(axis(1), axis(3), List.of("A", "B"), List.of("X"));
    double[] amplitude = {1, 2, 6};
    double[] phase = {-0.3, 0.1, 0.8};
    for (int f = 0; f < 3; f++) {
      table.set(
          table.index(0, 0, f, 0),
          amplitude[f] * Math.cos(3 + phase[f]),
          amplitude[f] * Math.sin(3 + phase[f]));
    }
    double[] means = Normalisation.amplitudes(table);
    assertThat(means[0]).isCloseTo(3, within(1e-12));
    assertThat(means[1]).isNaN();
    double[] phases = Normalisation.phases(table);
    double sum = 0;
    for (int f = 0; f < 3; f++) {
      int i = table.index(0, 0, f, 0);
      assertThat(table.amplitude(i)).isCloseTo(amplitude[f] / 3, within(1e-12));
      sum += Math.sin(table.phase(i));
      assertThat(Math.IEEEremainder(table.phase(i) + phases[0] - 3 - phase[f], 2 * Math.PI))
          .isCloseTo(0, within(1e-12));
    }
    assertThat(sum).isCloseTo(0, within(1e-12));
    assertThat(phases[1]).isNaN();
    assertThat(table.isGood(table.index(0, 1, 0, 0))).isFalse();
  }
}
