package org.cornerturn.deconvolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cornerturn.deconvolution.SpectralFit.Form;
import org.junit.jupiter.api.Test;

class SpectralFitTest {
  private static final double[] FREQUENCY = {1.30e9, 1.34e9, 1.38e9, 1.42e9, 1.46e9, 1.50e9};
  private static final double[] WEIGHT = {1, 2, 1, 3, 1, 0.5};

  @Test
  void curvesOfItsFormStayAsTheyAre() {
    for (int terms = 1; terms <= 6; terms++) {
      double[] values = new double[6];
      for (int c = 0; c < 6; c++) {
        double x = FREQUENCY[c] / 1.4e9 - 1;
        values[c] = 2;
        for (int k = 1; k < terms; k++) {
          values[c] += k * Math.pow(x, k);
        }
      }
      check(new SpectralFit(Form.POLYNOMIAL, FREQUENCY, WEIGHT, terms), values, 1e-10);
    }
    double[] power = new double[6];
    double[] curved = new double[6];
    for (int c = 0; c < 6; c++) {
      double log = Math.log10(FREQUENCY[c] / 1.4e9);
      power[c] = -3 * Math.pow(10, -0.7 * log);
      curved[c] = 5 * Math.pow(10, (1.2 - 2 * log) * log);
    }
    check(new SpectralFit(Form.LOGARITHMIC, FREQUENCY, WEIGHT, 2), power, 1e-7);
    check(new SpectralFit(Form.LOGARITHMIC, FREQUENCY, WEIGHT, 3), curved, 1e-7);
  }

  private static void check(SpectralFit fit, double[] values, double tolerance) {
    double[] out = values.clone();
    fit.constrain(out);
    assertThat(out)
        .usingElementComparator((a, b) -> Math.abs(a - b) <= tolerance ? 0 : 1)
        .containsExactly(values);
  }

  @Test
  void oneTermIsTheWeightedMean() {
    double[] values = {1, 2, 3, 4, 5, 6};
    double mean = (1 + 4 + 3 + 12 + 5 + 3) / 8.5;
    for (Form form : new Form[] {Form.POLYNOMIAL, Form.LOGARITHMIC}) {
      double[] out = values.clone();
      new SpectralFit(form, FREQUENCY, WEIGHT, 1).constrain(out);
      for (double v : out) {
        assertThat(v).isCloseTo(mean, within(1e-9));
      }
    }
  }

  @Test
  void lineIsThatOfLeastSquares() {
    double[] values = {1, 5, 2, 2, 7, 3};
    double[] line = values.clone();
    new SpectralFit(Form.POLYNOMIAL, FREQUENCY, WEIGHT, 2).constrain(line);
    double sum = 0;
    double slope = 0;
    for (int c = 0; c < 6; c++) {
      sum += WEIGHT[c] * (values[c] - line[c]);
      slope += WEIGHT[c] * (values[c] - line[c]) * FREQUENCY[c];
    }
    assertThat(sum).isCloseTo(0, within(1e-10));
    assertThat(slope / 1e9).isCloseTo(0, within(1e-10));
  }

  @Test
  void noiseAndZeroesGiveFiniteNumbers() {
    Random random = new Random(8);
    SpectralFit fit = new SpectralFit(Form.LOGARITHMIC, FREQUENCY, WEIGHT, 3);
    for (int trial = 0; trial < 2000; trial++) {
      double[] values = new double[6];
      for (int c = 0; c < 6; c++) {
        values[c] = trial % 10 == 0 ? 0 : random.nextGaussian() * Math.pow(10, trial % 30 - 15);
      }
      fit.constrain(values);
      for (double v : values) {
        assertThat(v).isFinite();
      }
    }
  }

  @Test
  void freeLeavesAllAndAsksForNoFrequencies() {
    double[] values = {3, -2};
    SpectralFit.free(new double[] {1, 1}).constrain(values);
    assertThat(values).containsExactly(3, -2);
  }
}
