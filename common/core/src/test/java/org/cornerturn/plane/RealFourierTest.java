package org.cornerturn.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealFourierTest {
  @ParameterizedTest
  @CsvSource({"16, 16, 16, 16", "12, 10, 9, 7", "30, 27, 30, 27", "50, 3, 2, 3"})
  void equalsTheSum(int width, int height, int planeWidth, int planeHeight) {
    float[] plane = random(planeWidth * planeHeight);
    RealFourier fourier = new RealFourier(width, height);
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(plane, planeWidth, planeHeight, spectrum);
    for (int v = 0; v < height; v++) {
      for (int u = 0; u <= width / 2; u++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < plane.length; i++) {
          double turns =
              (double) u * (i % planeWidth) / width + (double) v * (i / planeWidth) / height;
          re += plane[i] * Math.cos(2 * Math.PI * turns);
          im -= plane[i] * Math.sin(2 * Math.PI * turns);
        }
        int at = 2 * (v * (width / 2 + 1) + u);
        assertThat((double) spectrum[at]).isCloseTo(re, within(2e-5));
        assertThat((double) spectrum[at + 1]).isCloseTo(im, within(2e-5));
      }
    }
    float[] again = new float[plane.length];
    fourier.inverse(spectrum, again, planeWidth, planeHeight, 0, 0);
    assertClose(again, plane, 1e-5);
  }

  @Test
  void inverseBeginsWhereItIsTold() {
    float[] plane = random(8 * 6);
    RealFourier fourier = new RealFourier(8, 6);
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(plane, 8, 6, spectrum);
    float[] turned = new float[plane.length];
    fourier.inverse(spectrum, turned, 8, 6, 5, 2);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(turned[y * 8 + x])
            .isCloseTo(plane[(y + 2) % 6 * 8 + (x + 5) % 8], within(1e-5f));
      }
    }
  }

  @Test
  void findsSizesOfSmallFactors() {
    assertThat(RealFourier.fastSize(1)).isEqualTo(2);
    assertThat(RealFourier.fastSize(13)).isEqualTo(16);
    assertThat(RealFourier.fastSize(6145)).isEqualTo(6250);
    assertThat(RealFourier.fastSize(4096)).isEqualTo(4096);
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
    float[] spectrum = convolver.transform(kernel, kernelWidth, kernelHeight);
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
