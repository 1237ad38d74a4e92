package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the corpus, converted and imaged, beside what WSClean made of it. */
class ImageCorpusTest {
  @TempDir private Path folder;

  private static void run(String... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static FitsImage open(ObjectChannel file) throws IOException {
    return FitsImage.open(file);
  }

  @Test
  void theDirtyImageIsThatOfWsclean() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    Path dsa = Path.of(corpus, "dsa");
    String set = folder.resolve("s20.ps.zarr").toString();
    String image = folder.resolve("s20.image.zarr").toString();
    run("convert", dsa.resolve("s20.uvh5").toString(), set);
    String[] words = {
      "image",
      set,
      image,
      "--size",
      "768",
      "--scale",
      "6asec",
      "--weight",
      "natural",
      "--niter",
      "0",
      "--no-make-psf",
      "--beam",
      "none",
      "--wgridder-accuracy",
      "1e-6"
    };
    run(words);
    try (ObjectStore theirs = new LocalStore(dsa);
        ObjectStore ours = new LocalStore(Path.of(image, "fits"));
        ObjectChannel one = theirs.open("ref_s20-dirty.fits");
        ObjectChannel other = ours.open("s20-dirty.fits")) {
      FitsImage reference = open(one);
      FitsImage made = open(other);
      assertThat(made.number("CRVAL1", 0)).isCloseTo(reference.number("CRVAL1", 1), within(1e-9));
      assertThat(made.number("CRVAL2", 0)).isCloseTo(reference.number("CRVAL2", 1), within(1e-9));
      float[] expected = reference.plane(0, 0, 1 << 20);
      float[] found = made.plane(0, 0, 1 << 20);
      int peak = 0;
      int brightest = 0;
      double largest = 0;
      for (int i = 0; i < expected.length; i++) {
        peak = expected[i] > expected[peak] ? i : peak;
        brightest = found[i] > found[brightest] ? i : brightest;
        largest = Math.max(largest, Math.abs((double) found[i] - expected[i]));
      }
      assertThat(brightest).isEqualTo(peak);
      assertThat(largest).isLessThan(1e-5 * expected[peak]);
    }
  }
}
