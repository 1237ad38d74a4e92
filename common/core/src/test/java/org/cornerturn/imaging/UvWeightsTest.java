package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UvWeightsTest {
  private static final double C = 299_792_458.0;
  private static final double[] FREQUENCY = {1.3e9, 1.4e9, 1.5e9};
  private static final ImageGeometry GEOMETRY = new ImageGeometry(40, 32, 1e-3);
  private static final double[] UVW = DirectSum.uvw(3, 60, 50, 10);
  private static final float[] NATURAL = DirectSum.weights(4, 180);

  private static float[] apply(UvWeights weights) {
    UvWeights.Density density = weights.density(GEOMETRY);
    density.add(UVW, FREQUENCY, NATURAL);
    float[] imaging = new float[NATURAL.length];
    density.weighting().apply(UVW, FREQUENCY, NATURAL, imaging);
    return imaging;
  }

  private static double q(int at) {
    int row = at / 3;
    return Math.hypot(UVW[3 * row], UVW[3 * row + 1]) * FREQUENCY[at % 3] / C;
  }

  /** 1.2 times the image, up to a multiple of 4: 48 x 40. */
  private static long[] cell(int at) {
    int row = at / 3;
    double sign = UVW[3 * row + 1] < 0 ? -1 : 1;
    double wavelengths = sign * FREQUENCY[at % 3] / C;
    return new long[] {
      (long) Math.floor(UVW[3 * row] * wavelengths * 48e-3),
      (long) Math.floor(UVW[3 * row + 1] * wavelengths * 40e-3)
    };
  }

  private static boolean inside(long[] cell) {
    return cell[0] >= -24 && cell[0] < 24 && cell[1] < 20;
  }

  @Test
  void naturalWeightsStay() {
    assertThat(apply(UvWeights.natural())).isEqualTo(NATURAL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2, -0.5, 0, 0.5, 2})
  void briggsIsHisFormula(double robustness) {
    Map<String, Double> cells = new HashMap<>();
    double total = 0;
    for (int at = 0; at < NATURAL.length; at++) {
      total += NATURAL[at];
      long[] cell = cell(at);
      if (inside(cell)) {
        cells.merge(cell[0] + " " + cell[1], (double) NATURAL[at], Double::sum);
      }
    }
    double squares = cells.values().stream().mapToDouble(w -> w * w).sum();
    double f2 = Math.pow(5 * Math.pow(10, -robustness), 2) / (squares / total);
    float[] imaging = apply(UvWeights.briggs(robustness));
    float[] uniform = apply(UvWeights.uniform());
    for (int at = 0; at < NATURAL.length; at++) {
      long[] cell = cell(at);
      double sum = inside(cell) ? cells.get(cell[0] + " " + cell[1]) : 0;
      double wanted = inside(cell) ? NATURAL[at] / (1 + sum * f2) : 0;
      assertThat((double) imaging[at]).isCloseTo(wanted, within(1e-6 * NATURAL[at]));
      assertThat((double) uniform[at])
          .isCloseTo(inside(cell) ? NATURAL[at] / sum : 0, within(1e-6));
    }
  }

  @Test
  void rangeAndTaperAreOfTheBaseline() {
    float[] ranged = apply(UvWeights.natural().between(100, 200));
    double beam = 2e-3;
    float[] tapered = apply(UvWeights.natural().tapered(beam));
    for (int at = 0; at < NATURAL.length; at++) {
      assertThat(ranged[at]).isEqualTo(q(at) >= 100 && q(at) <= 200 ? NATURAL[at] : 0);
      double taper = Math.exp(-Math.pow(Math.PI * beam * q(at), 2) / (4 * Math.log(2)));
      assertThat((double) tapered[at]).isCloseTo(NATURAL[at] * taper, within(1e-6));
    }
  }

  @Test
  void mergedDensitiesAreThoseOfTheWhole() {
    UvWeights weights = UvWeights.briggs(0);
    UvWeights.Density whole = weights.density(GEOMETRY);
    whole.add(UVW, FREQUENCY, NATURAL);
    UvWeights.Density first = weights.density(GEOMETRY);
    UvWeights.Density second = weights.density(GEOMETRY);
    float[] odd = NATURAL.clone();
    float[] even = NATURAL.clone();
    for (int at = 0; at < NATURAL.length; at++) {
      (at % 2 == 0 ? odd : even)[at] = 0;
    }
    first.add(UVW, FREQUENCY, odd);
    second.add(UVW, FREQUENCY, even);
    first.merge(second);
    float[] wanted = new float[NATURAL.length];
    float[] found = new float[NATURAL.length];
    whole.weighting().apply(UVW, FREQUENCY, NATURAL, wanted);
    first.weighting().apply(UVW, FREQUENCY, NATURAL, found);
    assertThat(found).containsExactly(wanted, within(1e-6f));
    assertThat(first.total()).isCloseTo(whole.total(), within(1e-9));
    assertThatThrownBy(() -> first.merge(UvWeights.uniform().density(GEOMETRY)))
        .hasMessageContaining("different");
  }

  @Test
  void flaggedSamplesAreNotLookedAt() {
    float[] natural = NATURAL.clone();
    natural[5] = 0;
    double[] uvw = UVW.clone();
    uvw[30] = Double.NaN;
    UvWeights.Density density = UvWeights.uniform().density(GEOMETRY);
    density.add(uvw, FREQUENCY, natural);
    float[] imaging = new float[natural.length];
    density.weighting().apply(uvw, FREQUENCY, natural, imaging);
    assertThat(imaging[5]).isZero();
    assertThat(imaging[30]).isZero();
    assertThat(imaging).doesNotContain(Float.NaN);
  }

  @Test
  void noiseIsThatOfTheWeightedMean() {
    ThermalNoise noise = new ThermalNoise();
    noise.add(new float[] {4, 4, 4, 4}, new float[] {4, 4, 4, 4});
    assertThat(noise.jyPerBeam()).isCloseTo(0.25, within(1e-12));
    ThermalNoise other = new ThermalNoise();
    other.add(new float[] {1, 1}, new float[] {2, 0});
    noise.merge(other);
    assertThat(noise.jyPerBeam()).isCloseTo(Math.sqrt(16 + 4) / 18, within(1e-12));
    assertThat(new ThermalNoise().jyPerBeam()).isNaN();
  }
}
