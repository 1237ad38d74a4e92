package org.cornerturn.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.source.Association.Place;
import org.junit.jupiter.api.Test;

class AssociationTest {
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);

  /**
   * Skies about the poles and right ascension 0: each source is one, however its places scatter.
   */
  @Test
  void epochsOfOneSkyAreOneSky() {
    Random random = new Random(5);
    for (double[] centre : new double[][] {{0, 90}, {13, -90}, {0, 0}, {359.999, 37}, {120, 60}}) {
      IcrsDirection middle = IcrsDirection.ofDegrees(centre[0], centre[1]);
      List<IcrsDirection> truth = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        double l = Math.toRadians(0.05) * (i % 20 - 9.5);
        double m = Math.toRadians(0.05) * (i / 20 - 9.5);
        truth.add(middle.at(l, m));
      }
      Association a = new Association(10 * ARCSEC, Double.POSITIVE_INFINITY);
      for (int e = 0; e < 4; e++) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
          IcrsDirection at =
              truth.get(i).at(ARCSEC * random.nextGaussian(), ARCSEC * random.nextGaussian());
          places.add(new Place(e + ":" + i, at, ARCSEC, ARCSEC));
        }
        Collections.shuffle(places, random);
        a.epoch(e, places, Place::id);
      }
      assertThat(a.sources()).hasSize(400).allMatch(s -> s.links().size() == 4);
      for (Association.Source s : a.sources()) {
        int i = Integer.parseInt(s.id().substring(2));
        assertThat(s.direction().separationRad(truth.get(i))).isLessThan(3 * ARCSEC);
        assertThat(s.eastErrorRad()).isCloseTo(ARCSEC / 2, within(1e-12));
      }
    }
  }

  @Test
  void closestPairsAreOneToOne() {
    Association a = new Association(10 * ARCSEC, Double.POSITIVE_INFINITY);
    a.known("old", IcrsDirection.ofDegrees(10, 0));
    a.known("unseen", IcrsDirection.ofDegrees(50, 0));
    a.epoch(
        0,
        List.of(
            new Place("p", IcrsDirection.ofDegrees(10 + 4 / 3600.0, 0), ARCSEC, ARCSEC),
            new Place("q", IcrsDirection.ofDegrees(10 - 1 / 3600.0, 0), ARCSEC, ARCSEC)),
        Place::id);
    assertThat(a.sources()).extracting(Association.Source::id).containsExactly("old", "p");
    assertThat(a.sources().get(0).links()).containsExactly(new Association.Link(0, 1));
  }

  @Test
  void errorsCanBeABound() {
    Association a = new Association(10 * ARCSEC, 3);
    IcrsDirection at = IcrsDirection.ofDegrees(10, 80);
    a.epoch(0, List.of(new Place("p", at, ARCSEC, ARCSEC)), Place::id);
    a.epoch(1, List.of(new Place("q", at.at(5 * ARCSEC, 0), ARCSEC, ARCSEC)), Place::id);
    a.epoch(2, List.of(new Place("r", at.at(1 * ARCSEC, 0), ARCSEC, ARCSEC)), Place::id);
    assertThat(a.sources()).extracting(Association.Source::id).containsExactly("p", "q");
    assertThat(a.sources().get(0).links()).hasSize(2);
  }

  @Test
  void neighboursAcrossThePole() {
    List<IcrsDirection> at =
        List.of(
            IcrsDirection.ofDegrees(0, 89.99),
            IcrsDirection.ofDegrees(180, 89.99),
            IcrsDirection.ofDegrees(90, 89.9),
            IcrsDirection.ofDegrees(0, 0));
    Neighbours near = Neighbours.of(at, Math.toRadians(0.2), Math.toRadians(0.05));
    assertThat(near.nearestRad()[0]).isCloseTo(Math.toRadians(0.02), within(1e-12));
    assertThat(near.count()).containsExactly(1, 1, 0, 0);
    assertThat(near.nearestRad()[2]).isCloseTo(at.get(2).separationRad(at.get(0)), within(1e-12));
    assertThat(near.nearestRad()[3]).isInfinite();
  }
}
