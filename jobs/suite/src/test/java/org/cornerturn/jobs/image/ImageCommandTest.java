package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.cornerturn.jobs.image.Night.ARCSEC;
import static org.cornerturn.jobs.image.Night.SCALE;
import static org.cornerturn.jobs.image.Night.SIDE;
import static org.cornerturn.jobs.image.Night.X;
import static org.cornerturn.jobs.image.Night.Y;
import static org.cornerturn.jobs.image.Night.fits;
import static org.cornerturn.jobs.image.Night.largest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Box;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.zarr.ZarrGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in an image product, and in the tables. */
class ImageCommandTest {
  @TempDir private static Path folder;
  private static Night night;

  @BeforeAll
  static void make() throws IOException {
    night = Night.shared();
  }

  @Test
  void aSourceIsFoundWhereItIsWithItsFlux() throws Exception {
    float[] image = fits(night.cleaned, "night-image.fits");
    assertThat(largest(image)).isEqualTo(Y * SIDE + X);
    assertThat((double) image[Y * SIDE + X]).isCloseTo(5, within(0.05));
    assertThat(largest(fits(night.cleaned, "night-dirty.fits"))).isEqualTo(Y * SIDE + X);
    float[] psf = fits(night.cleaned, "night-psf.fits");
    assertThat(largest(psf)).isEqualTo(SIDE / 2 * SIDE + SIDE / 2);
    assertThat((double) psf[SIDE / 2 * SIDE + SIDE / 2]).isCloseTo(1, within(1e-3));
    float[] model = fits(night.cleaned, "night-model.fits");
    double sum = 0;
    for (float m : model) {
      sum += m;
    }
    assertThat(sum).isCloseTo(5, within(0.2));
    double left = 0;
    for (float r : fits(night.cleaned, "night-residual.fits")) {
      left = Math.max(left, Math.abs(r));
    }
    assertThat(left).isLessThan(0.2);
    // Its direction by the header alone.
    IcrsDirection centre = night.centre();
    try (ObjectStore store = new LocalStore(Path.of(night.cleaned, "fits"));
        ObjectChannel file = store.open("night-image.fits")) {
      FitsImage header = FitsImage.open(file);
      double[] lmn = header.description().wcs().direction(X, Y).cosines(centre);
      assertThat(lmn[0]).isCloseTo(1200 * ARCSEC, within(1e-9));
      assertThat(lmn[1]).isCloseTo(600 * ARCSEC, within(1e-9));
      assertThat(header.description().beam().majorRad()).isGreaterThan(SCALE * ARCSEC);
      assertThat(header.description().frequency().first()).isBetween(1.2e9, 1.6e9);
    }
    assertThat(night.cleaning.err()).contains("dynamic range", "components in", "beam");
    assertThat(CommandRun.of("verify", night.cleaned).exit()).isZero();
    assertThat(Path.of(night.cleaned, "_cornerturn", "parts")).doesNotExist();
    assertThat(Path.of(night.cleaned, "preview", "night.png")).isNotEmptyFile();
    try (Stream<Path> files = Files.list(Path.of(night.cleaned, "fits"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".fits")).toList()) {
        assertThat(OutsideProgram.run("fitsverify", "-q", file.toString()))
            .contains("verification OK");
      }
    }
    assertThat(night.image(null, night.options).err()).contains("unchanged");
  }

  @Test
  void whatWasMeasuredIsInTheTable() throws IOException {
    TableDefinition images = ImageTable.IMAGES;
    List<Object[]> rows = new ArrayList<>();
    new DeltaTable(new LocalStore(Path.of(night.data.warehouse(), images.name())), images)
        .read(
            List.of("name", "kind", "rms", "peak", "matched", "flux_ratio", "offset_rms", "root"),
            row -> {
              if (row[7].equals(night.cleaned)) {
                rows.add(row.clone());
              }
            });
    assertThat(rows).hasSize(1);
    Object[] row = rows.get(0);
    assertThat(row[0]).isEqualTo("night");
    assertThat(row[1]).isEqualTo("clean");
    assertThat((Double) row[2]).isBetween(1e-5, 0.05);
    assertThat((Double) row[3]).isCloseTo(5, within(0.05));
    assertThat(row[4]).isEqualTo(1L);
    float[] beam = fits(night.cleaned, "night-pb.fits");
    assertThat((Double) row[5]).isCloseTo(1 / beam[Y * SIDE + X], within(0.02));
    assertThat((Double) row[6]).isLessThan(0.5);
    assertThat(night.cleaning.err())
        .contains("1 sources of the catalogue (100 % of those expected)");
  }

  @Test
  void theArraysAreThoseOfTheFiles() throws IOException {
    try (ObjectStore store = new LocalStore(Path.of(night.cleaned))) {
      ZarrGroup root = ZarrGroup.open(store, "");
      JsonNode group = root.attributes().path("data_groups").path("base");
      assertThat(group.path("sky").asText()).isEqualTo("SKY");
      assertThat(group.path("point_spread_function").asText()).isEqualTo("POINT_SPREAD_FUNCTION");
      float[] sky = root.array("SKY").read(Box.all(root.array("SKY").metadata().shape())).floats();
      float[] image = fits(night.cleaned, "night-image.fits");
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          assertThat(sky[x * SIDE + y]).isEqualTo(image[y * SIDE + x]);
        }
      }
      double[] l = root.array("l").read(Box.all(root.array("l").metadata().shape())).doubles();
      assertThat(l[X]).isCloseTo(1200 * ARCSEC, within(1e-12));
      assertThat(root.arrayNames()).contains("PRIMARY_BEAM", "MODEL", "RESIDUAL", "l", "m");
      assertThat(root.group("SKY_pyramid").arrayPaths()).isNotEmpty();
    }
    // Corrected for the beam, which is less than 1 out there.
    float[] corrected = fits(night.cleaned, "night-image-pb.fits");
    float[] beam = fits(night.cleaned, "night-pb.fits");
    float[] image = fits(night.cleaned, "night-image.fits");
    int at = Y * SIDE + X;
    assertThat(beam[at]).isBetween(0.5f, 0.99f);
    assertThat(corrected[at]).isCloseTo(image[at] / beam[at], within(1e-5f));
  }

  /** Figures of what there is, in a page that needs nothing else. */
  @Test
  void aReportTellsWhatWasMeasured() throws IOException {
    String report = Files.readString(Path.of(night.cleaned, "report.html"));
    assertThat(report).doesNotContainPattern("(src|href)=\"(?!data:image/png;base64,)");
    assertThat(report.replaceAll("base64,[^\"]*+", ""))
        .contains("Images night", "sources of the catalogue, found (1)", "Flux scale", "Astrometry")
        .contains("measured over catalogue flux", "Power pattern of the antennas")
        .contains("the antennas&#39; beam at 0.50")
        .doesNotContain("<script", "NaN");
    assertThat(report.split("data:image/png;base64,", -1)).hasSize(1 + 4);
    for (String picture : List.of("", "-overlay", "-residual", "-psf", "-pb")) {
      assertThat(Path.of(night.cleaned, "preview", "night" + picture + ".png")).isNotEmptyFile();
    }
    SeenSources seen;
    try (ObjectStore store = new LocalStore(Path.of(night.cleaned))) {
      seen = SeenSources.get(store, Imaging.seen(0, 0));
    }
    assertThat(seen.found())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.x()).isCloseTo(X, within(0.2));
              assertThat(s.y()).isCloseTo(Y, within(0.2));
              assertThat(s.catalogJy()).isCloseTo(5, within(0.5));
            });
    assertThat(seen.expected()).hasSize(1);
  }

  @Test
  void aDryRunTellsModeAndMemory() throws IOException {
    CommandRun run = night.image(folder + "/none.image.zarr", "--dry-run", "--json");
    JsonNode told = new ObjectMapper().readTree(run.out());
    assertThat(told.path("mode").asText()).isEqualTo("survey");
    assertThat(told.path("samples").asLong()).isEqualTo(66 * 6 * 32);
    assertThat(told.path("memory_per_task").asText()).containsPattern("\\d+ .B");
    assertThat(Path.of(folder.toString(), "none.image.zarr")).doesNotExist();
  }

  @Test
  void mistakesAreToldInALine() {
    String out = folder + "/wrong.image.zarr";
    night.refused("has no data group", night.words(out, "--data-group", "nothing"));
    night.refused("from which there is no image in RR", night.words(out, "--pol", "RR"));
    night.refused(
        "the heap has", "image", night.data.set(), out, "--size", "30000", "--scale", "1asec");
    night.refused("the data have 6 integrations", night.words(out, "--intervals-out", "7"));
    night.refused("there is no such file", night.words(out, "--fits-mask", folder + "/none.fits"));
    night.refused("no number of pixels", night.words(out, "--size", "wide"));
    night.refused("no visibility is left", night.words(out, "--minuv-l", "1e6"));
  }
}
