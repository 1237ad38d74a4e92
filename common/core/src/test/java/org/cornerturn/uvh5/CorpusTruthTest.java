package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real files against what pyuvdata reads in them. */
class CorpusTruthTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TestFactory
  List<DynamicTest> filesReadAsPyuvdataReadsThem() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    add(tests, "uvh5", "uvh5.truth.json");
    add(tests, "derived", "derived.truth.json");
    add(tests, "dsa", "derived.truth.json");
    return tests;
  }

  private static void add(List<DynamicTest> tests, String folder, String truth) throws Exception {
    JsonNode files = JSON.readTree(Files.readAllBytes(Corpus.folder().resolve(truth))).get("files");
    for (Path path : Corpus.files(folder)) {
      JsonNode expected = files.get(path.getFileName().toString());
      assertThat(expected).as(path.toString()).isNotNull();
      tests.add(
          DynamicTest.dynamicTest(
              path.getFileName().toString(),
              () -> {
                try (Uvh5File file = Corpus.open(path)) {
                  header(file, expected.get("meta"));
                  rows(file, expected);
                  visibilities(file, expected.get("vis"));
                }
              }));
    }
  }

  private static double[] numbers(JsonNode node) {
    return IntStream.range(0, node.size()).mapToDouble(i -> node.get(i).asDouble()).toArray();
  }

  private static void header(Uvh5File file, JsonNode meta) {
    Uvh5Header h = file.header();
    assertThat(h.rows()).isEqualTo(meta.get("Nblts").asLong());
    assertThat(h.baselines()).isEqualTo(meta.get("Nbls").asInt());
    assertThat(h.times()).isEqualTo(meta.get("Ntimes").asInt());
    assertThat(h.channels()).isEqualTo(meta.get("Nfreqs").asInt());
    assertThat(h.groups()).hasSize(meta.get("Nspws").asInt());
    assertThat(h.antennas()).hasSize(meta.get("Nants_telescope").asInt());
    assertThat(h.antennasWithData()).isEqualTo(meta.get("Nants_data").asInt());
    assertThat(h.polarizations().stream().mapToDouble(Polarization::aipsCode).toArray())
        .containsExactly(numbers(meta.get("polarizations")));
    assertThat(h.telescope().name()).isEqualTo(meta.get("telescope").asText());
    assertThat(h.telescope().instrument()).isEqualTo(meta.get("instrument").asText());
    assertThat(h.visibilityUnits()).isEqualToIgnoringCase(meta.get("vis_units").asText());
    if (meta.hasNonNull("x_orientation") && h.xOrientation().isPresent()) {
      assertThat(h.xOrientation().get()).isEqualToIgnoringCase(meta.get("x_orientation").asText());
    }
    Ecef e = h.telescope().ecef();
    assertThat(new double[] {e.xMetres(), e.yMetres(), e.zMetres()})
        .containsExactly(numbers(meta.get("telescope_xyz")), within(1e-5));
    double[] place = numbers(meta.get("telescope_lat_lon_alt_deg"));
    assertThat(h.telescope().location().latitudeDegrees()).isCloseTo(place[0], within(1e-12));
    assertThat(h.telescope().location().longitudeDegrees() - place[1])
        .satisfiesAnyOf(
            d -> assertThat(d).isCloseTo(0, within(1e-12)),
            d -> assertThat(Math.abs(d)).isCloseTo(360, within(1e-12)));
    frequencies(h, meta);
    antennas(h, meta);
    centers(h, meta.get("phase_center_catalog"));
  }

  private static void frequencies(Uvh5Header h, JsonNode meta) {
    double[] inFile = new double[h.totalChannels()];
    double[] widths = new double[inFile.length];
    for (ChannelGroup g : h.groups()) {
      for (int c = 0; c < g.channels(); c++) {
        inFile[g.fileChannel(c)] = g.window().frequencyHz(c);
        widths[g.fileChannel(c)] = g.window().widthHz(c);
      }
    }
    assertThat(new double[] {inFile[0], inFile[inFile.length - 1]})
        .containsExactly(numbers(meta.get("freq_first_last")));
    assertThat(widths[0]).isEqualTo(meta.get("channel_width_first").asDouble());
  }

  private static void antennas(Uvh5Header h, JsonNode meta) {
    JsonNode names = meta.get("antenna_names_first");
    for (int i = 0; i < names.size(); i++) {
      assertThat(h.antennas().get(i).name()).isEqualTo(names.get(i).asText());
    }
    assertThat(h.antennas().stream().mapToLong(Antenna::number).sum())
        .isEqualTo(meta.get("antenna_numbers_sum").asLong());
    List<Double> positions = new ArrayList<>();
    for (Antenna a : h.antennas()) {
      positions.add(a.position().xMetres());
      positions.add(a.position().yMetres());
      positions.add(a.position().zMetres());
    }
    double[] first = numbers(meta.get("antenna_positions_first"));
    assertThat(positions.stream().limit(first.length).mapToDouble(v -> v).toArray())
        .containsExactly(first);
    assertThat(positions.stream().mapToDouble(Math::abs).sum())
        .isCloseTo(meta.get("antenna_positions_abs_sum").asDouble(), within(1e-6));
  }

  private static void centers(Uvh5Header h, JsonNode catalog) {
    assertThat(h.phaseCenters()).hasSize(catalog.size());
    for (PhaseCenter c : h.phaseCenters()) {
      JsonNode t =
          catalog.size() == 1 ? catalog.elements().next() : catalog.get(String.valueOf(c.id()));
      assertThat(t).as("centre %s", c).isNotNull();
      String kind =
          c.kind() == PhaseCenter.Kind.EPHEMERIS
              ? "ephem"
              : c.kind().name().toLowerCase(Locale.ROOT);
      assertThat(kind).isEqualTo(t.get("cat_type").asText());
      assertThat(c.name()).isEqualTo(t.get("cat_name").asText());
      assertThat(c.frame()).isEqualTo(t.get("cat_frame").asText());
      assertThat(c.longitudeRad()).isCloseTo(t.get("cat_lon").asDouble(), within(1e-12));
      assertThat(c.latitudeRad()).isCloseTo(t.get("cat_lat").asDouble(), within(1e-12));
      if (t.hasNonNull("cat_epoch")) {
        assertThat(c.epoch()).isEqualTo(t.get("cat_epoch").asDouble());
      }
    }
  }

  private static void rows(Uvh5File file, JsonNode expected) throws Exception {
    JsonNode meta = expected.get("meta");
    Uvh5Rows rows = file.rows();
    int n = (int) rows.count();
    double[] times = rows.julianDates(0, n);
    assertThat(new double[] {times[0], times[n - 1]})
        .containsExactly(numbers(meta.get("time_first_last")));
    Uvh5Layout layout = file.layout();
    assertThat(new double[] {layout.julianDate(0), layout.julianDate(layout.times() - 1)})
        .containsExactly(numbers(meta.get("time_min_max")));
    // The truth is rounded to microseconds.
    assertThat(
            Arrays.stream(rows.integrationSeconds(0, n))
                .map(v -> Math.rint(v * 1e6) / 1e6)
                .distinct()
                .sorted()
                .toArray())
        .containsExactly(numbers(meta.get("integration_time_unique")), within(1e-9));
    assertThat(Arrays.stream(rows.antenna1(0, n)).asLongStream().sum())
        .isEqualTo(meta.get("ant1_sum").asLong());
    assertThat(Arrays.stream(rows.antenna2(0, n)).asLongStream().sum())
        .isEqualTo(meta.get("ant2_sum").asLong());
    if (rows.hasSiderealTimes()) {
      double[] lst = rows.siderealRad(0, n);
      // 1e-4 seconds of time.
      assertThat(new double[] {lst[0], lst[n - 1]})
          .containsExactly(numbers(meta.get("lst_first_last")), within(1e-4 / 86400 * 2 * Math.PI));
    }
    double[] uvw = rows.uvwMetres(0, n);
    double[] first = numbers(expected.get("uvw").get("first"));
    double[] last = numbers(expected.get("uvw").get("last"));
    assertThat(Arrays.copyOf(uvw, first.length)).containsExactly(first);
    assertThat(Arrays.copyOfRange(uvw, uvw.length - last.length, uvw.length)).containsExactly(last);
    assertThat(Arrays.stream(uvw).map(Math::abs).sum())
        .isCloseTo(expected.get("uvw").get("abs_sum").asDouble(), within(1e-5));
    grid(layout, times, rows.antenna1(0, n), rows.antenna2(0, n));
  }

  /** Every row has the cell of its time and antennas. */
  private static void grid(Uvh5Layout layout, double[] times, int[] first, int[] second) {
    for (int r = 0; r < times.length; r++) {
      long cell = layout.cell(r);
      int t = (int) (cell / layout.baselines());
      int b = (int) (cell % layout.baselines());
      assertThat(layout.row(t, b)).isEqualTo(r);
      assertThat(layout.julianDate(t)).isEqualTo(times[r]);
      boolean turned = layout.exchanged(r);
      assertThat(layout.antenna1(b)).isEqualTo(turned ? second[r] : first[r]);
      assertThat(layout.antenna2(b)).isEqualTo(turned ? first[r] : second[r]);
    }
  }

  private static void visibilities(Uvh5File file, JsonNode truth) throws Exception {
    Uvh5Source source = file.source();
    int rows = (int) source.rows();
    int channels = file.header().channels();
    VisibilityReader reader = file.reader();
    double[] vis = reader.visibilities(0, rows, 0, channels, Primitive.COMPLEX128).doubles();
    Block flags = reader.flags(0, rows, 0, channels);
    double[] samples = reader.samples(0, rows, 0, channels).toDoubles();
    assertThat(IntStream.range(0, 3).mapToLong(i -> flags.shape().dim(i)).toArray())
        .containsExactly(
            truth.get("shape").get(0).asLong(),
            truth.get("shape").get(1).asLong(),
            truth.get("shape").get(2).asLong());
    int pols = source.polarizations();
    for (JsonNode s : truth.get("samples")) {
      double[] at = numbers(s.get("index"));
      int i = (int) ((at[0] * channels + at[1]) * pols + at[2]);
      assertThat(new double[] {vis[2 * i], vis[2 * i + 1]}).containsExactly(numbers(s.get("vis")));
      assertThat(flags.bytes()[i] != 0).isEqualTo(s.get("flag").asBoolean());
      assertThat(samples[i]).isEqualTo(s.get("nsample").asDouble());
    }
    sums(vis, flags.bytes(), samples, truth);
  }

  private static void sums(double[] vis, byte[] flags, double[] samples, JsonNode truth) {
    double real = 0;
    double imaginary = 0;
    double squares = 0;
    long flagged = 0;
    long notFinite = 0;
    for (int i = 0; i < flags.length; i++) {
      flagged += flags[i];
      if (!Double.isFinite(vis[2 * i]) || !Double.isFinite(vis[2 * i + 1])) {
        notFinite++;
        continue;
      }
      real += vis[2 * i];
      imaginary += vis[2 * i + 1];
      squares += vis[2 * i] * vis[2 * i] + vis[2 * i + 1] * vis[2 * i + 1];
    }
    assertThat(flagged).isEqualTo(truth.get("flagged").asLong());
    assertThat(notFinite).isEqualTo(truth.get("not_finite").asLong());
    assertThat(Arrays.stream(samples).sum())
        .isCloseTo(truth.get("nsamples_sum").asDouble(), within(1e-6 * samples.length));
    double tolerance = 1e-9 * Math.sqrt(squares * flags.length) + 1e-300;
    assertThat(real).isCloseTo(truth.get("sum").get(0).asDouble(), within(tolerance));
    assertThat(imaginary).isCloseTo(truth.get("sum").get(1).asDouble(), within(tolerance));
    assertThat(squares)
        .isCloseTo(truth.get("sum_abs2").asDouble(), within(1e-9 * squares + 1e-300));
  }
}
