package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cornerturn.crew.Crew;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridderTest {
  private static final double[] FREQUENCY = {1.28e9, 1.3e9, 1.4e9, 1.53e9};
  private static final double FIELD = Math.toRadians(3.5);

  /** 3.5 degrees across, with w of up to 12,000 wavelengths. */
  private static final ImageGeometry WIDE = new ImageGeometry(60, 48, FIELD / 60);

  private static UvBlock block(long seed, int rows) {
    double[] uvw = DirectSum.uvw(seed, rows, 80, 2400);
    int samples = rows * FREQUENCY.length;
    return new UvBlock(
        uvw,
        FREQUENCY,
        new float[][] {DirectSum.noise(seed + 1, samples)},
        new float[][] {DirectSum.noise(seed + 2, samples)},
        new float[][] {DirectSum.weights(seed + 3, samples)});
  }

  private static GridPlan plan(
      ImageGeometry geometry, double accuracy, Precision precision, UvBlock block) {
    UvwExtent extent = UvwExtent.of(block.uvwMetres(), FREQUENCY[0], FREQUENCY[3]);
    return GridPlan.of(geometry, accuracy, precision, extent, block.samples());
  }

  private static ImageSums sums(Gridder gridder, UvBlock... blocks) {
    for (UvBlock block : blocks) {
      gridder.add(block);
    }
    return gridder.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-2, SINGLE",
    "1e-3, SINGLE",
    "1e-4, SINGLE",
    "1e-5, SINGLE",
    "1e-2, DOUBLE",
    "1e-5, DOUBLE",
    "1e-6, DOUBLE",
    "1e-7, DOUBLE",
    "1e-9, DOUBLE"
  })
  void isTheDirectSumWithinTheAccuracy(double accuracy, Precision precision) {
    UvBlock block = block(7, 40);
    GridPlan plan = plan(WIDE, accuracy, precision, block);
    assertThat(plan.planes()).isGreaterThan(plan.wSupport() + 5);
    double[] dirty = sums(Gridder.ofFewPlanes(plan, 1), block).dirtyFull(0);
    assertThat(DirectSum.error(dirty, DirectSum.dirty(WIDE, block, 0))).isLessThan(accuracy);
  }

  /** What the cost of few and of many samples chooses: other kernels, the same image. */
  @ParameterizedTest
  @CsvSource({"10", "1000000", "1000000000000"})
  void everyPlanIsAccurate(long samples) {
    UvBlock block = block(8, 30);
    UvwExtent extent = UvwExtent.of(block.uvwMetres(), FREQUENCY[0], FREQUENCY[3]);
    GridPlan plan = GridPlan.of(WIDE, 1e-4, Precision.SINGLE, extent, samples);
    double[] dirty = sums(Gridder.ofFewPlanes(plan, 1), block).dirtyFull(0);
    assertThat(DirectSum.error(dirty, DirectSum.dirty(WIDE, block, 0))).isLessThan(1e-4);
  }

  @Test
  void sourceComesOutWhereItIs() {
    double[] uvw = DirectSum.uvw(11, 400, 80, 2400);
    int x = 41;
    int y = 9;
    int samples = 400 * FREQUENCY.length;
    float[] re = new float[samples];
    float[] im = new float[samples];
    float[] one = new float[samples];
    Arrays.fill(one, 1);
    UvBlock empty = UvBlock.ofPointSpread(uvw, FREQUENCY, one);
    for (int at = 0; at < samples; at++) {
      double phase = DirectSum.phase(WIDE, empty, at, x, y);
      re[at] = (float) (2.5 * Math.cos(phase));
      im[at] = (float) (2.5 * Math.sin(phase));
    }
    UvBlock block =
        new UvBlock(
            uvw,
            FREQUENCY,
            new float[][] {re, null},
            new float[][] {im, null},
            new float[][] {one, one});
    ImageSums sums = sums(Gridder.ofFewPlanes(plan(WIDE, 1e-4, Precision.SINGLE, block), 2), block);
    float[] dirty = sums.dirty(0);
    int brightest = 0;
    for (int i = 0; i < dirty.length; i++) {
      brightest = dirty[i] > dirty[brightest] ? i : brightest;
    }
    // To the west of the centre, x of 41 and not 19, and to its south.
    assertThat(WIDE.l(x)).isNegative();
    assertThat(WIDE.m(y)).isNegative();
    assertThat(brightest).isEqualTo(y * 60 + x);
    assertThat((double) dirty[brightest]).isCloseTo(2.5, within(1e-3));
    assertThat((double) sums.dirty(1)[24 * 60 + 30]).isCloseTo(1, within(1e-4));
    assertThat(sums.weight(0)).isEqualTo(samples);
    assertThat(sums.samples()).isEqualTo(samples);
  }

  /** Each with its own planes of w and its own middle; what they predict adds up. */
  @ParameterizedTest
  @CsvSource({"1e-4, SINGLE", "1e-7, DOUBLE"})
  void facetsAreThePartsOfTheImage(double accuracy, Precision precision) {
    UvBlock block = block(21, 30);
    double[] whole = DirectSum.dirty(WIDE, block, 0);
    double[] dirty = new double[whole.length];
    double[] model = new double[whole.length];
    model[5 * 60 + 50] = 2;
    model[40 * 60 + 3] = 1;
    model[24 * 60 + 30] = -1;
    int samples = Math.toIntExact(block.samples());
    double[] re = new double[samples];
    double[] im = new double[samples];
    for (int x = 0; x < 60; x += 20) {
      for (int y = 0; y < 48; y += 24) {
        GridPlan plan = plan(WIDE.facet(x, y, 20, 24), accuracy, precision, block);
        double[] part = sums(Gridder.ofFewPlanes(plan, 1), block).dirtyFull(0);
        double[] components = new double[part.length];
        for (int j = 0; j < 24; j++) {
          System.arraycopy(part, j * 20, dirty, (y + j) * 60 + x, 20);
          System.arraycopy(model, (y + j) * 60 + x, components, j * 20, 20);
        }
        double[][] partRe = new double[1][samples];
        double[][] partIm = new double[1][samples];
        Degridder.of(plan, components).predict(block, partRe, partIm);
        for (int at = 0; at < samples; at++) {
          re[at] += partRe[0][at];
          im[at] += partIm[0][at];
        }
      }
    }
    assertThat(DirectSum.error(dirty, whole)).isLessThan(accuracy);
    for (int at = 0; at < samples; at++) {
      double expected = 0;
      double other = 0;
      for (int i = 0; i < model.length; i++) {
        if (model[i] != 0) {
          double phase = DirectSum.phase(WIDE, block, at, i % 60, i / 60);
          expected += model[i] * Math.cos(phase);
          other += model[i] * Math.sin(phase);
        }
      }
      assertThat(re[at]).isCloseTo(expected, within(40 * accuracy));
      assertThat(im[at]).isCloseTo(other, within(40 * accuracy));
    }
  }

  @Test
  void mirrorImagesAreTheSameSamples() {
    UvBlock block = block(12, 30);
    double[] mirrored = Arrays.stream(block.uvwMetres()).map(x -> -x).toArray();
    float[] conjugate = block.im()[0].clone();
    for (int i = 0; i < conjugate.length; i++) {
      conjugate[i] = -conjugate[i];
    }
    UvBlock other =
        new UvBlock(mirrored, FREQUENCY, block.re(), new float[][] {conjugate}, block.weight());
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, block);
    assertThat(sums(Gridder.ofFewPlanes(plan, 1), other).dirty(0))
        .isEqualTo(sums(Gridder.ofFewPlanes(plan, 1), block).dirty(0));
  }

  @Test
  void polarizationsGriddedAtOnceAreThoseGriddedAlone() {
    UvBlock first = block(13, 30);
    float[] re = DirectSum.noise(99, first.re()[0].length);
    float[] weight = first.weight()[0].clone();
    for (int i = 0; i < weight.length; i += 3) {
      weight[i] = 0;
    }
    UvBlock second =
        new UvBlock(
            first.uvwMetres(), FREQUENCY, new float[][] {re}, first.im(), new float[][] {weight});
    UvBlock both =
        new UvBlock(
            first.uvwMetres(),
            FREQUENCY,
            new float[][] {first.re()[0], re},
            new float[][] {first.im()[0], first.im()[0]},
            new float[][] {first.weight()[0], weight});
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, first);
    ImageSums together = sums(Gridder.ofFewPlanes(plan, 2), both);
    assertThat(together.dirty(0)).isEqualTo(sums(Gridder.ofFewPlanes(plan, 1), first).dirty(0));
    double[] alone = sums(Gridder.ofFewPlanes(plan, 1), second).dirtyFull(0);
    assertThat(DirectSum.error(together.dirtyFull(1), alone)).isLessThan(1e-6);
  }

  @Test
  void partsAddUp() {
    UvBlock whole = block(14, 60);
    GridPlan plan = plan(WIDE, 1e-6, Precision.DOUBLE, whole);
    double[] truth = sums(Gridder.ofFewPlanes(plan, 1), whole).dirtyFull(0);
    UvBlock[] parts = {rows(whole, 0, 13), rows(whole, 13, 14), rows(whole, 14, 60)};

    assertThat(DirectSum.error(sums(Gridder.ofAllPlanes(plan, 1), parts).dirtyFull(0), truth))
        .isLessThan(1e-12);

    ImageSums byBlocks = sums(Gridder.ofFewPlanes(plan, 1), parts[0]);
    byBlocks.merge(sums(Gridder.ofFewPlanes(plan, 1), parts[1]));
    byBlocks.merge(sums(Gridder.ofFewPlanes(plan, 1), parts[2]));
    assertThat(DirectSum.error(byBlocks.dirtyFull(0), truth)).isLessThan(1e-12);
    assertThat(byBlocks.samples()).isEqualTo(whole.samples());

    int cut = plan.planes() / 3;
    ImageSums byPlanes = sums(Gridder.ofPlanes(plan, 1, 0, cut), whole);
    byPlanes.merge(sums(Gridder.ofPlanes(plan, 1, cut, plan.planes()), whole));
    assertThat(DirectSum.error(byPlanes.dirtyFull(0), truth)).isLessThan(1e-12);
    assertThat(byPlanes.samples()).isEqualTo(whole.samples());
  }

  @Test
  void partsTravelByRows() {
    UvBlock whole = block(21, 20);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, whole);
    GridPlan elsewhere = plan(WIDE, 1e-4, Precision.SINGLE, whole);
    assertThat(elsewhere).isEqualTo(plan).hasSameHashCodeAs(plan);
    assertThat(plan(WIDE, 1e-3, Precision.SINGLE, whole)).isNotEqualTo(plan);
    ImageSums part = sums(Gridder.ofFewPlanes(elsewhere, 1), whole);
    ImageSums here = ImageSums.of(plan, 1);
    double[] row = new double[WIDE.width()];
    for (int y = 0; y < WIDE.height(); y++) {
      part.read(0, y, row);
      here.add(0, y, row);
    }
    here.addCounts(new double[] {part.weight(0)}, part.samples());
    assertThat(here.dirty(0)).isEqualTo(part.dirty(0));
    assertThat(here.samples()).isEqualTo(whole.samples());
    here.merge(part);
    assertThat(DirectSum.error(here.dirtyFull(0), part.dirtyFull(0))).isLessThan(1e-6);
  }

  @Test
  void samePartsGiveSameBytes() {
    UvBlock whole = block(15, 40);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, whole);
    List<UvBlock> parts = List.of(rows(whole, 0, 9), rows(whole, 9, 30), rows(whole, 30, 40));
    float[][] images = new float[2][];
    for (int run = 0; run < 2; run++) {
      ImageSums total = null;
      for (UvBlock part : parts) {
        ImageSums sums = sums(Gridder.ofFewPlanes(plan, 1), part);
        if (total == null) {
          total = sums;
        } else {
          total.merge(sums);
        }
      }
      images[run] = total.dirty(0);
    }
    assertThat(images[1]).isEqualTo(images[0]);
  }

  /** Whoever grids a tile, transforms columns or predicts samples. */
  @Test
  void anyCrewGivesTheSameBytes() {
    UvBlock block = block(19, 60);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, block);
    ImageGeometry fine = new ImageGeometry(600, 480, FIELD / 600);
    UvwExtent extent = UvwExtent.of(block.uvwMetres(), FREQUENCY[0], FREQUENCY[1]);
    Resampling resampling = Resampling.of(fine, extent, 1e-4);
    assertThat(resampling.isIdentity()).isFalse();
    float[] coarse = new float[(int) resampling.gridded().pixels()];
    Random random = new Random(6);
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = random.nextFloat();
    }
    float[] alone = sums(Gridder.ofFewPlanes(plan, 1), block).dirty(0);
    float[][][] one = new float[2][1][(int) block.samples()];
    Degridder.of(plan, alone).predict(block, one[0], one[1]);
    float[] enlarged = resampling.toImage(coarse);
    for (int size : new int[] {2, 3}) {
      try (Crew crew = Crew.of(size)) {
        assertThat(sums(Gridder.ofFewPlanes(plan, 1, crew), block).dirty(0)).isEqualTo(alone);
        float[][][] several = new float[2][1][(int) block.samples()];
        Degridder.of(plan, crew, alone).predict(block, several[0], several[1]);
        assertThat(several[0][0]).isEqualTo(one[0][0]);
        assertThat(several[1][0]).isEqualTo(one[1][0]);
        assertThat(resampling.toImage(coarse, crew)).isEqualTo(enlarged);
        assertThat(resampling.toGridded(enlarged, crew)).isEqualTo(resampling.toGridded(enlarged));
      }
    }
  }

  private static UvBlock rows(UvBlock block, int from, int to) {
    int a = from * block.channels();
    int b = to * block.channels();
    return new UvBlock(
        Arrays.copyOfRange(block.uvwMetres(), 3 * from, 3 * to),
        block.frequencyHz(),
        new float[][] {Arrays.copyOfRange(block.re()[0], a, b)},
        new float[][] {Arrays.copyOfRange(block.im()[0], a, b)},
        new float[][] {Arrays.copyOfRange(block.weight()[0], a, b)});
  }

  @Test
  void whatHasNoWeightOrPlaceIsLeftOut() {
    UvBlock block = block(16, 20);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, block);
    UvBlock kept = rows(block, 1, 20);
    for (int c = 0; c < FREQUENCY.length; c++) {
      block.weight()[0][c] = 0;
      block.re()[0][c] = Float.NaN;
      block.im()[0][c] = Float.POSITIVE_INFINITY;
    }
    float[] truth = sums(Gridder.ofFewPlanes(plan, 1), kept).dirty(0);
    assertThat(sums(Gridder.ofFewPlanes(plan, 1), block).dirty(0)).isEqualTo(truth);
    block.weight()[0][0] = 1;
    block.uvwMetres()[1] = Double.NaN;
    ImageSums sums = sums(Gridder.ofFewPlanes(plan, 1), block);
    assertThat(sums.dirty(0)).isEqualTo(truth);
    assertThat(sums.samples()).isEqualTo(kept.samples());
  }

  @Test
  void nothingGivesZeros() {
    UvBlock block = block(17, 5);
    Arrays.fill(block.weight()[0], 0);
    GridPlan plan = plan(WIDE, 1e-3, Precision.SINGLE, block);
    assertThat(sums(Gridder.ofFewPlanes(plan, 1), block).dirty(0)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"1e-4", "1e-8"})
  void degridderIsTheAdjoint(double accuracy) {
    UvBlock block = block(18, 40);
    GridPlan plan = plan(WIDE, accuracy, Precision.DOUBLE, block);
    ImageSums sums = sums(Gridder.ofFewPlanes(plan, 1), block);
    double[] dirty = sums.dirtyFull(0);
    Random random = new Random(5);
    double[] model = random.doubles(dirty.length, -1, 1).toArray();
    int samples = (int) block.samples();
    double[][] re = new double[1][samples];
    double[][] im = new double[1][samples];
    Degridder.of(plan, model).predict(block, re, im);
    double image = 0;
    double size = 0;
    for (int i = 0; i < model.length; i++) {
      image += dirty[i] * sums.weight(0) * model[i];
      size += Math.abs(dirty[i] * sums.weight(0) * model[i]);
    }
    double visibilities = 0;
    for (int at = 0; at < samples; at++) {
      visibilities +=
          block.weight()[0][at] * (block.re()[0][at] * re[0][at] + block.im()[0][at] * im[0][at]);
    }
    assertThat(visibilities).isCloseTo(image, within(1e-13 * size));
    assertThat(Math.abs(visibilities - image) / Math.abs(image)).isLessThan(1e-12);
  }

  @Test
  void degridderPredictsSources() {
    UvBlock block = block(19, 40);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, block);
    float[] model = new float[60 * 48];
    model[7 * 60 + 50] = 3;
    int samples = (int) block.samples();
    float[][] re = new float[1][samples];
    float[][] im = new float[1][samples];
    Degridder.of(plan, model).predict(block, re, im);
    double error = 0;
    for (int at = 0; at < samples; at++) {
      double phase = DirectSum.phase(WIDE, block, at, 50, 7);
      error += Math.pow(re[0][at] - 3 * Math.cos(phase), 2);
      error += Math.pow(im[0][at] - 3 * Math.sin(phase), 2);
    }
    // Aliasing is more than its mean near the edges.
    assertThat(Math.sqrt(error / samples) / 3).isLessThan(3e-4);
  }

  @Test
  void refusesWhatItCannotGrid() {
    UvBlock block = block(20, 10);
    GridPlan plan = plan(WIDE, 1e-4, Precision.SINGLE, block);
    UvBlock far = UvBlock.ofPointSpread(new double[] {0, 0, 9000}, FREQUENCY, new float[4]);
    assertThatThrownBy(() -> Gridder.ofFewPlanes(plan, 1).add(far)).hasMessageContaining("extent");
    assertThatThrownBy(() -> Gridder.ofFewPlanes(plan, 2).add(block)).hasMessageContaining("1 im");
    UvwExtent extent = new UvwExtent(1000, 0, 0, 100);
    assertThatThrownBy(() -> GridPlan.of(WIDE, 1e-4, Precision.SINGLE, extent, 10))
        .hasMessageContaining("sample no more than");
    assertThatThrownBy(() -> GridPlan.of(WIDE, 1e-6, Precision.SINGLE, extent, 10))
        .hasMessageContaining("double precision");
  }

  @Test
  void memoryIsThatOfTheImageAndAFewPlanes() {
    ImageGeometry geometry = new ImageGeometry(16_384, 16_384, Math.toRadians(0.625 / 3600));
    UvwExtent extent = new UvwExtent(13_000, 13_000, 0, 8_000);
    GridPlan plan = GridPlan.of(geometry, 1e-4, Precision.SINGLE, extent, 400_000_000);
    long few = plan.memoryBytes(1, plan.wSupport(), 10_000_000);
    assertThat(few).isBetween(1L << 30, 12L << 30);
    assertThat(plan.memoryBytes(2, plan.wSupport(), 10_000_000)).isGreaterThan(few);
    long plane = 8L * plan.columns() * plan.rows();
    assertThat(plan.memoryBytes(1, plan.planes(), 10_000_000) - few)
        .isEqualTo((plan.planes() - plan.wSupport()) * plane);
  }
}
