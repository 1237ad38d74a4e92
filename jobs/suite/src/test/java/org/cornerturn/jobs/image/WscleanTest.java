package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.plane.RobustNoise;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our images beside those that WSClean makes of the same visibilities. */
class WscleanTest {
  private static final int SIDE = 256;
  private static final int SCALE = 10;

  @TempDir private static Path folder;
  private static Simulated data;

  @BeforeAll
  static void simulate() throws IOException, InterruptedException {
    data =
        new Simulated(folder, "sky")
            .make(
                "--layout",
                "random",
                "--extent",
                "700",
                "--source-offset",
                "12arcmin,-7arcmin",
                "--flux-jy",
                "5",
                "--noise",
                "--sefd",
                "500")
            .withOwnTables();
    OutsideProgram.python(
        "casacore", "../../../../../bench/uvh5_to_ms.py", folder + "/sky.uvh5", folder + "/sky.ms");
  }

  /** Natural weights: at high accuracy the same image, at the usual one to its accuracy. */
  @Test
  void dirtyImagesAreTheSame() throws IOException, InterruptedException {
    wsclean("natural", "-weight", "natural", "-niter", "0", "-no-small-inversion");
    Image theirs = Image.of("natural-dirty.fits");
    int brightest = theirs.brightest();
    double peak = theirs.pixels[brightest];
    assertThat(peak).isGreaterThan(4);
    for (String accuracy : List.of("1e-6", "1e-4")) {
      Image ours =
          image(
              "dirty" + accuracy,
              "dirty",
              "natural",
              "--niter",
              "0",
              "--wgridder-accuracy",
              accuracy);
      assertThat(ours.brightest()).isEqualTo(brightest);
      double tolerance = (accuracy.equals("1e-6") ? 1e-5 : 5e-4) * peak;
      assertThat(ours.largestDifference(theirs)).isLessThan(tolerance);
    }
  }

  @Test
  void cleanImagesAreAsGood() throws IOException, InterruptedException {
    String[] limits = {"niter", "2000", "mgain", "0.8", "auto-threshold", "3", "auto-mask", "5"};
    List<String> options = new ArrayList<>(List.of("-weight", "briggs", "0"));
    List<String> same = new ArrayList<>();
    for (int i = 0; i < limits.length; i += 2) {
      options.addAll(List.of("-" + limits[i], limits[i + 1]));
      same.addAll(List.of("--" + limits[i], limits[i + 1]));
    }
    wsclean("briggs", options.toArray(String[]::new));
    Image theirs = Image.of("briggs-image.fits");
    Image ours = image("clean", "image", "briggs 0", same.toArray(String[]::new));
    assertThat(ours.major).isCloseTo(theirs.major, within(0.01 * theirs.major));
    assertThat(ours.minor).isCloseTo(theirs.minor, within(0.01 * theirs.minor));
    double turned = Math.IEEEremainder(ours.angle - theirs.angle, 180);
    // Of a round beam the angle says little.
    assertThat(Math.abs(turned) * (1 - theirs.minor / theirs.major)).isLessThan(0.5);
    assertThat(ours.noise()).isLessThan(1.05 * theirs.noise());
    assertThat(ours.brightest()).isEqualTo(theirs.brightest());
    double peak = theirs.pixels[theirs.brightest()];
    assertThat((double) ours.pixels[ours.brightest()]).isCloseTo(peak, within(0.01 * peak));
  }

  private static void wsclean(String name, String... options)
      throws IOException, InterruptedException {
    String usual =
        "-j 2 -no-update-model-required -no-reorder -pol I -data-column DATA"
            + " -use-wgridder -wgridder-accuracy 1e-6";
    List<String> all = new ArrayList<>(List.of(usual.split(" ")));
    all.addAll(List.of("-name", folder + "/" + name));
    all.addAll(List.of("-size", "" + SIDE, "" + SIDE, "-scale", SCALE + "asec"));
    all.addAll(List.of(options));
    all.add(folder + "/sky.ms");
    OutsideProgram.run(Map.of("OPENBLAS_NUM_THREADS", "1"), "wsclean", all.toArray(String[]::new));
  }

  private static Image image(String name, String kind, String weight, String... options)
      throws IOException {
    String out = folder + "/" + name + ".image.zarr";
    List<String> all = new ArrayList<>(List.of("image", data.set(), out));
    all.addAll(List.of("--size", "" + SIDE, "--scale", SCALE + "asec", "--weight"));
    all.addAll(List.of(weight.split(" ")));
    all.addAll(List.of(options));
    data.run(all.toArray(String[]::new));
    return Image.of(name + ".image.zarr/fits/" + name + "-" + kind + ".fits");
  }

  private record Image(float[] pixels, double major, double minor, double angle) {
    static Image of(String file) throws IOException {
      try (ObjectStore store = new LocalStore(folder);
          ObjectChannel channel = store.open(file)) {
        FitsImage image = FitsImage.open(channel);
        return new Image(
            image.plane(0, 0, Integer.MAX_VALUE),
            image.number("BMAJ", Double.NaN),
            image.number("BMIN", Double.NaN),
            image.number("BPA", Double.NaN));
      }
    }

    int brightest() {
      int best = 0;
      for (int i = 0; i < pixels.length; i++) {
        best = pixels[i] > pixels[best] ? i : best;
      }
      return best;
    }

    double noise() {
      return RobustNoise.of(pixels).rms();
    }

    double largestDifference(Image other) {
      double most = 0;
      for (int i = 0; i < pixels.length; i++) {
        most = Math.max(most, Math.abs((double) pixels[i] - other.pixels[i]));
      }
      return most;
    }
  }
}
