package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {
  private static final double[] FREQUENCY = {1.4e9};

  /** 3 degrees of many more pixels than baselines need. */
  private static final ImageGeometry FINE = new ImageGeometry(480, 360, Math.toRadians(3) / 480);

  private static UvBlock block(int rows) {
    return new UvBlock(
        DirectSum.uvw(3, rows, 100, 400),
        FREQUENCY,
        new float[][] {DirectSum.noise(4, rows)},
        new float[][] {DirectSum.noise(5, rows)},
        new float[][] {DirectSum.weights(6, rows)});
  }

  private static UvwExtent extent(UvBlock block) {
    return UvwExtent.of(block.uvwMetres(), FREQUENCY[0], FREQUENCY[0]);
  }

  /** Up to the edges, with w of 1,900 wavelengths. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-4, 1e-5})
  void aDirtyImageIsTheDirectSum(double accuracy) {
    UvBlock block = block(100);
    Resampling resampling = Resampling.of(FINE, extent(block), accuracy);
    assertThat(resampling.isIdentity()).isFalse();
    assertThat(resampling.gridded().pixels()).isLessThan(FINE.pixels() / 2);
    GridPlan plan =
        GridPlan.of(
            resampling.gridded(),
            resampling.gridAccuracy(accuracy),
            accuracy < 2e-5 ? Precision.DOUBLE : Precision.SINGLE,
            extent(block),
            block.samples());
    Gridder gridder = Gridder.ofFewPlanes(plan, 1);
    gridder.add(block);
    float[] image = resampling.toImage(gridder.finish().dirty(0));
    double[] full = new double[image.length];
    for (int i = 0; i < full.length; i++) {
      full[i] = image[i];
    }
    double[] truth = DirectSum.dirty(FINE, block, 0);
    assertThat(DirectSum.error(full, truth)).isLessThan(accuracy);
    double peak = 0;
    double worst = 0;
    for (int i = 0; i < full.length; i++) {
      peak = Math.max(peak, Math.abs(truth[i]));
      worst = Math.max(worst, Math.abs(full[i] - truth[i]));
    }
    assertThat(worst).isLessThan(5 * accuracy * peak);
  }

  @Test
  void aModelHasTheVisibilitiesThatItHasOnFinePixels() {
    UvBlock block = block(200);
    Resampling resampling = Resampling.of(FINE, extent(block), 1e-4);
    float[] model = new float[(int) FINE.pixels()];
    // In the middle, near an edge and in a corner.
    model[180 * 480 + 240] = 1;
    model[100 * 480 + 1] = 2;
    model[359 * 480 + 479] = -1;
    GridPlan plan =
        GridPlan.of(resampling.gridded(), 1e-4, Precision.SINGLE, extent(block), block.samples());
    double[][] re = new double[1][200];
    double[][] im = new double[1][200];
    Degridder.of(plan, resampling.toGridded(model)).predict(block, re, im);
    GridPlan direct = GridPlan.of(FINE, 1e-6, Precision.DOUBLE, extent(block), block.samples());
    double[][] trueRe = new double[1][200];
    double[][] trueIm = new double[1][200];
    Degridder.of(direct, model).predict(block, trueRe, trueIm);
    for (int i = 0; i < 200; i++) {
      assertThat(re[0][i]).isCloseTo(trueRe[0][i], within(1e-3));
      assertThat(im[0][i]).isCloseTo(trueIm[0][i], within(1e-3));
    }
  }

  @Test
  void oneWayIsTheAdjointOfTheOther() {
    Resampling resampling = Resampling.of(FINE, extent(block(24)), 1e-4);
    Random random = new Random(9);
    float[] gridded = new float[(int) resampling.gridded().pixels()];
    float[] image = new float[(int) FINE.pixels()];
    for (int i = 0; i < gridded.length; i++) {
      gridded[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    double one = 0;
    double size = 0;
    float[] there = resampling.toImage(gridded);
    for (int i = 0; i < image.length; i++) {
      one += (double) there[i] * image[i];
      size += (double) there[i] * there[i];
    }
    double other = 0;
    float[] back = resampling.toGridded(image);
    for (int i = 0; i < gridded.length; i++) {
      other += (double) gridded[i] * back[i];
    }
    assertThat(one).isCloseTo(other, within(1e-5 * Math.sqrt(size * image.length)));
  }

  @Test
  void pixelsThatAreNeededStay() {
    UvwExtent far = new UvwExtent(0.45 / FINE.pixelRad(), 100, 0, 100);
    Resampling resampling = Resampling.of(FINE, far, 1e-4);
    assertThat(resampling.isIdentity()).isTrue();
    assertThat(resampling.gridded()).isEqualTo(FINE);
    float[] image = {1, 2};
    assertThat(resampling.toImage(image)).isSameAs(image);
    assertThat(resampling.toGridded(image)).isSameAs(image);
  }
}
