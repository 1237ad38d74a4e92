package org.cornerturn.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.cornerturn.plane.CutOut;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  /** A slope of the level and of the noise comes out, though sources stand in it. */
  @Test
  void findsLevelAndNoiseUnderSources() {
    NoisySky sky = new NoisySky(512, 512, 1, 1.2, 3);
    for (int i = 0; i < sky.plane.length; i++) {
      sky.plane[i] = (float) (sky.plane[i] * (1 + i % 512 / 512.0) + 100 + 0.005 * (i / 512));
    }
    for (int s = 0; s < 10; s++) {
      sky.add(17 + s * 48.1, 500 - s * 51.7, 1000, NoisySky.round(2));
    }
    Background b = Background.of(sky.plane, sky.all(), sky.all(), 512, 512, 64, 1);
    for (int y = 64; y < 448; y += 37) {
      for (int x = 64; x < 448; x += 41) {
        assertThat(b.levelAt(x, y)).isCloseTo(100 + 0.005 * y, within(0.6));
        assertThat(b.rmsAt(x, y)).isCloseTo(1 + x / 512.0, within(0.5));
      }
    }
    double mean = 0;
    Background.Row row = b.row(0, 512);
    for (int y = 0; y < 512; y++) {
      row.go(y);
      for (int x = 0; x < 512; x++) {
        mean += row.rms()[x] / (1 + x / 512.0) / 512 / 512;
        assertThat(row.levels()[x]).isEqualTo((float) b.levelAt(x, y), within(1e-3f));
      }
    }
    assertThat(mean).isCloseTo(1, within(0.04));
  }

  /** Values clipped at three deviations until none leaves are narrower by what is made good. */
  @Test
  void noiseIsUnbiased() {
    NoisySky sky = new NoisySky(1024, 1024, 2, 0, 9);
    Background b = Background.of(sky.plane, sky.all(), sky.all(), 1024, 1024, 256, 1);
    double sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += b.rmsAt(128 + i % 4 * 256, 128 + i / 4 * 256) / 16;
    }
    assertThat(sum).isCloseTo(2, within(0.005));
  }

  @Test
  void isTheSameFromEachWindow() {
    NoisySky sky = new NoisySky(300, 260, 1, 1.5, 4);
    Arrays.fill(sky.plane, 0, 40 * 300, Float.NaN);
    Background whole = Background.of(sky.plane, sky.all(), sky.all(), 300, 260, 32, 2);
    CutOut part = new CutOut(97, 83, 51, 70);
    CutOut window = new CutOut(97 - 32, 83 - 32, 51 + 64, 70 + 64);
    Background other = Background.of(sky.part(window), window, part, 300, 260, 32, 2);
    Background.Row a = whole.row(97, 51);
    Background.Row b = other.row(97, 51);
    for (int y = 83; y < 153; y++) {
      a.go(y);
      b.go(y);
      assertThat(b.rms()).isEqualTo(a.rms());
      assertThat(b.levels()).isEqualTo(a.levels());
      for (int x = 97; x < 148; x++) {
        assertThat(other.rmsAt(x, y)).isEqualTo(whole.rmsAt(x, y));
      }
    }
    assertThat(whole.rmsAt(5, 2)).isNaN();
    assertThat(whole.rmsAt(5, 60)).isPositive();
  }

  @Test
  void refusesBoxesThatAreNone() {
    float[] plane = new float[100];
    CutOut all = new CutOut(0, 0, 10, 10);
    assertThatThrownBy(() -> Background.of(plane, all, all, 10, 10, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 pixels");
  }
}
