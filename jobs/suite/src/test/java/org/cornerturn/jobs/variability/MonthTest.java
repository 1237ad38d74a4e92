package org.cornerturn.jobs.variability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.photometry.PhotometryTable;
import org.cornerturn.jobs.source.SourceTables;
import org.cornerturn.plane.BeamKernel;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.CutOut;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.source.Injection;
import org.cornerturn.source.PixelShape;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of daily images across right ascension 0: steady sources, one that is eclipsed for six
 * days, one that flares up, and a scale that changes from day to day.
 */
class MonthTest {
  private static final int DAYS = 24;
  private static final int WIDTH = 300;
  private static final int HEIGHT = 260;
  private static final double PIXEL = Math.toRadians(3 / 3600.0);
  private static final double NOISE = 1e-3;
  private static final GaussianBeam BEAM = GaussianBeam.ofArcsec(16, 13, 30);
  private static final Wcs WCS =
      Wcs.centred(IcrsDirection.ofDegrees(0.02, 44), WIDTH, HEIGHT, PIXEL);

  // x, y, Jy; the sources, of which the last two aren't steady.
  private static final double[][] SKY = {
    {40, 50, 0.2}, {100, 40.3, 0.3}, {160.4, 50, 0.25}, {230, 45, 0.15}, {50, 120.7, 0.1},
    {120, 130, 0.12}, {200.2, 120, 0.08}, {260, 130, 0.03}, {40, 210, 0.02}, {150, 200, 0.09},
    {220.5, 210.5, 0.05}
  };
  private static final double[] EVENT = {100.3, 210.2, 0.06};
  private static final double[] FLARE = {255.1, 70.4, 0.03};

  @TempDir private static Path folder;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static JsonNode associated;
  private static JsonNode varied;

  private static CommandRun attempt(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of("--json", "--master", "local[2]", "--warehouse", folder + "/warehouse"));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode run(String... words) throws IOException {
    CommandRun run = attempt(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static void image(int day) throws IOException {
    Random random = new Random(500 + day);
    float[] plane = new float[WIDTH * HEIGHT];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) random.nextGaussian();
    }
    GaussianBeam smooth = BEAM.scaled(1 / Math.sqrt(2));
    BeamKernel kernel = BeamKernel.of(smooth, WCS);
    double power = 0;
    for (float k : kernel.values()) {
      power += k * k;
    }
    Convolver convolver = new Convolver(WIDTH, HEIGHT, kernel.reach());
    convolver.convolve(
        plane, convolver.transform(kernel.values(), kernel.side(), kernel.side()), plane);
    List<double[]> sky = new ArrayList<>(Arrays.asList(SKY));
    boolean eclipsed = day >= 10 && day < 16;
    sky.add(new double[] {EVENT[0], EVENT[1], EVENT[2] * (eclipsed ? 0.5 : 1)});
    if (day >= 18) {
      sky.add(FLARE);
    }
    double scale = day < 10 ? 1 : 1 + 0.08 * Math.sin(day);
    for (int i = 0; i < plane.length; i++) {
      plane[i] *= (float) (NOISE / Math.sqrt(power));
    }
    CutOut all = new CutOut(0, 0, WIDTH, HEIGHT);
    for (double[] s : sky) {
      Injection.add(plane, all, s[0], s[1], scale * s[2], PixelShape.of(BEAM, WCS));
    }
    ImageDescription about =
        ImageDescription.plane(WIDTH, HEIGHT, WCS, "JY/BEAM")
            .withAxes(LinearAxis.channel(1.4e9, 1e8), LinearAxis.of(Polarization.I))
            .withBeam(BEAM)
            .withOrigin(
                new ImageDescription.Origin(
                    "sky",
                    "test",
                    "",
                    Instant.parse("2026-01-01T03:00:00Z").plusSeconds(86_400L * day),
                    1.4e9));
    Files.createDirectories(folder.resolve("epochs"));
    Path file = folder.resolve(String.format("epochs/day%02d.fits", day));
    try (OutputStream out = Files.newOutputStream(file)) {
      new FitsImageWriter(about, FitsImageWriter.Precision.SINGLE)
          .write(PixelSource.of(plane), out);
    }
  }

  @BeforeAll
  static void month() throws IOException {
    for (int day = 0; day < DAYS; day++) {
      image(day);
    }
    run("find-sources", folder + "/epochs");
    associated = run("associate");
    run("photometry", folder + "/epochs");
    varied = run("variability");
  }

