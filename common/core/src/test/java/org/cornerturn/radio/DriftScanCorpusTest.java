package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift-scan subbands in the correlator's layout, phased, equal the phase-tracked twin. */
class DriftScanCorpusTest {
  private static final int POLARIZATIONS = 2;

  @TempDir Path scratch;

  @Test
  void phasedSubbandsEqualTheTrackedTwin() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    Path dsa = Path.of(corpus, "dsa");
    List<Path> subbands = extract(dsa.resolve("s20_dsa.tar.gz"));
    assertThat(subbands).hasSize(16);
    try (HeaderArrays twin = new HeaderArrays(dsa.resolve("s20.uvh5"))) {
      double[] frequency = twin.frequencies();
      float[] expected = twin.visibilities();
      PhaseReference centre =
          new PhaseReference.Sidereal(
              new IcrsDirection(
                  twin.one("phase_center_catalog/0/cat_lon"),
                  twin.one("phase_center_catalog/0/cat_lat")));
      double[] first = twin.numbers("ant_1_array");
      double[] second = twin.numbers("ant_2_array");
      int compared = 0;
      for (Path file : subbands) {
        try (HeaderArrays subband = new HeaderArrays(file)) {
          PhaseReference meridian =
              new PhaseReference.Meridian(subband.one("extra_keywords/phase_center_dec"));
          double[] uvw = subband.uvw.clone();
          double[] shift = new double[subband.times.length];
          rephaseByTime(subband, uvw, shift, meridian, centre);
          for (int i = 0; i < uvw.length; i++) {
            // The files' uvw are float32.
            assertThat(Math.abs(uvw[i] - twin.uvw[i])).isLessThan(3e-4);
          }
          double[] channels = subband.frequencies();
          float[] data = subband.visibilities();
          FringeRotator rotator = new FringeRotator(channels, POLARIZATIONS);
          int row = 2 * channels.length * POLARIZATIONS;
          for (int r = 0; r < shift.length; r++) {
            rotator.rotate(data, r * row, shift[r]);
            if (first[r] == second[r]) {
              continue;
            }
            for (int c = 0; c < channels.length; c++) {
              int twinChannel = indexOf(frequency, channels[c]);
              for (int p = 0; p < 2 * POLARIZATIONS; p++) {
                float want = expected[2 * POLARIZATIONS * (r * frequency.length + twinChannel) + p];
                assertThat(data[r * row + 2 * POLARIZATIONS * c + p] - want)
                    .isBetween(-1e-3f, 1e-3f);
                compared++;
              }
            }
          }
        }
      }
      assertThat(compared).isEqualTo(8 * 190 * 48 * 2 * POLARIZATIONS);
    }
  }

  private static void rephaseByTime(
      HeaderArrays file, double[] uvw, double[] shift, PhaseReference from, PhaseReference to) {
    int row = 0;
    while (row < shift.length) {
      int end = row;
      while (end < shift.length && file.times[end] == file.times[row]) {
        end++;
      }
      double[] part = new double[end - row];
      Rephasing.between(from, to, file.site, file.sky(row)).apply(uvw, 3 * row, end - row, part);
      System.arraycopy(part, 0, shift, row, part.length);
      row = end;
    }
  }

  private static int indexOf(double[] frequency, double hertz) {
    for (int i = 0; i < frequency.length; i++) {
      if (Math.abs(frequency[i] - hertz) < 1) {
        return i;
      }
    }
    throw new AssertionError("no channel at " + hertz);
  }

  private List<Path> extract(Path archive) throws IOException {
    List<Path> files = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.isFile()) {
          Path file = scratch.resolve(Path.of(e.getName()).getFileName());
          Files.copy(tar, file);
          files.add(file);
        }
      }
    }
    return files;
  }
}
