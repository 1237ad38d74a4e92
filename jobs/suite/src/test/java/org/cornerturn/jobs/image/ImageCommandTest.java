package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Box;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.imaging.Precision;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.zarr.ZarrGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a simulated source of 5 Jy, 20 arcmin east and 10 north of the phase centre. */
class ImageCommandTest {
  private static final int SIDE = 320;
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);
  private static final double SCALE = 10;

  /** Where the source is: x grows to the west. */
  private static final int X = SIDE / 2 - 120;

  private static final int Y = SIDE / 2 + 60;

  /** How it is cleaned, with a catalogue of one source. */
  private static String[] options;

  @TempDir private static Path folder;
  private static Simulated data;
  private static String cleaned;
  private static CommandRun cleaning;

  @BeforeAll
  static void simulate() throws IOException {
    data =
        new Simulated(folder, "night")
            .make(
                "--source-offset",
                "20arcmin,10arcmin",
                "--flux-jy",
                "5",
                "--noise",
                "--sefd",
                "200")
            .withOwnTables();
    cleaned = folder + "/night.image.zarr";
    writeCatalog(centre().at(1200 * ARCSEC, 600 * ARCSEC));
    options =
        new String[] {"--nmiter", "3", "--catalog", folder + "/catalog", "--catalog-min-mjy", "0"};
    cleaning = image(null, options);
  }

  /** A catalogue with the source, and a faint one that can't be seen. */
  private static void writeCatalog(IcrsDirection source) throws IOException {
    TableDefinition catalog =
        TableDefinition.named("catalog", "sources")
            .text("survey_id", "name")
            .real("ra_deg", "deg", "right ascension")
            .real("dec_deg", "deg", "declination")
            .real("flux_int_mjy", "mJy", "flux density")
            .real("freq_hz", "Hz", "at this frequency");
    double ra = Math.toDegrees(source.raRad());
    double dec = Math.toDegrees(source.decRad());
    new DeltaTable(new LocalStore(folder.resolve("catalog")), catalog)
        .append(
            List.of(
                new Object[] {"bright", ra, dec, 5000.0, 1.4e9},
                new Object[] {"faint", ra, dec - 0.3, 1e-3, 1.4e9}),
            "test",
            0);
  }

  private static CommandRun image(String out, String... more) {
    return data.run(words(out, more));
  }

  private static String[] words(String out, String... more) {
    List<String> words = new ArrayList<>(List.of("image", data.set()));
    if (out != null) {
      words.add(out);
    }
    words.addAll(List.of("--size", "" + SIDE, "--scale", SCALE + "asec"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static float[] fits(String image, String name) throws IOException {
    try (ObjectStore store = new LocalStore(Path.of(image, "fits"));
        ObjectChannel file = store.open(name)) {
      return FitsImage.open(file).plane(0, 0, Integer.MAX_VALUE);
    }
  }

  private static IcrsDirection centre() throws IOException {
    FieldCenter field = data.reader().fields().get(0);
    return new IcrsDirection(field.longitudeRad(), field.latitudeRad());
  }

  private static int largest(float[] plane) {
    int best = 0;
    for (int i = 0; i < plane.length; i++) {
      best = plane[i] > plane[best] ? i : best;
    }
    return best;
  }

  private static ImageParameters parameters(String out) throws IOException {
    return ImageParameters.of(Workspace.find(out, Map.of()).get(0).parameters());
  }

  private static RunReport inLoop(ImageParameters asked, Kernel<ImageTask> kernel)
      throws IOException {
    ImagePlanner.Planned planned = new ImagePlanner(asked, Map.of(), null).plan();
    return ChunkJob.inLoop(Map.of())
        .run(ImageJob.request(asked, planned, Existing.REFUSE, null), kernel, Progress.NONE);
  }

  /** What readers see, without the parameters' place and the pyramid, which the loop leaves out. */
  private static Map<String, String> content(String image) throws IOException {
    Map<String, String> all = StoreContent.of(image);
    all.keySet().removeIf(k -> k.startsWith("SKY_pyramid/") || k.equals("zarr.json"));
    return all;
  }

  @Test
  void aSourceIsFoundWhereItIsWithItsFlux() throws Exception {
    float[] image = fits(cleaned, "night-image.fits");
    assertThat(largest(image)).isEqualTo(Y * SIDE + X);
    assertThat((double) image[Y * SIDE + X]).isCloseTo(5, within(0.05));
    assertThat(largest(fits(cleaned, "night-dirty.fits"))).isEqualTo(Y * SIDE + X);
    float[] psf = fits(cleaned, "night-psf.fits");
    assertThat(largest(psf)).isEqualTo(SIDE / 2 * SIDE + SIDE / 2);
    assertThat((double) psf[SIDE / 2 * SIDE + SIDE / 2]).isCloseTo(1, within(1e-3));
    float[] model = fits(cleaned, "night-model.fits");
    double sum = 0;
    for (float m : model) {
      sum += m;
    }
    assertThat(sum).isCloseTo(5, within(0.2));
    double left = 0;
    for (float r : fits(cleaned, "night-residual.fits")) {
      left = Math.max(left, Math.abs(r));
    }
    assertThat(left).isLessThan(0.2);
    // Its direction by the header alone.
    IcrsDirection centre = centre();
    try (ObjectStore store = new LocalStore(Path.of(cleaned, "fits"));
        ObjectChannel file = store.open("night-image.fits")) {
      FitsImage header = FitsImage.open(file);
      double[] lmn = header.description().wcs().direction(X, Y).cosines(centre);
      assertThat(lmn[0]).isCloseTo(1200 * ARCSEC, within(1e-9));
      assertThat(lmn[1]).isCloseTo(600 * ARCSEC, within(1e-9));
      assertThat(header.description().beam().majorRad()).isGreaterThan(SCALE * ARCSEC);
      assertThat(header.description().frequency().first()).isBetween(1.2e9, 1.6e9);
    }
    assertThat(cleaning.err()).contains("dynamic range", "components in", "beam");
    assertThat(CommandRun.of("verify", cleaned).exit()).isZero();
    assertThat(Path.of(cleaned, "_cornerturn", "parts")).doesNotExist();
    assertThat(Path.of(cleaned, "preview", "night.png")).isNotEmptyFile();
    try (Stream<Path> files = Files.list(Path.of(cleaned, "fits"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".fits")).toList()) {
        assertThat(OutsideProgram.run("fitsverify", "-q", file.toString()))
            .contains("verification OK");
      }
    }
    assertThat(image(null, options).err()).contains("unchanged");
  }

  @Test
  void whatWasMeasuredIsInTheTable() throws IOException {
    TableDefinition images = ImageTable.IMAGES;
    List<Object[]> rows = new ArrayList<>();
    new DeltaTable(new LocalStore(Path.of(data.warehouse(), images.name())), images)
        .read(
            List.of("name", "kind", "rms", "peak", "matched", "flux_ratio", "offset_rms", "root"),
            row -> {
              if (row[7].equals(cleaned)) {
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
    float[] beam = fits(cleaned, "night-pb.fits");
    assertThat((Double) row[5]).isCloseTo(1 / beam[Y * SIDE + X], within(0.02));
    assertThat((Double) row[6]).isLessThan(0.5);
    assertThat(cleaning.err()).contains("1 sources of the catalogue (100 % of those expected)");
  }

  @Test
  void theArraysAreThoseOfTheFiles() throws IOException {
    try (ObjectStore store = new LocalStore(Path.of(cleaned))) {
      ZarrGroup root = ZarrGroup.open(store, "");
      JsonNode group = root.attributes().path("data_groups").path("base");
      assertThat(group.path("sky").asText()).isEqualTo("SKY");
      assertThat(group.path("point_spread_function").asText()).isEqualTo("POINT_SPREAD_FUNCTION");
      float[] sky = root.array("SKY").read(Box.all(root.array("SKY").metadata().shape())).floats();
      float[] image = fits(cleaned, "night-image.fits");
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
    float[] corrected = fits(cleaned, "night-image-pb.fits");
    float[] beam = fits(cleaned, "night-pb.fits");
    float[] image = fits(cleaned, "night-image.fits");
    int at = Y * SIDE + X;
    assertThat(beam[at]).isBetween(0.5f, 0.99f);
    assertThat(corrected[at]).isCloseTo(image[at] / beam[at], within(1e-5f));
  }

  @Test
  void theSameBytesOnSparkInALoopAndAfterAnInterruption() throws IOException {
    ImageParameters asked = parameters(cleaned);
    String loop = folder + "/loop.image.zarr";
    assertThat(inLoop(asked.into(loop), new ImageKernel()).exit())
        .isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(content(loop)).isEqualTo(content(cleaned));

    String broken = folder + "/broken.image.zarr";
    AtomicInteger left = new AtomicInteger(6);
    Kernel<ImageTask> full =
        new Kernel<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Outcome run(ImageTask task, TaskStores stores) throws IOException {
            if (left.getAndDecrement() <= 0) {
              throw new IOException("No space left on device");
            }
            return new ImageKernel().run(task, stores);
          }
        };
    assertThat(inLoop(asked.into(broken), full).exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(Path.of(broken, "zarr.json")).doesNotExist();
    assertThat(data.run("resume", broken).err()).contains("6 before");
    assertThat(content(broken)).isEqualTo(content(cleaned));
  }

  /**
   * However tasks are spread over Spark's partitions, and however many threads they have: two
   * images of seven blocks each.
   */
  @Test
  void theSameBytesForAnyPartitions() throws IOException {
    String usual = folder + "/usual.image.zarr";
    String options =
        "--size 128 --scale 24asec --parts 7 --pol XX,YY --niter 50 --nmiter 1 --task-threads 3";
    List<String> words = new ArrayList<>(List.of("image", data.set(), usual));
    words.addAll(List.of(options.split(" ")));
    data.run(words.toArray(String[]::new));
    ImageParameters asked = parameters(usual);
    assertThat(asked.gridding().threads(99, 4)).isEqualTo(3);
    SparkContext spark = Sessions.context("test", "local[2]", Map.of());
    for (int partitions : new int[] {1, 2, 7}) {
      // Of fourteen tasks at a time each has one thread, where nothing is said of them.
      ImageParameters same = asked.asked().into(folder + "/p" + partitions + ".image.zarr");
      assertThat(same.gridding().threads(14, 2)).isEqualTo(1);
      ImagePlanner.Planned planned = new ImagePlanner(same, Map.of(), null).plan();
      assertThat(planned.product().chunks().waves().values())
          .anySatisfy(wave -> assertThat(wave).hasSizeGreaterThanOrEqualTo(7));
      RunReport report =
          ChunkJob.onSpark(spark, Map.of(), partitions)
              .run(
                  ImageJob.request(same, planned, Existing.REFUSE, null),
                  new ImageKernel(),
                  Progress.NONE);
      assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
      assertThat(content(same.output())).isEqualTo(content(usual));
    }
  }

  @Test
  void partsOfVisibilitiesAndHandsMakeTheSameImage() throws IOException {
    String many = folder + "/many.image.zarr";
    image(many, "--niter", "0", "--parts", "3", "--pol", "XX,YY");
    float[] whole = fits(cleaned, "night-dirty.fits");
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
        image(
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
    IcrsDirection source = centre().at(1200 * ARCSEC, 600 * ARCSEC);
    String out = folder + "/moved.image.zarr";
    image(
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
  void aMaskKeepsComponentsIn() throws IOException {
    Path regions = folder.resolve("elsewhere.reg");
    IcrsDirection away = centre().at(-900 * ARCSEC, 0);
    Files.writeString(
        regions,
        "icrs\ncircle("
            + Math.toDegrees(away.raRad())
            + ","
            + Math.toDegrees(away.decRad())
            + ",60\")\n");
    String out = folder + "/masked.image.zarr";
    image(out, "--nmiter", "1", "--niter", "50", "--region-mask", regions.toString());
    float[] model = fits(out, "masked-model.fits");
    int middleX = SIDE / 2 + 90;
    for (int i = 0; i < model.length; i++) {
      if (model[i] != 0) {
        assertThat(Math.hypot(i % SIDE - middleX, i / SIDE - SIDE / 2)).isLessThan(7);
      }
    }
  }

  /** Circles about the sources of a CSV file; what is cleaned tells where it could be. */
  @Test
  void catalogsKeepComponentsInCircles() throws IOException {
    IcrsDirection source = centre().at(1200 * ARCSEC, 600 * ARCSEC);
    IcrsDirection other = centre().at(-600 * ARCSEC, -600 * ARCSEC);
    Path table = folder.resolve("sources.csv");
    Files.writeString(
        table,
        "# two sources, and one that is too faint\nname,RA,Dec,radius_arcsec,flux_mJy\n"
            + row("a", source, "", "5000")
            + row("b", other, "150", "")
            + row("c", centre(), "", "1"));
    String out = folder + "/circles.image.zarr";
    image(
        out,
        "--nmiter",
        "1",
        "--niter",
        "20",
        "--auto-mask",
        "0",
        "--catalog-mask",
        table.toString(),
        "--mask-radius",
        "80asec",
        "--mask-min-mjy",
        "10");
    try (ObjectStore store = new LocalStore(Path.of(out))) {
      SkyImage image = SkyImage.open(store, "");
      float[] mask = image.read("MASK_DECONVOLVE", 0, 0, 0, 0, 0, SIDE, SIDE);
      float[] model = image.read("MODEL", 0, 0, 0, 0, 0, SIDE, SIDE);
      for (int i = 0; i < mask.length; i++) {
        double one = Math.hypot(i % SIDE - X, i / SIDE - Y) * SCALE;
        double two = Math.hypot(i % SIDE - SIDE / 2 - 60, i / SIDE - SIDE / 2 + 60) * SCALE;
        if (Math.abs(one - 80) > 1 && Math.abs(two - 150) > 1) {
          assertThat(mask[i]).isEqualTo(one < 80 || two < 150 ? 1 : 0);
        }
        assertThat(model[i] == 0 || mask[i] == 1).isTrue();
      }
      assertThat(model[Y * SIDE + X]).isPositive();
    }
    Files.writeString(table, "name,ra\na,1\n");
    refused(
        "no columns ra and dec",
        words(folder + "/wrong.image.zarr", "--catalog-mask", table.toString()));
    Files.writeString(table, "ra,dec\n1,wide\n");
    refused(
        "row 1 has no numbers",
        words(folder + "/wrong.image.zarr", "--catalog-mask", table.toString()));
  }

  private static String row(String name, IcrsDirection at, String radius, String flux) {
    return String.join(
            ",",
            name,
            "" + Math.toDegrees(at.raRad()),
            "" + Math.toDegrees(at.decRad()),
            radius,
            flux)
        + "\n";
  }

  @Test
  void baselinesThatPixelsCannotShowAreLeftOut() throws IOException {
    String out = folder + "/coarse.image.zarr";
    CommandRun run =
        data.run("image", data.set(), out, "--size", "100", "--scale", "30asec", "--nmiter", "5");
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
    JsonNode told = new ObjectMapper().readTree(image(out, dry.toArray(String[]::new)).out());
    assertThat(told.path("mode").asText()).isEqualTo("survey, big image of 9 facets");
    image(out, asked);
    for (String kind : List.of("dirty", "psf", "image", "residual")) {
      float[] whole = fits(cleaned, "night-" + kind + ".fits");
      float[] parts = fits(out, "facets-" + kind + ".fits");
      // Of the source of 5 Jy, at the usual accuracy of 1e-4.
      float tolerance = kind.equals("psf") ? 5e-4f : 2.5e-3f;
      for (int i = 0; i < whole.length; i++) {
        assertThat(parts[i]).as("%s at %d", kind, i).isCloseTo(whole[i], within(tolerance));
      }
    }
  }

  /** A mask is that of the whole image, wherever facets are cut. */
  @Test
  void masksAndFacetsGoTogether() throws IOException {
    IcrsDirection source = centre().at(1200 * ARCSEC, 600 * ARCSEC);
    Path table = folder.resolve("one.csv");
    Files.writeString(table, "name,ra,dec,radius_arcsec,flux_mJy\n" + row("a", source, "200", ""));
    Map<String, float[]> whole = new HashMap<>();
    for (String facets : List.of("1", "4")) {
      String out = folder + "/mask" + facets + ".image.zarr";
      String options = "--nmiter 2 --niter 60 --auto-mask 0 --facets " + facets + " --catalog-mask";
      List<String> words = new ArrayList<>(List.of(options.split(" ")));
      words.add(table.toString());
      image(out, words.toArray(String[]::new));
      float[] mask = fits(out, "mask" + facets + "-mask.fits");
      float[] model = fits(out, "mask" + facets + "-model.fits");
      double flux = 0;
      for (int i = 0; i < mask.length; i++) {
        assertThat(model[i] == 0 || mask[i] == 1).isTrue();
        flux += model[i];
      }
      assertThat(flux).isCloseTo(5, within(0.2));
      for (String kind : List.of("mask", "image", "residual")) {
        float[] image = fits(out, "mask" + facets + "-" + kind + ".fits");
        float[] one = whole.putIfAbsent(kind, image);
        for (int i = 0; one != null && i < image.length; i++) {
          assertThat(image[i]).as("%s at %d", kind, i).isCloseTo(one[i], within(2.5e-3f));
        }
      }
    }
  }

  @Test
  void aDryRunTellsModeAndMemory() throws IOException {
    CommandRun run = image(folder + "/none.image.zarr", "--dry-run", "--json");
    JsonNode told = new ObjectMapper().readTree(run.out());
    assertThat(told.path("mode").asText()).isEqualTo("survey");
    assertThat(told.path("samples").asLong()).isEqualTo(66 * 6 * 32);
    assertThat(told.path("memory_per_task").asText()).containsPattern("\\d+ .B");
    assertThat(Path.of(folder.toString(), "none.image.zarr")).doesNotExist();
  }

  /** Grids that would not fit a task make facets, and then no task takes more than 12 GB. */
  @Test
  void largeImagesAreGriddedInFacets() throws IOException {
    ImageParameters small = parameters(cleaned);
    ImageParameters.Field field =
        new ImageParameters.Field(16_384, 16_384, 2 * ARCSEC, 1, small.field().centre());
    ImageParameters large =
        new ImageParameters(
            small.product(),
            folder + "/none.image.zarr",
            small.name(),
            small.dataGroup(),
            field,
            small.weights(),
            small.clean(),
            small.majorCycles(),
            small.axes(),
            small.antennas(),
            small.masks(),
            new ImageParameters.Gridding(1e-6, Precision.DOUBLE, 0, 0, true, 0),
            small.check());
    ImagePlanner.Planned planned = new ImagePlanner(large, Map.of(), null).plan();
    assertThat(planned.imaging().facets()).hasSizeGreaterThan(1);
    assertThat(planned.product().chunks().peakBytes()).isLessThan(12L << 30);
  }

  @Test
  void mistakesAreToldInALine() {
    String out = folder + "/wrong.image.zarr";
    refused("has no data group", words(out, "--data-group", "nothing"));
    refused("from which there is no image in RR", words(out, "--pol", "RR"));
    refused("the heap has", "image", data.set(), out, "--size", "30000", "--scale", "1asec");
    refused("the data have 6 integrations", words(out, "--intervals-out", "7"));
    refused("there is no such file", words(out, "--fits-mask", folder + "/none.fits"));
    refused("no number of pixels", words(out, "--size", "wide"));
    refused("no visibility is left", words(out, "--minuv-l", "1e6"));
  }

  private static void refused(String why, String... words) {
    CommandRun run = data.attempt(words);
    assertThat(run.exit()).as(run.err()).isIn(2, 4);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
  }
}
