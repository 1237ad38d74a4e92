package org.cornerturn.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 16, 30, 50, 72, 96, 100, 128, 270})
  void isTheSum(int size) {
    Random random = new Random(size);
    int columns = 3;
    double[][] re = new double[size][columns];
    double[][] im = new double[size][columns];
    double[][] wantRe = new double[size][columns];
    double[][] wantIm = new double[size][columns];
    for (int n = 0; n < size; n++) {
      for (int c = 0; c < columns; c++) {
        re[n][c] = random.nextGaussian();
        im[n][c] = random.nextGaussian();
        for (int k = 0; k < size; k++) {
          double angle = -2 * Math.PI * ((long) k * n % size) / size;
          wantRe[k][c] += re[n][c] * Math.cos(angle) - im[n][c] * Math.sin(angle);
          wantIm[k][c] += re[n][c] * Math.sin(angle) + im[n][c] * Math.cos(angle);
        }
      }
    }
    FourierRows rows = new FourierRows(size);
    rows.transform(re, im, columns);
    for (int k = 0; k < size; k++) {
      assertThat(re[rows.place(k)]).containsExactly(wantRe[k], within(1e-11));
      assertThat(im[rows.place(k)]).containsExactly(wantIm[k], within(1e-11));
    }
  }

  @Test
  void lengthsHaveSmallFactors() {
    assertThat(FourierRows.goodSize(1)).isEqualTo(2);
    assertThat(FourierRows.goodSize(6144)).isEqualTo(6144);
    // Radix 4 is quicker than 3 and 5.
    assertThat(FourierRows.goodSize(4050)).isEqualTo(4096);
    for (int n = 1; n < 3000; n += 7) {
      int size = FourierRows.goodSize(n);
      assertThat(size).isGreaterThanOrEqualTo(n).isEven();
      assertThat(FourierRows.isSmooth(size)).isTrue();
      assertThat(size).isLessThanOrEqualTo(Math.max(n + 14, (int) (1.15 * n)));
    }
    assertThatThrownBy(() -> new FourierRows(14)).hasMessageContaining("14");
  }
}
