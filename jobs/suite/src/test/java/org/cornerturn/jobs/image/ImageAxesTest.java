package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.cornerturn.jobs.image.Night.ARCSEC;
import static org.cornerturn.jobs.image.Night.SIDE;
import static org.cornerturn.jobs.image.Night.X;
import static org.cornerturn.jobs.image.Night.Y;
import static org.cornerturn.jobs.image.Night.fits;
import static org.cornerturn.jobs.image.Night.largest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images by part, hand, channel, interval, place and facet. */
class ImageAxesTest {
  @TempDir private static Path folder;
  private static Night night;

  @BeforeAll
  static void make() throws IOException {
    night = Night.shared();
  }

  @Test
  void partsOfVisibilitiesAndHandsMakeTheSameImage() throws IOException {
    String many = folder + "/many.image.zarr";
    night.image(many, "--niter", "0", "--parts", "3", "--pol", "XX,YY");
    float[] whole = fits(night.cleaned, "night-dirty.fits");
    float[] xx = fits(many, "many-XX-dirty.fits");
    float[] yy = fits(many, "many-YY-dirty.fits");
    // Both hands have the same weights.
    for (int i = 0; i < whole.length; i++) {
      assertThat((xx[i] + yy[i]) / 2.0).isCloseTo(whole[i], within(1.5e-3));
    }
  }

  @Test
  void channelsAreJoinedAndIntervalsAreNot() throws IOException {
    String joined = folder + "/joined.image.zarr";
    CommandRun run =
        night.image(
            joined,
            "--channels-out",
            "2",
            "--join-channels",
            "--fit-spectral-pol",
            "2",
            "--intervals-out",
            "2",
            "--nmiter",
            "1");
    assertThat(run.err()).contains("joined-t0000-0001", "joined-t0001-MFS");
    for (String name : List.of("joined-t0000-0000", "joined-t0001-0001", "joined-t0001-MFS")) {
      float[] image = fits(joined, name + "-image.fits");
      assertThat(largest(image)).isEqualTo(Y * SIDE + X);
      assertThat((double) image[Y * SIDE + X]).isCloseTo(5, within(0.3));
    }
    try (ObjectStore store = new LocalStore(Path.of(joined))) {
      assertThat(ZarrGroup.open(store, "").array("SKY").metadata().shape().dims())
          .containsExactly(2, 2, 1, SIDE, SIDE);
    }
  }

  @Test
  void anotherMiddleShowsTheSameSky() throws IOException {
    IcrsDirection source = night.centre().at(1200 * ARCSEC, 600 * ARCSEC);
    String out = folder + "/moved.image.zarr";
    night.image(
        out,
        "--niter",
        "0",
        "--center",
        Math.toDegrees(source.raRad()) + "deg," + Math.toDegrees(source.decRad()) + "deg");
    float[] image = fits(out, "moved-dirty.fits");
    assertThat(largest(image)).isEqualTo(SIDE / 2 * SIDE + SIDE / 2);
    assertThat((double) image[largest(image)]).isCloseTo(5, within(0.05));
  }

  @Test
  void baselinesThatPixelsCannotShowAreLeftOut() throws IOException {
    String out = folder + "/coarse.image.zarr";
    CommandRun run =
        night.data.run(
            "image", night.data.set(), out, "--size", "100", "--scale", "30asec", "--nmiter", "5");
    assertThat(run.err()).contains("rows have baselines that these pixels can't show");
    float[] image = fits(out, "coarse-dirty.fits");
    assertThat(largest(image)).isEqualTo(70 * 100 + 10);
    assertThat((double) image[largest(image)]).isCloseTo(5, within(0.1));
    // Cleaned to the end: the automatic mask is where components are, and nowhere else.
    float[] mask = fits(out, "coarse-mask.fits");
    float[] model = fits(out, "coarse-model.fits");
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      assertThat(model[i] == 0 || mask[i] == 1).isTrue();
      sum += mask[i];
    }
    assertThat(mask[70 * 100 + 10]).isEqualTo(1);
    assertThat(sum).isLessThan(2000);
  }

  /** An image that is gridded in parts, each about its own middle, is the same image. */
  @Test
  void facetsMakeTheImageThatOneGridMakes() throws IOException {
    String out = folder + "/facets.image.zarr";
    String[] asked = {"--nmiter", "3", "--facets", "3"};
    List<String> dry = new ArrayList<>(List.of(asked));
    dry.addAll(List.of("--dry-run", "--json"));
    JsonNode told = new ObjectMapper().readTree(night.image(out, dry.toArray(String[]::new)).out());
    assertThat(told.path("mode").asText()).isEqualTo("survey, big image of 9 facets");
    night.image(out, asked);
    for (String kind : List.of("dirty", "psf", "image", "residual")) {
      float[] whole = fits(night.cleaned, "night-" + kind + ".fits");
      float[] parts = fits(out, "facets-" + kind + ".fits");
      // Of the source of 5 Jy, at the usual accuracy of 1e-4.
      float tolerance = kind.equals("psf") ? 5e-4f : 2.5e-3f;
      for (int i = 0; i < whole.length; i++) {
        assertThat(parts[i]).as("%s at %d", kind, i).isCloseTo(whole[i], within(tolerance));
      }
    }
  }
}
