package org.cornerturn.jobs.mosaic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mosaic of four images of known noise, three in FITS files and one of a Zarr group. */
class MosaicCommandTest {
  @TempDir private static Path folder;
  private static List<String> images;
  private static String mosaic;
  private static CommandRun making;

  @BeforeAll
  static void make() throws IOException {
    Path tiles = folder.resolve("tiles");
    images = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      images.add(Tiles.fits(tiles, t));
    }
    images.add(Tiles.zarr(tiles, 3));
    mosaic = folder + "/deep.image.zarr";
    String catalog = Tiles.catalog(folder.resolve("catalog"));
    making = run("mosaic", tiles.toString(), mosaic, "--catalog", catalog);
  }

  private static CommandRun attempt(String... words) {
    List<String> all =
        new ArrayList<>(List.of("--master", "local[2]", "--warehouse", folder + "/warehouse"));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static CommandRun run(String... words) {
    CommandRun run = attempt(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private record Fits(FitsImage header, float[] plane) {
    static Fits of(String root, String name) throws IOException {
      try (ObjectStore store = new LocalStore(Path.of(root, "fits"));
          ObjectChannel file = store.open(name)) {
        FitsImage image = FitsImage.open(file);
        return new Fits(image, image.plane(0, 0, Integer.MAX_VALUE));
      }
    }
  }

  /** The sum of squares of value over sigma is one a pixel, away from the source. */
  @Test
  void sigmaIsTheNoise() throws IOException {
    Fits image = Fits.of(mosaic, "deep-image.fits");
    float[] sigma = Fits.of(mosaic, "deep-sigma.fits").plane();
    int width = image.header().description().width();
    double[] source = image.header().description().wcs().pixel(Tiles.SOURCE);
    double squares = 0;
    long count = 0;
    for (int i = 0; i < sigma.length; i++) {
      if (!Float.isNaN(sigma[i]) && Math.hypot(i % width - source[0], i / width - source[1]) > 12) {
        squares += Math.pow(image.plane()[i] / sigma[i], 2);
        count++;
      }
    }
    assertThat(count).isGreaterThan(40_000);
    assertThat(squares / count).isCloseTo(1, within(0.03));
    assertThat(making.err()).contains("4 images", "of what the map says");
  }

  @Test
  void aSourceHasItsPlaceAndItsFlux() throws IOException {
    Fits image = Fits.of(mosaic, "deep-image.fits");
    Fits sigma = Fits.of(mosaic, "deep-sigma.fits");
    Fits coverage = Fits.of(mosaic, "deep-coverage.fits");
    int width = image.header().description().width();
    double[] at = image.header().description().wcs().pixel(Tiles.SOURCE);
    int x = (int) Math.rint(at[0]);
    int y = (int) Math.rint(at[1]);
    int best = y * width + x;
    for (int i = 0; i < image.plane().length; i++) {
      best = image.plane()[i] > image.plane()[best] ? i : best;
    }
    assertThat(best).isEqualTo(y * width + x);
    double expected =
        Tiles.FLUX * Tiles.BEAM.value(-(x - at[0]) * Tiles.PIXEL, (y - at[1]) * Tiles.PIXEL);
    double noise = sigma.plane()[best];
    assertThat((double) image.plane()[best]).isCloseTo(expected, within(0.02 + 4 * noise));
    assertThat(coverage.plane()[best]).isGreaterThanOrEqualTo(2);
    assertThat(coverage.plane()[0]).isZero();
    assertThat(image.plane()[0]).isNaN();
    assertThat(image.header().description().frequency().first()).isEqualTo(Tiles.HERTZ);
    assertThat(image.header().number("NIMAGES", 0)).isEqualTo(4);
    assertThat(image.header().number("EFFNOISE", 0)).isBetween(0.005, 0.03);
  }

  @Test
  void filesArraysAndTablesAgree() throws Exception {
    float[] image = Fits.of(mosaic, "deep-image.fits").plane();
    try (ObjectStore store = new LocalStore(Path.of(mosaic))) {
      SkyImage sky = SkyImage.open(store, "");
      assertThat(sky.planes()).containsExactlyInAnyOrder("SKY", "SIGMA_SKY", "COVERAGE");
      assertThat(sky.read("SKY", 0, 0, 0, 0, 0, sky.width(), sky.height())).isEqualTo(image);
      alike(sky.beam(0, 0, 0), Tiles.BEAM);
    }
    assertThat(Path.of(mosaic, "preview", "deep.png")).isNotEmptyFile();
    assertThat(Path.of(mosaic, "_cornerturn", "parts")).doesNotExist();
    assertThat(Path.of(mosaic, "SKY_pyramid")).isDirectory();
    List<Object[]> rows = new ArrayList<>();
    new DeltaTable(new LocalStore(folder.resolve("warehouse/images")), ImageTable.IMAGES)
        .read(
            List.of("root", "kind", "rms", "weighting", "input", "matched", "flux_ratio"),
            row -> {
              if (row[0].equals(mosaic)) {
                rows.add(row.clone());
              }
            });
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)[1]).isEqualTo("mosaic");
    assertThat((Double) rows.get(0)[2]).isBetween(0.005, 0.05);
    assertThat((String) rows.get(0)[4]).contains("t0-image.fits", "t3.image.zarr");
    assertThat(rows.get(0)[5]).isEqualTo(1L);
    assertThat((Double) rows.get(0)[6]).isCloseTo(1, within(0.05));
    assertThat(CommandRun.of("verify", mosaic).exit()).isZero();
    try (Stream<Path> files = Files.list(Path.of(mosaic, "fits"))) {
      for (Path file : files.toList()) {
        assertThat(OutsideProgram.run("fitsverify", "-q", file.toString()))
            .contains("verification OK");
      }
    }
  }

  /** Beside a catalogue of the source, one that isn't there, and one too faint to be seen. */
  @Test
  void aReportTellsWhatWasMeasured() throws IOException {
    assertThat(making.err())
        .contains("1 sources of the catalogue (50 % of those expected)", "warn: 0.50 of the");
    String report = Files.readString(Path.of(mosaic, "report.html"));
    assertThat(report).doesNotContainPattern("(src|href)=\"(?!data:image/png;base64,)");
    assertThat(report.replaceAll("base64,[^\"]*+", ""))
        .contains("Mosaic deep", "catalogue, found (1)", "catalogue, not found (1)", "Flux scale")
        .contains("t0-image.fits", "t3.image.zarr", "root of the number of images is 2")
        .doesNotContain("<script", "NaN");
    for (String picture : List.of("-overlay", "-sigma", "-coverage")) {
      assertThat(Path.of(mosaic, "preview", "deep" + picture + ".png")).isNotEmptyFile();
    }
  }

  /** The latest three images, of which one has as little noise as is asked for. */
  @Test
  void tiersChooseImages() throws IOException {
    String out = folder + "/quick.image.zarr";
    List<String> words = new ArrayList<>(List.of("mosaic", folder + "/tiles", out, "--tier"));
    words.addAll(List.of("auto", "--max-images", "3", "--max-rms", "17mJy"));
    CommandRun quick = run(words.toArray(String[]::new));
    assertThat(quick.err()).contains("3 images", "tier quicklook", "2 images are too noisy");
    Fits image = Fits.of(out, "quick-image.fits");
    assertThat(image.header().number("NIMAGES", 0)).isEqualTo(1);
    assertThat(image.header().card("CTINTERP")).isEqualTo("bilinear");
    assertThat(image.header().number("MEDRMS", 0))
        .isCloseTo(Tiles.sigma(1), within(0.1 * Tiles.sigma(1)));
    // What the mosaic's corners and the images that don't count show is blank.
    double[] third = image.header().description().wcs().pixel(Tiles.centre(3));
    int at = (int) third[1] * image.header().description().width() + (int) third[0];
    assertThat(image.plane()[at]).isNaN();

    words.set(words.size() - 1, "1uJy");
    words.set(2, folder + "/none.image.zarr");
    CommandRun none = attempt(words.toArray(String[]::new));
    assertThat(none.exit()).as(none.err()).isEqualTo(4);
    assertThat(none.err()).contains("none of its images has noise of 1.000e-06");
  }

  @ParameterizedTest
  @CsvSource({"10, QUICKLOOK", "3600, SCIENCE", "172800, SCIENCE", "172801, DEEP"})
  void spansChooseTiers(double seconds, Tier tier) {
    assertThat(Tier.AUTO.over(seconds)).isEqualTo(tier);
    assertThat(Tier.ALL.over(seconds)).isEqualTo(Tier.ALL);
  }

  /** But for the rounding of degrees. */
  private static void alike(GaussianBeam beam, GaussianBeam expected) {
    assertThat(beam.majorRad()).isCloseTo(expected.majorRad(), within(1e-12));
    assertThat(beam.minorRad()).isCloseTo(expected.minorRad(), within(1e-12));
    assertThat(beam.positionAngleRad()).isCloseTo(expected.positionAngleRad(), within(1e-9));
  }

  private static Map<String, String> content(String root) throws IOException {
    Map<String, String> all = StoreContent.of(root);
    // The pyramid is made afterwards, and the root's metadata tell of it.
    all.keySet().removeIf(k -> k.startsWith("SKY_pyramid/") || k.equals("zarr.json"));
    return all;
  }

  private static RunReport inLoop(MosaicParameters asked, Kernel<MosaicTask> kernel)
      throws IOException {
    MosaicPlanner.Planned planned = new MosaicPlanner(Map.of(), null).plan(asked);
    return ChunkJob.inLoop(Map.of())
        .run(
            MosaicJob.request(
                asked, List.of(planned), List.of(), asked.output(), Existing.REFUSE, null),
            kernel,
            Progress.NONE);
  }

  @Test
  void theSameBytesInALoopAndAfterAnInterruption() throws IOException {
    // Files begin with the product's name.
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    MosaicParameters asked =
        MosaicParameters.of(Workspace.find(mosaic, Map.of()).get(0).parameters());
    String loop = elsewhere + "/deep.image.zarr";
    assertThat(inLoop(asked.into(loop), new MosaicKernel()).exit())
        .isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(content(loop)).isEqualTo(content(mosaic));

    String broken = Files.createDirectories(folder.resolve("broken")) + "/deep.image.zarr";
    AtomicInteger left = new AtomicInteger(5);
    Kernel<MosaicTask> full =
        new Kernel<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Outcome run(MosaicTask task, TaskStores stores) throws IOException {
            if (left.getAndDecrement() <= 0) {
              throw new IOException("No space left on device");
            }
            return new MosaicKernel().run(task, stores);
          }
        };
    assertThat(inLoop(asked.into(broken), full).exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(run("resume", broken).err()).contains("5 before");
    assertThat(content(broken)).isEqualTo(content(mosaic));
    assertThat(run("mosaic", folder + "/tiles", mosaic, "--catalog", folder + "/catalog").err())
        .contains("unchanged");
  }

  @Test
  void beamsAreMadeAlike() throws IOException {
    Path some = folder.resolve("beams");
    String narrow = Tiles.fits(some, 1);
    GaussianBeam wide = new GaussianBeam(5 * Tiles.PIXEL, 2.6 * Tiles.PIXEL, 1.5);
    Tiles.fits(some, "t2-pb", Tiles.description(2).withBeam(null), Tiles.pattern(2));
    String other =
        Tiles.fits(some, "t2-image", Tiles.description(2).withBeam(wide), Tiles.image(2))
            .toString();
    assertThat(attempt("mosaic", narrow, other, some + "/as.image.zarr", "--dry-run", "--json"))
        .satisfies(
            r -> {
              JsonNode told = new ObjectMapper().readTree(r.out()).path("products").path(0);
              assertThat(told.path("images").asInt()).isEqualTo(2);
              assertThat(told.path("memory_per_task").asText()).containsPattern("\\d+ .B");
              assertThat(Path.of(some + "/as.image.zarr")).doesNotExist();
            });
    String out = some + "/same.image.zarr";
    run("mosaic", narrow, other, out, "--common-beam", "--size", "200", "--scale", "1.5arcmin");
    Fits image = Fits.of(out, "same-image.fits");
    GaussianBeam common = image.header().description().beam();
    alike(common, GaussianBeam.common(List.of(Tiles.BEAM, wide)));
    assertThat(image.header().description().width()).isEqualTo(200);
    float[] sigma = Fits.of(out, "same-sigma.fits").plane();
    double squares = 0;
    long count = 0;
    for (int i = 0; i < sigma.length; i++) {
      boolean empty = !Float.isNaN(sigma[i]) && Math.abs(image.plane()[i]) < 6 * sigma[i];
      squares += empty ? Math.pow(image.plane()[i] / sigma[i], 2) : 0;
      count += empty ? 1 : 0;
    }
    assertThat(count).isGreaterThan(5000);
    assertThat(squares / count).isCloseTo(1, within(0.15));
  }

  @Test
  void epochsSlideAndAreMadeOnce() throws IOException {
    Path nights = folder.resolve("nights");
    for (int t = 0; t < 3; t++) {
      Tiles.fits(nights, t);
    }
    String out = folder + "/epochs";
    String[] words = {
      "mosaic", nights.toString(), out, "--epoch", "20min", "--step", "10min", "--json"
    };
    JsonNode first = new ObjectMapper().readTree(run(words).out());
    assertThat(first.path("mosaics")).hasSize(2);
    try (Stream<Path> made = Files.list(Path.of(out))) {
      assertThat(made.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("mosaic-")))
          .containsExactlyInAnyOrder(
              "mosaic-20260101T000000Z.image.zarr", "mosaic-20260101T001000Z.image.zarr");
    }
    Map<String, String> before = content(out + "/mosaic-20260101T000000Z.image.zarr");
    assertThat(run(words).err()).contains("T000000Z.image.zarr: unchanged");

    // An image that comes late: one epoch more, and one that stays as it is until it is asked for.
    Tiles.fits(nights, 3);
    Files.delete(nights.resolve("t2-image.fits"));
    Tiles.fits(nights, "t2-image", Tiles.description(2), noise());
    CommandRun late = attempt(words);
    assertThat(late.exit()).isEqualTo(4);
    assertThat(late.err()).contains("other images than now", "T002000Z.image.zarr: complete");
    assertThat(
            run(Stream.concat(Arrays.stream(words), Stream.of("--overwrite"))
                    .toArray(String[]::new))
                .err())
        .contains("T000000Z.image.zarr: unchanged", "T001000Z.image.zarr: complete");
    assertThat(content(out + "/mosaic-20260101T000000Z.image.zarr")).isEqualTo(before);
  }

  private static float[] noise() {
    Random random = new Random(5);
    float[] out = new float[Tiles.SIDE * Tiles.SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  @Test
  void mistakesAreToldInALine() throws IOException {
    Path bad = folder.resolve("bad");
    String good = images.get(0);
    float[] noise = noise();
    String[] airy = {"--beam", "airy:4.7"};
    refused("clean beam is not known", fits(bad, "bare", 1, null), good, airy);
    refused("beam of its antennas is not known", fits(bad, "lone-image", 1, Tiles.BEAM), good);
    refused(
        "1530.00 MHz",
        Tiles.fits(
                bad,
                "other-image",
                Tiles.description(1)
                    .withAxes(LinearAxis.channel(1.53e9, 1e8), LinearAxis.of(Polarization.I)),
                noise)
            .toString(),
        good,
        airy);
    Wcs away = Wcs.centred(IcrsDirection.ofDegrees(10, 30), Tiles.SIDE, Tiles.SIDE, Tiles.PIXEL);
    refused(
        "overlaps",
        Tiles.fits(
                bad,
                "away-image",
                ImageDescription.plane(Tiles.SIDE, Tiles.SIDE, away, "JY/BEAM")
                    .withAxes(LinearAxis.channel(Tiles.HERTZ, 1e8), LinearAxis.of(Polarization.I))
                    .withBeam(Tiles.BEAM),
                noise)
            .toString(),
        good,
        airy);
    float[] blank = new float[noise.length];
    Arrays.fill(blank, Float.NaN);
    refused(
        "no pixel of it is a number",
        Tiles.fits(bad, "blank-image", Tiles.description(1), blank).toString(),
        good,
        airy);
    Path flat = Tiles.fits(bad, "flat-image", Tiles.description(1), noise);
    String text = Files.readString(flat, StandardCharsets.ISO_8859_1);
    Files.writeString(
        flat,
        text.replace("'RA---SIN'", "'LINEAR  '").replace("'DEC--SIN'", "'LINEAR  '"),
        StandardCharsets.ISO_8859_1);
    refused("right ascension and declination", flat.toString(), good, airy);
    refused("there is no such file", bad + "/none.fits", good, airy);
    refused("it has no images", folder + "/warehouse", good, airy);
    refused("its dish", images.get(1), good, "--beam", "airy:wide");
    refused("corners", images.get(1), good, "--size", "20000", "--scale", "1arcmin");
  }

  private static String fits(Path where, String name, int tile, GaussianBeam beam)
      throws IOException {
    return Tiles.fits(where, name, Tiles.description(tile).withBeam(beam), noise()).toString();
  }

  private static void refused(String why, String image, String other, String... more) {
    List<String> words = new ArrayList<>(List.of("mosaic", other, image));
    words.add(folder + "/wrong.image.zarr");
    words.addAll(List.of(more));
    CommandRun run = attempt(words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isIn(2, 4);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
  }
}