  private static List<Object[]> rows(TableDefinition table, String... columns) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    new DeltaTable(new LocalStore(folder.resolve("warehouse/" + table.name())), table)
        .read(List.of(columns), r -> rows.add(r.clone()));
    rows.sort(Comparator.comparing((Object[] r) -> (String) r[0]));
    return rows;
  }

  /** Name of the source at a pixel. */
  private static String at(double[] pixel) throws IOException {
    IcrsDirection there = WCS.direction(pixel[0], pixel[1]);
    return (String)
        rows(SourceTables.SOURCES, "source_id", "ra_deg", "dec_deg").stream()
            .filter(
                r ->
                    IcrsDirection.ofDegrees((Double) r[1], (Double) r[2]).separationRad(there)
                        < 2 * PIXEL)
            .findFirst()
            .orElseThrow()[0];
  }

  @Test
  void sourcesAreThoseThatAreThere() throws IOException {
    assertThat(associated.get("epochs").asInt()).isEqualTo(DAYS);
    List<Object[]> sources =
        rows(SourceTables.SOURCES, "source_id", "detections", "ra_deg", "flux_peak_mjy_beam");
    long often = sources.stream().filter(r -> (Long) r[1] > DAYS / 2).count();
    assertThat(often).isEqualTo(SKY.length + 1);
    assertThat(sources).hasSizeLessThan(SKY.length + 5);
    assertThat(sources).anyMatch(r -> (Double) r[2] > 359).anyMatch(r -> (Double) r[2] < 1);
    String brightest = at(SKY[1]);
    assertThat(sources)
        .filteredOn(r -> r[0].equals(brightest))
        .allSatisfy(r -> assertThat((Double) r[3]).isCloseTo(300, within(6.0)));
  }

  @Test
  void oneEventAndOneTransientAreFound() throws IOException {
    List<Object[]> alerts = rows(VariabilityTables.ALERTS, "kind", "source_id", "mjd", "level");
    String event = at(EVENT);
    String flare = at(FLARE);
    assertThat(alerts).allMatch(r -> r[1].equals(event) || r[1].equals(flare));
    assertThat(alerts)
        .filteredOn(r -> r[0].equals("ese"))
        .singleElement()
        .satisfies(r -> assertThat(r[1]).isEqualTo(event))
        .satisfies(r -> assertThat((Double) r[2]).isCloseTo(61051.125, within(1e-6)));
    assertThat(alerts)
        .filteredOn(r -> r[0].equals("new"))
        .singleElement()
        .satisfies(r -> assertThat(r[1]).isEqualTo(flare))
        .satisfies(r -> assertThat((Double) r[2]).isCloseTo(61059.125, within(1e-6)));
    Map<String, String> variable = new HashMap<>();
    rows(VariabilityTables.STATS, "source_id", "variable")
        .forEach(r -> variable.put((String) r[0], (String) r[1]));
    variable.forEach(
        (id, varies) ->
            assertThat(varies)
                .as(id)
                .isEqualTo(id.equals(event) || id.equals(flare) ? "yes" : "no"));
    assertThat(varied.get("images_scaled").asInt()).isEqualTo(DAYS);
  }

  /** The scale of the days is taken out, and steady sources are steady. */
  @Test
  void lightCurvesAreOnOneScale() throws IOException {
    String steady = at(SKY[0]);
    Object[] curve =
        rows(
                VariabilityTables.LIGHT_CURVES,
                "source_id",
                "flux_mjy",
                "norm_factor",
                "mjd",
                "flux_err_mjy")
            .stream()
            .filter(r -> r[0].equals(steady))
            .findFirst()
            .orElseThrow();
    List<?> flux = (List<?>) curve[1];
    List<?> factor = (List<?>) curve[2];
    assertThat(flux).hasSize(DAYS);
    for (int day = 0; day < DAYS; day++) {
      assertThat((Double) flux.get(day)).isCloseTo(200, within(10.0));
      double scale = day < 10 ? 1 : 1 + 0.08 * Math.sin(day);
      assertThat((Double) factor.get(day)).isCloseTo(scale, within(0.02));
    }
  }

  /** Forced fluxes before the flare are limits, and its flux is right afterwards. */
  @Test
  void forcedFluxesAreThereBeforeASourceIs() throws IOException {
    String flare = at(FLARE);
    List<Object[]> all =
        rows(
            PhotometryTable.PHOTOMETRY,
            "image",
            "source_id",
            "flux_mjy",
            "flux_err_mjy",
            "upper_limit_mjy");
    List<Object[]> of = all.stream().filter(r -> r[1].equals(flare)).toList();
    assertThat(of).hasSize(DAYS);
    for (int day = 0; day < DAYS; day++) {
      double scale = day < 10 ? 1 : 1 + 0.08 * Math.sin(day);
      double truth = day < 18 ? 0 : 30 * scale;
      double error = (Double) of.get(day)[3];
      assertThat(error).isBetween(1.0, 2.0);
      assertThat((Double) of.get(day)[2]).isCloseTo(truth, within(5 * error));
    }
    assertThat(of.get(3)[4]).isNotNull();
    assertThat(of.get(20)[4]).isNull();
  }

  /** The same again leaves the same rows: of sources, of fluxes, of alerts. */
  @Test
  void againIsTheSame() throws IOException {
    String[] detection = {"detection_id", "ra_deg", "dec_deg", "flux_peak_mjy_beam", "snr"};
    List<Object[]> before = rows(SourceTables.DETECTIONS, detection);
    List<Object[]> sources = rows(SourceTables.SOURCES, "source_id", "ra_deg", "detections");
    int fluxes = rows(PhotometryTable.PHOTOMETRY, "source_id").size();
    run(
        "find-sources",
        folder + "/epochs/day03.fits",
        folder + "/epochs/day20.fits",
        "--tile",
        "97");
    assertThat(rows(SourceTables.DETECTIONS, detection))
        .usingRecursiveComparison()
        .isEqualTo(before);
    JsonNode again = run("associate");
    assertThat(again.get("new").asInt()).isZero();
    assertThat(rows(SourceTables.SOURCES, "source_id", "ra_deg", "detections"))
        .usingRecursiveComparison()
        .isEqualTo(sources);
    run("photometry", folder + "/epochs/day07.fits");
    assertThat(rows(PhotometryTable.PHOTOMETRY, "source_id")).hasSize(fluxes);
    assertThat(run("variability").get("alerts")).isEqualTo(varied.get("alerts"));
  }

  @Test
  void injectedSourcesAreFoundAndMeasured() throws IOException {
    String image = folder + "/epochs/day00.fits";
    JsonNode found = run("find-sources", image, "--inject", "20");
    JsonNode faint = found.get("completeness").get(0);
    JsonNode bright = found.get("completeness").get(8);
    assertThat(faint.get("completeness").asDouble()).isLessThan(0.3);
    assertThat(bright.get("completeness").asDouble()).isGreaterThan(0.9);
    assertThat(found.get("false_positives").get(5).get("upside_down").asInt()).isZero();
    JsonNode pulls = run("photometry", image, "--inject", "30");
    assertThat(pulls).hasSize(6);
    assertThat(pulls.get(0).get("pull_sigma").asDouble()).isBetween(0.5, 1.8);
    JsonNode plan = run("find-sources", image, "--dry-run", "--tile", "128");
    assertThat(plan.get("tiles").asInt()).isEqualTo(9);
  }

  @Test
  void mistakesAreToldInOneParagraph() throws IOException {
    Path text = folder.resolve("text.fits");
    Files.write(text, "SIMPLE  = nothing of the sort".getBytes(StandardCharsets.US_ASCII));
    ImageDescription bare =
        ImageDescription.plane(16, 16, Wcs.centred(WCS.reference(), 16, 16, PIXEL), "JY/BEAM");
    for (String[] c :
        new String[][] {
          {"nobeam", "JY/BEAM", "clean beam is not known"}, {"kelvin", "K", "not Jy/beam"}
        }) {
      ImageDescription about =
          c[0].equals("nobeam")
              ? bare
              : ImageDescription.plane(16, 16, bare.wcs(), c[1]).withBeam(BEAM);
      Path file = folder.resolve(c[0] + ".fits");
      try (OutputStream out = Files.newOutputStream(file)) {
        new FitsImageWriter(about, FitsImageWriter.Precision.SINGLE)
            .write(PixelSource.of(new float[256]), out);
      }
      CommandRun run = attempt("find-sources", file.toString());
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains(c[2]);
    }
    assertThat(attempt("find-sources", text.toString()).exit()).isEqualTo(2);
    assertThat(attempt("find-sources", folder + "/absent.fits").exit()).isEqualTo(2);
    assertThat(attempt("photometry", folder + "/absent.fits").exit()).isEqualTo(2);
    assertThat(attempt("find-sources", text.toString(), "--seed", "3", "--flood", "4").exit())
        .isEqualTo(2);
    String elsewhere = folder + "/nothing";
    assertThat(CommandRun.of("--warehouse", elsewhere, "associate").exit()).isEqualTo(2);
    assertThat(CommandRun.of("--warehouse", elsewhere, "variability").exit()).isEqualTo(2);
  }
}
