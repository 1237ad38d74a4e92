package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sidereal time, uvw and phasing of every real file, against what pyuvdata computed. */
class AstronomyCorpusTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static Path corpus() {
    String folder = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(folder != null, "CORNERTURN_CORPUS is not set");
    return Path.of(folder);
  }

  private interface Check {
    void run(HeaderArrays file, JsonNode truth) throws IOException;
  }

  private static List<DynamicTest> forEachFile(Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Path corpus = corpus();
    for (String json : List.of("uvh5.truth.json", "derived.truth.json")) {
      JsonNode files = JSON.readTree(corpus.resolve(json).toFile()).get("files");
      for (Map.Entry<String, JsonNode> e : files.properties()) {
        Path file =
            List.of("uvh5", "derived", "dsa").stream()
                .map(d -> corpus.resolve(d).resolve(e.getKey()))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        tests.add(
            DynamicTest.dynamicTest(
                e.getKey(),
                () -> {
                  try (HeaderArrays header = new HeaderArrays(file)) {
                    check.run(header, e.getValue());
                  }
                }));
      }
    }
    assertThat(tests).hasSizeGreaterThan(25);
    return tests;
  }

  @TestFactory
  List<DynamicTest> siderealTime() throws IOException {
    return forEachFile(
        (file, truth) -> {
          JsonNode expected = truth.at("/lst_recomputed/first_last");
          int last = file.times.length - 1;
          assertThat(file.sky(0).siderealTimeRad())
              .isCloseTo(expected.get(0).asDouble(), within(1e-10));
          assertThat(file.sky(last).siderealTimeRad())
              .isCloseTo(expected.get(1).asDouble(), within(1e-10));
        });
  }

  @TestFactory
  List<DynamicTest> uvwFromAntennas() throws IOException {
    return forEachFile(
        (file, truth) -> {
          assumeTrue(!file.frame().equals("gcrs"), "GCRS directions aren't converted");
          double[] uvw = file.uvwFromAntennas();
          assertRows(uvw, truth.get("uvw_from_antenna_positions"), 1e-3);
        });
  }

  /** Each component of the first and last rows, and the sum of all. */
  private static void assertRows(double[] uvw, JsonNode truth, double tolerance) {
    JsonNode first = truth.get("first");
    JsonNode last = truth.get("last");
    double longest = 1;
    for (int i = 0; i < first.size(); i++) {
      assertThat(uvw[i]).as("first " + i).isCloseTo(first.get(i).asDouble(), within(tolerance));
      int j = uvw.length - last.size() + i;
      assertThat(uvw[j]).as("last " + i).isCloseTo(last.get(i).asDouble(), within(tolerance));
    }
    double[] sum = new double[3];
    for (int i = 0; i < uvw.length; i++) {
      sum[i % 3] += uvw[i];
      longest = Math.max(longest, Math.abs(uvw[i]));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(sum[i])
          .as("sum " + i)
          .isCloseTo(
              truth.get("sum").get(i).asDouble(), within(tolerance * (1 + uvw.length / 30.0)));
    }
  }

  @TestFactory
  List<DynamicTest> apparentPlace() throws IOException {
    return forEachFile(
        (file, truth) -> {
          JsonNode phased = truth.get("phased");
          ApparentPlace place = file.sky(0).place(centre(phased));
          assertThat(place.raRad())
              .isCloseTo(phased.get("app_ra_first").get(0).asDouble(), within(1e-12));
          assertThat(place.decRad())
              .isCloseTo(phased.get("app_dec_first").get(0).asDouble(), within(1e-12));
          // pyuvdata takes north over half a degree: up to 4e-5 rad from the tangent.
          assertThat(place.framePositionAngleRad())
              .isCloseTo(phased.get("frame_pa_first").get(0).asDouble(), within(5e-5));
          IcrsDirection back = file.sky(0).direction(place.raRad(), place.decRad());
          assertThat(back.separationRad(centre(phased))).isLessThan(1e-11);
        });
  }

  private static IcrsDirection centre(JsonNode phased) {
    return new IcrsDirection(phased.get("ra_rad").asDouble(), phased.get("dec_rad").asDouble());
  }

  /** The judge takes uvw from the antennas before it phases, whatever the file has. */
  @TestFactory
  List<DynamicTest> phasingToADirection() throws IOException {
    return forEachFile(
        (file, truth) -> {
          assumeTrue(!file.frame().equals("gcrs"), "GCRS directions aren't converted");
          JsonNode phased = truth.get("phased");
          double[] uvw = file.uvwFromAntennas();
          double[] before = uvw.clone();
          double longest = 0;
          for (double x : uvw) {
            longest = Math.max(longest, Math.abs(x));
          }
          double[] shift = file.rephase(uvw, new PhaseReference.Sidereal(centre(phased)));
          assertRows(uvw, phased.get("uvw"), 1e-4 + 5e-5 * longest);
          if (file.reference(0).delaysTaken()) {
            for (int r = 0; r < shift.length; r++) {
              shift[r] += before[3 * r + 2] - file.uvw[3 * r + 2];
            }
          }
          assertVisibilities(file, phased.get("vis"), shift);
        });
  }

  @TestFactory
  List<DynamicTest> rotatingTheFilesOwnUvw() throws IOException {
    return forEachFile(
        (file, truth) -> {
          assumeTrue(
              truth.at("/uvw_from_antenna_positions/max_diff_m").asDouble() < 1e-5,
              "the file's uvw aren't those of its antennas");
          JsonNode phased = truth.get("phased");
          ApparentPlace p = file.sky(0).place(centre(phased));
          double frameAngle = phased.get("frame_pa_first").get(0).asDouble();
          PhaseReference given =
              new PhaseReference.Apparent(
                  new ApparentPlace(p.raRad(), p.decRad(), p.hourAngleRad(), frameAngle), true);
          JsonNode first = phased.at("/uvw/first");
          int rows = first.size() / 3;
          double[] uvw = Arrays.copyOf(file.uvw, 3 * rows);
          Rephasing.between(file.reference(0), given, file.site, file.sky(0))
              .apply(uvw, 0, rows, new double[rows]);
          for (int i = 0; i < uvw.length; i++) {
            if (file.times[i / 3] == file.times[0]) {
              assertThat(uvw[i]).isCloseTo(first.get(i).asDouble(), within(2e-6));
            }
          }
        });
  }

  private static void assertVisibilities(HeaderArrays file, JsonNode truth, double[] shift)
      throws IOException {
    double[] frequency = file.frequencies();
    int channels = frequency.length;
    int polarizations = truth.get("shape").get(2).asInt();
    float[] data = file.visibilities();
    int row = 2 * channels * polarizations;
    FringeRotator rotator = new FringeRotator(frequency, polarizations);
    for (int r = 0; r < shift.length; r++) {
      rotator.rotate(data, r * row, shift[r]);
    }
    Map<Integer, Boolean> seen = new HashMap<>();
    for (JsonNode sample : truth.get("samples")) {
      int[] at = new int[3];
      for (int i = 0; i < 3; i++) {
        at[i] = sample.get("index").get(i).asInt();
      }
      int i = at[0] * row + 2 * (at[1] * polarizations + at[2]);
      double re = sample.get("vis").get(0).asDouble();
      double im = sample.get("vis").get(1).asDouble();
      seen.put(at[0], true);
      if (Double.isNaN(re)) {
        assertThat(data[i]).isNaN();
        continue;
      }
      double tolerance = 1e-3 * Math.hypot(re, im) + 1e-12;
      assertThat(Math.hypot(data[i] - re, data[i + 1] - im)).isLessThanOrEqualTo(tolerance);
    }
    assertThat(seen).isNotEmpty();
  }
}
