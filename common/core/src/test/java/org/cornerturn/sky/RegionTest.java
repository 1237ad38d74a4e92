package org.cornerturn.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Ds9Regions.Entry;
import org.cornerturn.sky.Region.Box;
import org.cornerturn.sky.Region.Circle;
import org.cornerturn.sky.Region.Ellipse;
import org.cornerturn.sky.Region.Polygon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
  private static final double DEGREE = Math.toRadians(1);

  private static IcrsDirection at(double ra, double dec) {
    return IcrsDirection.ofDegrees(ra, dec);
  }

  @Test
  void circlesCrossZeroAndPoles() {
    Circle zero = new Circle(at(0.1, 10), DEGREE);
    assertThat(zero.contains(at(359.2, 10))).isTrue();
    assertThat(zero.contains(at(358.9, 10))).isFalse();
    Circle pole = new Circle(at(0, 90), DEGREE);
    assertThat(pole.contains(at(123, 89.1))).isTrue();
    assertThat(pole.contains(at(123, 88.9))).isFalse();
  }

  @Test
  void ellipsesAndBoxesTurnFromNorthToEast() {
    Ellipse ellipse = new Ellipse(at(0, 0), 2 * DEGREE, DEGREE, Math.toRadians(45));
    assertThat(ellipse.contains(at(1.3, 1.3))).isTrue();
    assertThat(ellipse.contains(at(358.7, 1.3))).isFalse();
    Box box = new Box(at(0, 0), 2 * DEGREE, 4 * DEGREE, Math.toRadians(45));
    assertThat(box.contains(at(1.3, 1.3))).isTrue();
    assertThat(box.contains(at(358.7, 1.3))).isFalse();
    assertThat(box.contains(at(180, 0))).isFalse();
    Box level = new Box(at(0, 0), 2 * DEGREE, 4 * DEGREE, 0);
    assertThat(level.contains(at(0.9, 1.9))).isTrue();
    assertThat(level.contains(at(1.1, 0))).isFalse();
  }

  @Test
  void polygonsAreTheirInside() {
    Polygon cornered = new Polygon(List.of(at(359, -1), at(1, -1), at(1, 1), at(0, 0), at(359, 1)));
    assertThat(cornered.contains(at(0, -0.5))).isTrue();
    assertThat(cornered.contains(at(0, 0.5))).isFalse();
    assertThat(cornered.contains(at(359.1, 0.8))).isTrue();
    assertThat(cornered.contains(at(180, 0.2))).isFalse();
    assertThatThrownBy(() -> new Polygon(List.of(at(0, 0), at(1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsRegionFiles() {
    String text =
        "# Region file format: DS9 version 4.1\n"
            + "global color=green width=1\n"
            + "fk5\n"
            + "circle(10:00:00.0,+20:30:00,30\") # color=red text={a (b)}\n"
            + "-ellipse(150.1,20.4,2',1',30)\n"
            + "icrs; box(1.5,-0.25,0.1,0.2,15); polygon 1 2 3 2 3 4\n";
    List<Entry> entries = Ds9Regions.parse(text);
    assertThat(entries).hasSize(4);
    Circle circle = (Circle) entries.get(0).region();
    assertThat(Math.toDegrees(circle.centre().raRad())).isCloseTo(150, within(1e-9));
    assertThat(Math.toDegrees(circle.centre().decRad())).isCloseTo(20.5, within(1e-9));
    assertThat(circle.radiusRad()).isCloseTo(DEGREE / 120, within(1e-12));
    assertThat(entries.get(1).excluded()).isTrue();
    Ellipse ellipse = (Ellipse) entries.get(1).region();
    // Its first number lies along right ascension.
    assertThat(ellipse.secondRad()).isCloseTo(DEGREE / 30, within(1e-12));
    assertThat(ellipse.firstRad()).isCloseTo(DEGREE / 60, within(1e-12));
    assertThat(((Polygon) entries.get(3).region()).corners()).hasSize(3);
    List<Entry> again = Ds9Regions.parse(Ds9Regions.format(entries));
    for (int i = 0; i < 4; i++) {
      assertThat(again.get(i).excluded()).isEqualTo(entries.get(i).excluded());
      assertThat(again.get(i).region().reachRad())
          .isCloseTo(entries.get(i).region().reachRad(), within(1e-12));
      assertThat(again.get(i).region().centre().separationRad(entries.get(i).region().centre()))
          .isLessThan(1e-12);
    }
  }

  @Test
  void declinationsBelowZeroKeepTheirSign() {
    Circle circle =
        (Circle) Ds9Regions.parse("icrs\ncircle(00:00:04,-00:30:00,1')").get(0).region();
    assertThat(Math.toDegrees(circle.centre().decRad())).isCloseTo(-0.5, within(1e-12));
    assertThat(Math.toDegrees(circle.centre().raRad())).isCloseTo(1 / 60.0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "circle(1,2,3)",
        "galactic\ncircle(1,2,3)",
        "icrs\ncircle(1,2)",
        "icrs\ncircle(1,95,3)",
        "icrs\ncircle(1,2,0)",
        "icrs\ncircle(1,2,x)",
        "icrs\npolygon(1,2,3,4,5)",
        "icrs\nannulus(1,2,3,4)"
      })
  void refusesWhatIsNotUnderstood(String text) {
    assertThatThrownBy(() -> Ds9Regions.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line ");
  }
}
