package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files of every form of the format, as the writer makes them and h5py reads them. */
class VariantsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static DataType.Struct pair(String first, String second, Primitive part) {
    return new DataType.Struct(
        List.of(
            new DataType.Field(first, part, Shape.of()),
            new DataType.Field(second, part, Shape.of())));
  }

  private static Map<String, SampleFile> variants() {
    Map<String, SampleFile> all = new LinkedHashMap<>();
    all.put("version 1.2", SampleFile.rectangular(3));
    SampleFile f = SampleFile.rectangular(3);
    f.variant = b -> b.text("version", "1.1").without("telescope_frame");
    all.put("version 1.1", f);
    f = SampleFile.rectangular(2);
    f.variant = b -> oldPhasing(b.text("version", "1.0"), "phased");
    f.centers = List.of(PhaseCenter.sidereal(0, "nothing", "icrs", 1.5, 0.5));
    all.put("version 1.0 phased", f);
    all.put("version 0.x", old(false));
    all.put("version 0.1 drift", old(true));
    f = SampleFile.rectangular(2);
    f.visibilities = Primitive.COMPLEX128;
    all.put("complex128", f);
    f = SampleFile.rectangular(2);
    f.visibilities = pair("r", "i", Primitive.INT32);
    all.put("int32 pairs", f);
    f = SampleFile.rectangular(1);
    f.visibilities = pair("imag", "real", Primitive.INT32);
    all.put("int32 pairs, imaginary first", f);
    f = SampleFile.rectangular(1);
    f.visibilities = pair("r", "i", Primitive.INT16);
    all.put("int16 pairs", f);
    f = SampleFile.rectangular(3);
    f.frequencyHz = new double[] {1.304e9, 1.303e9, 1.302e9, 1.301e9, 1.3e9};
    all.put("descending frequencies", f);
    f = SampleFile.rectangular(3);
    f.frequencyHz = new double[] {1.302e9, 1.303e9, 1.301e9, 1.304e9, 1.3e9};
    all.put("frequencies in no order", f);
    orders(all);
    f = SampleFile.rectangular(2);
    f.variant = b -> b.without("phase_center_catalog").text("phase_center_catalog", interim());
    f.centers = List.of(PhaseCenter.sidereal(3, "target", "icrs", 1.5, 0.5));
    all.put("catalog as JSON", f);
    return all;
  }

  private static String interim() {
    return "{\"target\": {\"cat_id\": 3, \"cat_type\": \"sidereal\", \"cat_lon\": 1.5,"
        + " \"cat_lat\": 0.5, \"cat_frame\": \"icrs\", \"cat_epoch\": 2000.0,"
        + " \"cat_times\": null, \"cat_pm_ra\": null, \"cat_pm_dec\": null,"
        + " \"cat_vrad\": null, \"cat_dist\": null, \"info_source\": \"user\"}}";
  }

  private static HeaderBuilder oldPhasing(HeaderBuilder b, String type) {
    for (String item :
        List.of("phase_center_catalog", "phase_center_id_array", "Nphase", "mount_type")) {
      b.without(item);
    }
    b.text("phase_type", type).text("object_name", "nothing");
    if (type.equals("phased")) {
      b.number("phase_center_ra", 1.5).number("phase_center_dec", 0.5);
      b.number("phase_center_epoch", 2000).text("phase_center_frame", "icrs");
    }
    return b;
  }

  private static SampleFile old(boolean versioned) {
    SampleFile f = SampleFile.rectangular(3);
    f.rank = 4;
    f.centers = List.of(PhaseCenter.unprojected(0, "nothing"));
    f.variant =
        b -> {
          oldPhasing(b, "drift");
          for (String item :
              List.of(
                  "version",
                  "flex_spw",
                  "flex_spw_id_array",
                  "lst_array",
                  "vis_units",
                  "pol_convention",
                  "x_orientation",
                  "dut1",
                  "antenna_diameters",
                  "phase_center_app_ra",
                  "phase_center_app_dec",
                  "phase_center_frame_pa")) {
            b.without(item);
          }
          b.numbers("freq_array", f.frequencyHz, 1, f.frequencyHz.length);
          b.number("channel_width", 1e6).number("integration_time", 10.5);
          return versioned ? b.text("version", "0.1") : b;
        };
    return f;
  }

  private static void orders(Map<String, SampleFile> all) {
    SampleFile f = SampleFile.rectangular(4);
    Collections.shuffle(f.rows, new Random(1));
    all.put("shuffled rows", f);
    f = SampleFile.rectangular(4);
    Collections.reverse(f.rows);
    all.put("rows backwards", f);
    f = SampleFile.rectangular(4);
    f.rows.sort(
        java.util.Comparator.comparingInt(SampleFile.Row::antenna1)
            .thenComparingInt(SampleFile.Row::antenna2)
            .thenComparingInt(SampleFile.Row::time));
    all.put("times faster than baselines", f);
    f = SampleFile.rectangular(4);
    f.rows.removeIf(r -> (r.time() + r.antenna1()) % 3 == 0 && r.antenna1() != r.antenna2());
    all.put("ragged rows", f);
    f = SampleFile.rectangular(3);
    f.rows.replaceAll(
        r -> r.antenna1() % 3 == 2 ? new SampleFile.Row(r.time(), r.antenna2(), r.antenna1()) : r);
    all.put("some baselines the other way round", f);
    f = SampleFile.rectangular(3);
    f.rows.replaceAll(r -> r.time() == 1 ? new SampleFile.Row(1, r.antenna2(), r.antenna1()) : r);
    all.put("baselines turned at one time", f);
  }

  @TestFactory
  List<DynamicTest> everyVariantIsRead() {
    List<DynamicTest> tests = new ArrayList<>();
    variants().forEach((name, f) -> tests.add(DynamicTest.dynamicTest(name, () -> check(name, f))));
    return tests;
  }

  private void check(String name, SampleFile f) throws Exception {
    Path path = folder.resolve(name.replace(' ', '_') + ".uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      Uvh5Header h = file.header();
      assertThat(h.rank()).isEqualTo(f.rank);
      assertThat(h.phaseCenters().get(0).kind()).isEqualTo(f.centers.get(0).kind());
      assertThat(h.phaseCenters().get(0).id())
          .isEqualTo(
              h.version().startsWith("0") || h.version().isEmpty() ? 0 : f.centers.get(0).id());
      assertThat(h.phaseCenters().get(0).longitudeRad()).isEqualTo(f.centers.get(0).longitudeRad());
      assertThat(h.antennas()).hasSize(4);
      assertThat(file.rows().integrationSeconds(0, 3)).containsOnly(10.5);
      window(file);
    }
    judge(path, f);
  }

  /** Every cell of the grid holds what its place says. */
  private static void window(Uvh5File file) throws Exception {
    Uvh5Layout layout = file.layout();
    ChannelGroup group = file.header().groups().get(0);
    VisibilityWindow w =
        file.window(0, 0, layout.times(), 0, layout.baselines(), 1, group.channels() - 1);
    VisibilityReader reader = new VisibilityReader(file.source().part(w), raw(file));
    double[] vis = reader.visibilities(w, Primitive.COMPLEX128).doubles();
    byte[] flags = reader.flags(w).bytes();
    double[] samples = reader.samples(w).toDoubles();
    int i = 0;
    for (int t = 0; t < layout.times(); t++) {
      int time = (int) Math.rint((layout.julianDate(t) - SampleFile.FIRST_TIME) / SampleFile.STEP);
      for (int b = 0; b < layout.baselines(); b++) {
        int a1 = layout.antenna1(b);
        int a2 = layout.antenna2(b);
        assertThat(a1).isLessThanOrEqualTo(a2);
        for (int c = 1; c < group.channels(); c++) {
          for (Polarization p : group.polarizations()) {
            double f = group.window().frequencyHz(c);
            if (layout.row(t, b) < 0) {
              assertThat(vis[2 * i]).isNaN();
              assertThat(flags[i]).isEqualTo((byte) 1);
              assertThat(samples[i]).isZero();
            } else {
              assertThat(vis[2 * i]).isEqualTo(SampleFile.value(0, time, a1, a2, f, p));
              assertThat(vis[2 * i + 1]).isEqualTo(SampleFile.value(1, time, a1, a2, f, p));
              assertThat(flags[i] != 0).isEqualTo(SampleFile.flag(time, a1, a2, f, p));
              assertThat(samples[i]).isEqualTo(1 + 0.5 * time);
            }
            i++;
          }
        }
      }
    }
  }

  private static org.cornerturn.storage.ObjectChannel raw(Uvh5File file) throws Exception {
    Path path = Path.of(file.name());
    return new org.cornerturn.storage.LocalStore(path.getParent())
        .open(path.getFileName().toString());
  }

  /** h5py finds in the file what was meant. */
  private void judge(Path path, SampleFile f) throws Exception {
    JsonNode seen = JSON.readTree(OutsideProgram.python("h5py", "uvh5_values.py", path.toString()));
    assertThat(JSON.convertValue(seen.get("shape"), long[].class))
        .containsExactly(f.shape().dims());
    JsonNode antennas = seen.get("antennas");
    for (int r = 0; r < f.rows.size(); r++) {
      assertThat(antennas.get(r).get(0).asInt()).isEqualTo(f.rows.get(r).antenna1());
      assertThat(antennas.get(r).get(1).asInt()).isEqualTo(f.rows.get(r).antenna2());
    }
    try (Uvh5File file = Corpus.open(path)) {
      int n = f.rows.size();
      double[] vis =
          file.reader().visibilities(0, n, 0, f.frequencyHz.length, Primitive.COMPLEX128).doubles();
      JsonNode expected = seen.get("visdata");
      assertThat(expected.size()).isEqualTo(vis.length);
      for (int i = 0; i < vis.length; i++) {
        assertThat(vis[i]).isEqualTo(expected.get(i).asDouble());
      }
      byte[] flags = file.reader().flags(0, n, 0, f.frequencyHz.length).bytes();
      for (int i = 0; i < flags.length; i++) {
        assertThat(flags[i] != 0).isEqualTo(seen.get("flags").get(i).asBoolean());
      }
    }
    assertThat(seen.get("latitude").asDouble())
        .isCloseTo(37.23, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(seen.get("names").get(0).asText()).isEqualTo("DSA-7");
  }

  @Test
  void windowsOfAFlexibleFileAreRead() throws Exception {
    SampleFile f = SampleFile.rectangular(2);
    f.frequencyHz = new double[] {1.301e9, 1.304e9, 1.3e9, 1.303e9, 1.302e9};
    f.variant =
        b ->
            b.truth("flex_spw", true)
                .count("Nspws", 2)
                .counts("spw_array", 4, 9)
                .counts("flex_spw_id_array", 4, 9, 4, 9, 4);
    Path path = folder.resolve("flex.uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      List<ChannelGroup> groups = file.header().groups();
      assertThat(groups).hasSize(2);
      assertThat(groups.get(0).window().id()).isEqualTo(4);
      assertThat(groups.get(0).window().frequenciesHz()).containsExactly(1.3e9, 1.301e9, 1.302e9);
      assertThat(groups.get(1).window().frequenciesHz()).containsExactly(1.303e9, 1.304e9);
      VisibilityWindow w = file.window(1, 1, 1, 2, 1, 0, 2);
      double[] vis = file.reader().visibilities(w, Primitive.COMPLEX128).doubles();
      int a = file.layout().antenna1(2);
      int b = file.layout().antenna2(2);
      for (int i = 0; i < vis.length / 2; i++) {
        Polarization p = groups.get(1).polarizations().get(i % 4);
        assertThat(vis[2 * i]).isEqualTo(SampleFile.value(0, 1, a, b, 1.303e9 + i / 4 * 1e6, p));
      }
    }
  }

  @Test
  void windowsWithACorrelationOfTheirOwnAreRead() throws Exception {
    SampleFile f = SampleFile.rectangular(1);
    f.polarizations = List.of(Polarization.XX);
    f.frequencyHz = new double[] {1.3e9, 1.301e9, 1.302e9, 1.303e9};
    f.variant =
        b ->
            b.truth("flex_spw", true)
                .count("Nspws", 2)
                .counts("spw_array", 0, 1)
                .counts("polarization_array", 0)
                .counts("flex_spw_polarization_array", -5, -6)
                .counts("flex_spw_id_array", 0, 0, 1, 1);
    Path path = folder.resolve("flexpol.uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      assertThat(file.header().polarizations()).isEmpty();
      assertThat(file.header().groups().get(0).polarizations()).containsExactly(Polarization.XX);
      assertThat(file.header().groups().get(1).polarizations()).containsExactly(Polarization.YY);
    }
  }

  @Test
  void aCorrelationWithoutItsTwinKeepsTheDirectionOfBaselines() throws Exception {
    SampleFile f = SampleFile.rectangular(2);
    f.polarizations = List.of(Polarization.XY);
    f.rows.replaceAll(r -> new SampleFile.Row(r.time(), r.antenna2(), r.antenna1()));
    Path path = folder.resolve("xy.uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      Uvh5Layout layout = file.layout();
      for (int b = 0; b < layout.baselines(); b++) {
        assertThat(layout.antenna1(b)).isGreaterThanOrEqualTo(layout.antenna2(b));
        assertThat(layout.exchanged(layout.row(0, b))).isFalse();
      }
    }
  }

  @Test
  void rowsOfOneTimeAndBaselineAreListed() throws Exception {
    SampleFile f = SampleFile.rectangular(2);
    f.rows.add(5, f.rows.get(2));
    f.rows.add(f.rows.get(0));
    Path path = folder.resolve("twice.uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      assertThat(file.layout().duplicates()).containsExactly(5, f.rows.size() - 1);
      assertThat(file.layout().missingCells()).isZero();
      assertThat(file.layout().cell(5)).isEqualTo(-1);
    }
  }

  @Test
  void aDriftScanStatesItsDeclination() throws Exception {
    SampleFile f = old(false);
    UnaryOperator<HeaderBuilder> old = f.variant;
    f.variant = b -> old.apply(b).number("phase_center_app_dec", 0.97);
    Path path = folder.resolve("drift.uvh5");
    f.write(path);
    try (Uvh5File file = Corpus.open(path)) {
      assertThat(file.header().meridianDeclinationRad()).hasValue(0.97);
      assertThat(file.header().visibilityUnits()).isEqualTo("uncalib");
      assertThat(file.header().xOrientation()).isEmpty();
    }
  }
}
