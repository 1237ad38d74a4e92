package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cornerturn.InputFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A header that lacks something or contradicts itself is refused in a line that says why. */
class BrokenHeadersTest {
  @TempDir Path folder;

  private static Arguments broken(
      String object, String problem, UnaryOperator<HeaderBuilder> variant) {
    return Arguments.of(object, problem, variant);
  }

  static Stream<Arguments> headers() {
    double nan = Double.NaN;
    return Stream.of(
        broken("/Header/Nblts", "missing", b -> b.without("Nblts")),
        broken("/Header/freq_array", "missing", b -> b.without("freq_array")),
        broken("/Header/time_array", "missing", b -> b.without("time_array")),
        broken("/Header/antenna_names", "missing", b -> b.without("antenna_names")),
        broken("/Header/time_array", "Nblts is 21", b -> b.count("Nblts", 21)),
        broken("/Data/visdata", "counts make [20, 6, 4]", b -> b.count("Nfreqs", 6)),
        broken("/Header/polarization_array", "Npols is 3", b -> b.count("Npols", 3)),
        broken(
            "/Header/polarization_array",
            "77 is no AIPS number",
            b -> b.counts("polarization_array", -5, -6, -7, 77)),
        broken("/Header/Nbls", "10 baselines", b -> b.count("Nbls", 9)),
        broken("/Header/Ntimes", "2 distinct times", b -> b.count("Ntimes", 3)),
        broken("/Header/Nants_data", "4 antennas", b -> b.count("Nants_data", 3)),
        broken("/Header/antenna_numbers", "Nants_telescope", b -> b.count("Nants_telescope", 5)),
        broken(
            "/Header/ant_1_array",
            "names antenna 2",
            b -> b.counts("antenna_numbers", 7, 3, 11, 4)),
        broken(
            "/Header/antenna_numbers",
            "share the number",
            b -> b.counts("antenna_numbers", 7, 7, 11, 4)),
        broken(
            "/Header/time_array",
            "row 3 is NaN",
            b -> {
              double[] times = new double[20];
              Arrays.fill(times, SampleFile.FIRST_TIME);
              Arrays.fill(times, 10, 20, SampleFile.FIRST_TIME + SampleFile.STEP);
              times[3] = nan;
              return b.numbers("time_array", times);
            }),
        broken("/Header/latitude", "makes no sense", b -> b.number("latitude", nan)),
        broken("/Header/Nfreqs", "no count", b -> b.number("Nfreqs", 4.5)),
        broken("/Header/telescope_name", "no text", b -> b.number("telescope_name", 1)),
        broken(
            "/Header/freq_array",
            "at NaN Hz",
            b -> b.numbers("freq_array", new double[] {nan, 1, 2, 3, 4})),
        broken("/Header/flex_spw", "Nspws is 2", b -> b.count("Nspws", 2)),
        broken("/Header/telescope_frame", "mcmf", b -> b.text("telescope_frame", "mcmf")),
        broken(
            "/Header/phase_center_catalog/0",
            "cat_type",
            b -> b.text("phase_center_catalog/0/cat_type", "wandering")),
        broken(
            "/Header/uvw_array",
            "Nblts is 20",
            b -> b.numbers("uvw_array", new double[40], 20, 2)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("headers")
  void isRefused(String object, String problem, UnaryOperator<HeaderBuilder> variant)
      throws Exception {
    SampleFile f = SampleFile.rectangular(2);
    f.variant = variant;
    Path path = folder.resolve("broken.uvh5");
    f.write(path);
    assertThatThrownBy(
            () -> {
              try (Uvh5File file = Corpus.open(path)) {
                file.layout();
              }
            })
        .isInstanceOf(Uvh5Exception.class)
        .isInstanceOf(InputFault.class)
        .hasMessageContaining("broken.uvh5: " + object + ": ")
        .hasMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    SampleFile f = SampleFile.rectangular(2);
    Path path = folder.resolve("short.uvh5");
    f.write(path);
    byte[] all = Files.readAllBytes(path);
    for (int length : new int[] {10, 64, all.length / 2, all.length - 1}) {
      Files.write(path, Arrays.copyOf(all, length));
      assertThatThrownBy(
              () -> {
                try (Uvh5File file = Corpus.open(path)) {
                  file.layout();
                }
              })
          .as("%d bytes", length)
          .isInstanceOf(InputFault.class)
          .hasMessageContaining("short.uvh5");
    }
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws Exception {
    Path path = folder.resolve("other.h5");
    try (org.cornerturn.hdf5.Hdf5Writer out = org.cornerturn.hdf5.Hdf5Writer.create(path)) {
      out.root().group("Data");
      out.finish();
    }
    assertThatThrownBy(() -> Corpus.open(path))
        .isInstanceOf(Uvh5Exception.class)
        .hasMessageContaining("/Header: it is missing");
  }
}
