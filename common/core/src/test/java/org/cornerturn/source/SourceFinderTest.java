package org.cornerturn.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.cornerturn.plane.CutOut;
import org.junit.jupiter.api.Test;

class SourceFinderTest {
  private static final PixelShape BEAM = new PixelShape(6.2, 1.1, 4.1);
  private static final FindSettings SETTINGS = new FindSettings(5, 4, 64);

  private static Component nearest(List<Component> found, double x, double y) {
    return found.stream()
        .min(Comparator.comparingDouble(c -> Math.hypot(c.x() - x, c.y() - y)))
        .orElseThrow();
  }

  /** Without noise to speak of, a Gaussian is found as it was put in. */
  @Test
  void fitsWhatIsThere() {
    NoisySky sky = new NoisySky(200, 180, 1e-5, 1.5, 1);
    PixelShape wide = new PixelShape(14, -3, 9);
    sky.add(60.3, 70.8, 2, BEAM);
    sky.add(140.6, 110.2, 3, wide);
    List<Component> found = sky.find(BEAM, SETTINGS).components();
    assertThat(found).hasSize(2);
    Component point = nearest(found, 60.3, 70.8);
    assertThat(point.x()).isCloseTo(60.3, within(1e-3));
    assertThat(point.y()).isCloseTo(70.8, within(1e-3));
    assertThat(point.peak()).isCloseTo(2, within(1e-3));
    Component extended = nearest(found, 140.6, 110.2);
    assertThat(extended.peak()).isCloseTo(3, within(1e-3));
    assertThat(extended.shape().xx()).isCloseTo(14, within(0.01));
    assertThat(extended.shape().xy()).isCloseTo(-3, within(0.01));
    assertThat(extended.shape().yy()).isCloseTo(9, within(0.01));
    assertThat(extended.integral(BEAM))
        .isCloseTo(3 * Math.sqrt((14 * 9 - 9) / (6.2 * 4.1 - 1.21)), within(3e-3));
    assertThat(extended.has(SourceFlag.EXTENDED)).isTrue();
    assertThat(extended.has(SourceFlag.POINT)).isFalse();
  }

  /** Sources a beam and a half apart are two, and so are those that have no saddle between. */
  @Test
  void separatesBlends() {
    NoisySky sky = new NoisySky(220, 120, 0.01, 1.8, 2);
    PixelShape beam = NoisySky.round(2.5);
    sky.add(50, 60, 1, beam);
    sky.add(58.5, 60, 0.7, beam);
    sky.add(150, 60, 1, beam);
    sky.add(155, 61, 0.9, beam);
    List<Component> found = sky.find(beam, SETTINGS).components();
    assertThat(found).hasSize(4).allMatch(c -> c.has(SourceFlag.BLENDED));
    assertThat(nearest(found, 50, 60).peak()).isCloseTo(1, within(0.04));
    assertThat(nearest(found, 58.5, 60).peak()).isCloseTo(0.7, within(0.04));
    Component close = nearest(found, 155, 61);
    assertThat(close.x()).isCloseTo(155, within(0.4));
    assertThat(close.peak()).isCloseTo(0.9, within(0.15));
  }

  /** However the image is cut, the components are the same to the last bit. */
  @Test
  void findsTheSameInEachTiling() {
    NoisySky sky = new NoisySky(300, 280, 0.1, 1.6, 5);
    Random random = new Random(8);
    for (int s = 0; s < 60; s++) {
      sky.add(random.nextDouble() * 299, random.nextDouble() * 279, 0.5 + s * 0.1, BEAM);
    }
    Arrays.fill(sky.plane, 0, 3000, Float.NaN);
    List<Component> whole = sky.find(BEAM, SETTINGS).components();
    assertThat(whole).hasSizeGreaterThan(45);
    SourceFinder finder = new SourceFinder(300, 280, BEAM, SETTINGS);
    for (int tile : new int[] {50, 97, 170}) {
      List<Component> tiled = new ArrayList<>();
      for (int y = 0; y < 280; y += tile) {
        for (int x = 0; x < 300; x += tile) {
          CutOut part = new CutOut(x, y, Math.min(tile, 300 - x), Math.min(tile, 280 - y));
          int reach = finder.reach();
          SourceFinder.Found found = finder.find(sky.part(finder.window(part, reach)), part, reach);
          while (!found.complete()) {
            reach *= 2;
            found = finder.find(sky.part(finder.window(part, reach)), part, reach);
          }
          tiled.addAll(found.components());
        }
      }
      assertThat(tiled).containsExactlyInAnyOrderElementsOf(whole);
    }
  }

  /** Errors are what repetitions scatter by, and places and heights are not biased. */
  @Test
  void errorsAreThoseOfRepetition() {
    PixelShape beam = NoisySky.round(2.4);
    NoisySky sky = new NoisySky(1000, 1000, 1, 2.4 / Math.sqrt(2), 11);
    Random random = new Random(12);
    List<double[]> truth = new ArrayList<>();
    for (int i = 0; i < 625; i++) {
      double x = 20 + i % 25 * 40 + random.nextDouble();
      double y = 20 + i / 25 * 40 + random.nextDouble();
      truth.add(new double[] {x, y});
      sky.add(x, y, 20, beam);
    }
    List<Component> found = sky.find(beam, SETTINGS).components();
    double[] squares = new double[3];
    double mean = 0;
    for (double[] t : truth) {
      Component c = nearest(found, t[0], t[1]);
      double height = (c.peak() - 20) / (c.error().peak() * c.peak());
      mean += height / truth.size();
      squares[0] += height * height;
      squares[1] += Math.pow((c.x() - t[0]) / c.error().along(), 2);
      squares[2] += Math.pow((c.y() - t[1]) / c.error().across(), 2);
    }
    assertThat(mean).isCloseTo(0, within(0.2));
    for (double s : squares) {
      assertThat(Math.sqrt(s / truth.size())).isBetween(0.75, 1.25);
    }
    assertThat(found.size()).isLessThan(truth.size() + 5);
    assertThat(found.stream().filter(c -> c.has(SourceFlag.EXTENDED)).count()).isLessThan(12);
  }

  @Test
  void findsNothingWhereNothingIs() {
    NoisySky sky = new NoisySky(128, 128, 1, 1.5, 21);
    Arrays.fill(sky.plane, Float.NaN);
    assertThat(sky.find(BEAM, SETTINGS).components()).isEmpty();
    Arrays.fill(sky.plane, 0);
    assertThat(sky.find(BEAM, SETTINGS).components()).isEmpty();
  }

  /** An island as large as the image, with more summits than can be fitted at once. */
  @Test
  void fitsCrowdsOneByOne() {
    NoisySky sky = new NoisySky(256, 256, 0.01, 1.5, 31);
    PixelShape beam = NoisySky.round(2);
    for (int i = 0; i < 25; i++) {
      sky.add(95 + i % 5 * 8, 95 + i / 5 * 8, 1 + 0.02 * i, beam);
    }
    List<Component> found = sky.find(beam, new FindSettings(5, 4, 128)).components();
    assertThat(found).hasSizeBetween(25, 27);
    assertThat(found).filteredOn(c -> c.has(SourceFlag.CROWDED)).hasSizeGreaterThanOrEqualTo(25);
    assertThat(nearest(found, 111, 111).peak()).isCloseTo(1.24, within(0.2));
  }
}
