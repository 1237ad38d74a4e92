package org.cornerturn.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolverTest {
  /** Wider than what is transformed at once, the kernel in two places of the period. */
  @Test
  void convolvesWidePlanesWithFewPoints() {
    int width = 300;
    int height = 40;
    float[] plane = new float[width * height];
    plane[7 * width + 290] = 2;
    plane[30 * width + 3] = -1;
    float[] kernel = random(width * height);
    Convolver convolver = new Convolver(width, height, 150);
    float[] out = new float[plane.length];
    convolver.convolve(plane, convolver.transform(kernel, width, height), out);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double expected =
            2 * at(kernel, width, height, x - 290 + width / 2, y - 7 + height / 2)
                - at(kernel, width, height, x - 3 + width / 2, y - 30 + height / 2);
        assertThat((double) out[y * width + x]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static double at(float[] plane, int width, int height, int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height ? plane[y * width + x] : 0;
  }

  @Test
  void kernelsOneAfterTheOtherAreTheirProduct() {
    int width = 33;
    int height = 26;
    float[] plane = random(width * height);
    Convolver convolver = new Convolver(width, height, 6);
    PlaneSpectrum first = convolver.transform(random(25), 5, 5);
    PlaneSpectrum second = convolver.transform(random(9), 3, 3);
    float[] both = new float[plane.length];
    convolver.convolve(plane, first.times(second), both);
    float[] kernel = new float[plane.length];
    convolver.kernel(first.times(second), kernel);
    float[] again = new float[plane.length];
    convolver.convolve(plane, convolver.transform(kernel, width, height), again);
    assertClose(again, both, 1e-4);
  }

  /** Convolution against the sum, with nothing from the opposite edge. */
  @ParameterizedTest
  @CsvSource({"9, 9, 4", "16, 16, 8", "7, 4, 2", "7, 7, 3", "45, 45, 30"})
  void convolvesWithoutWrapping(int kernelWidth, int kernelHeight, int reach) {
    int width = 21;
    int height = 17;
    float[] plane = random(width * height);
    float[] kernel = random(kernelWidth * kernelHeight);
    Convolver convolver = new Convolver(width, height, reach);
    PlaneSpectrum spectrum = convolver.transform(kernel, kernelWidth, kernelHeight);
    float[] out = new float[plane.length];
    convolver.convolve(plane, spectrum, out);
    float[] expected = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        int dx = k % kernelWidth - kernelWidth / 2;
        int dy = k / kernelWidth - kernelHeight / 2;
        int x = i % width - dx;
        int y = i / width - dy;
        boolean reached = Math.abs(dx) <= reach && Math.abs(dy) <= reach;
        if (reached && x >= 0 && x < width && y >= 0 && y < height) {
          sum += (double) kernel[k] * plane[y * width + x];
        }
      }
      expected[i] = (float) sum;
    }
    assertClose(out, expected, 2e-5);
    Arrays.fill(out, 0);
    convolver.convolve(convolver.transform(plane), spectrum, out);
    assertClose(out, expected, 2e-5);
    float[] again = new float[plane.length];
    convolver.kernel(spectrum, again);
    for (int i = 0; i < again.length; i++) {
      int x = i % width - width / 2 + kernelWidth / 2;
      int y = i / width - height / 2 + kernelHeight / 2;
      boolean there =
          x >= 0
              && x < kernelWidth
              && y >= 0
              && y < kernelHeight
              && Math.abs(x - kernelWidth / 2) <= reach
              && Math.abs(y - kernelHeight / 2) <= reach;
      assertThat(again[i]).isCloseTo(there ? kernel[y * kernelWidth + x] : 0, within(1e-5f));
    }
  }

  private static float[] random(int n) {
    Random random = new Random(n);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextFloat() - 0.3f;
    }
    return out;
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
