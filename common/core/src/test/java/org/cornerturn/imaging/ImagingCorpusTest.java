package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.radio.HeaderArrays;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of another program, and the image that a third one made of it. */
class ImagingCorpusTest {
  private Path dsa;

  @BeforeEach
  void findCorpus() {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    dsa = Path.of(corpus, "dsa");
  }

  @ParameterizedTest
  @CsvSource({"1e-6, DOUBLE, 1e-5", "1e-4, SINGLE, 5e-4"})
  void dirtyImageIsThatOfWsclean(double accuracy, Precision precision, double tolerance)
      throws IOException {
    float[] reference;
    ImageGeometry geometry;
    try (ObjectStore store = new LocalStore(dsa);
        ObjectChannel channel = store.open("ref_s20-dirty.fits")) {
      FitsImage image = FitsImage.open(channel);
      int width = (int) image.number("NAXIS1", 0);
      int height = (int) image.number("NAXIS2", 0);
      assertThat(image.number("CRPIX1", 0)).isEqualTo(width / 2 + 1);
      assertThat(image.number("CDELT1", 0)).isEqualTo(-image.number("CDELT2", 0));
      geometry = new ImageGeometry(width, height, Math.toRadians(image.number("CDELT2", 0)));
      reference = image.plane(0, 0, geometry.pixels());
    }
    UvBlock block = stokesI(dsa.resolve("s20.uvh5"));
    double[] f = block.frequencyHz();
    GridPlan plan =
        GridPlan.of(
            geometry,
            accuracy,
            precision,
            UvwExtent.of(block.uvwMetres(), f[0], f[f.length - 1]),
            block.samples());
    Gridder gridder = Gridder.ofFewPlanes(plan, 1);
    gridder.add(block);
    float[] dirty = gridder.finish().dirty(0);

    int brightest = brightest(reference);
    double largest = 0;
    for (int i = 0; i < reference.length; i++) {
      // Math.max keeps what is not a number.
      largest = Math.max(largest, Math.abs((double) dirty[i] - reference[i]));
    }
    assertThat(largest).isLessThan(tolerance * reference[brightest]);
    assertThat(brightest(dirty)).isEqualTo(brightest);
  }

  private static int brightest(float[] pixels) {
    int brightest = 0;
    for (int i = 0; i < pixels.length; i++) {
      brightest = pixels[i] > pixels[brightest] ? i : brightest;
    }
    return brightest;
  }

  /** Crosses of (XX + YY) / 2, unflagged all of them. */
  private static UvBlock stokesI(Path file) throws IOException {
    try (HeaderArrays arrays = new HeaderArrays(file)) {
      double[] first = arrays.numbers("ant_1_array");
      double[] second = arrays.numbers("ant_2_array");
      double[] hertz = arrays.frequencies();
      float[] data = arrays.visibilities();
      float[] re = new float[data.length / 4];
      float[] im = new float[re.length];
      float[] weight = new float[re.length];
      for (int i = 0; i < re.length; i++) {
        re[i] = (data[4 * i] + data[4 * i + 2]) / 2;
        im[i] = (data[4 * i + 1] + data[4 * i + 3]) / 2;
        int row = i / hertz.length;
        weight[i] = first[row] == second[row] ? 0 : 1;
      }
      return new UvBlock(
          arrays.uvw, hertz, new float[][] {re}, new float[][] {im}, new float[][] {weight});
    }
  }
}
