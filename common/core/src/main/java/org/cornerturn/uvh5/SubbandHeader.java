package org.cornerturn.uvh5;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.cornerturn.observation.Band;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.observation.TimeSpan;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;

/** What grouping needs to know, read from a UVH5 file. */
public final class SubbandHeader {
  /** Rows whose integration times are looked at for the median. */
  private static final int ROWS = 1 << 16;

  private SubbandHeader() {}

  /**
   * Reads times and antennas of all rows, no visibilities.
   *
   * @throws Uvh5Exception where they contradict the header or make no sense, a time that is NaN say
   */
  public static SubbandFile of(FileVersion version, Uvh5File file) throws IOException {
    return of(version, file.header(), file.layout(), integrationSeconds(file));
  }

  /**
   * The same of a file that has been read.
   *
   * @param integration length of an integration, seconds; the median where they differ
   */
  public static SubbandFile of(
      FileVersion version, Uvh5Header header, Uvh5Layout layout, double integration)
      throws Uvh5Exception {
    double first = JulianDate.unixSeconds(layout.julianDate(0));
    double last = JulianDate.unixSeconds(layout.julianDate(layout.times() - 1));
    TimeSpan time =
        new TimeSpan(
            instant(first - integration / 2),
            instant(last + integration / 2),
            layout.times(),
            integration);
    return new SubbandFile(
        version,
        SubbandFile.numberIn(version.name()).orElse(SubbandFile.UNNUMBERED),
        header.telescope().name(),
        time,
        band(header),
        header.antennasWithData(),
        layout.baselines(),
        polarizations(header),
        declination(header).orElse(Double.NaN));
  }

  private static double integrationSeconds(Uvh5File file) throws IOException {
    Uvh5Rows rows = file.rows();
    OptionalDouble stated = rows.statedIntegrationSeconds();
    double median;
    if (stated.isPresent()) {
      median = stated.getAsDouble();
    } else {
      double[] some = rows.integrationSeconds(0, (int) Math.min(ROWS, rows.count()));
      Arrays.sort(some); // NaN comes last.
      median = some[(some.length - 1) / 2];
    }
    if (!(median > 0) || Double.isInfinite(median)) {
      throw Uvh5Exception.of(
          file.name(), "/Header/integration_time", "it is " + median + " s, no length of time");
    }
    return median;
  }

  private static Instant instant(double unixSeconds) {
    long seconds = (long) Math.floor(unixSeconds);
    // A double holds today's seconds to 0.2 microseconds; more digits would be noise.
    return Instant.ofEpochSecond(seconds, Math.round((unixSeconds - seconds) * 1e6) * 1000);
  }

  private static Band band(Uvh5Header header) throws Uvh5Exception {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (ChannelGroup g : header.groups()) {
      SpectralWindow w = g.window();
      for (int i = 0; i < w.channels(); i++) {
        low = Math.min(low, w.frequencyHz(i) - w.widthHz(i) / 2);
        high = Math.max(high, w.frequencyHz(i) + w.widthHz(i) / 2);
      }
    }
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw Uvh5Exception.of(
          header.file(), "/Header/freq_array", "the band goes from " + low + " to " + high + " Hz");
    }
    return new Band(low, high, header.totalChannels());
  }

  private static List<Integer> polarizations(Uvh5Header header) {
    return header.polarizations().isEmpty()
        ? header.groups().stream()
            .flatMap(g -> g.polarizations().stream())
            .distinct()
            .map(Polarization::aipsCode)
            .toList()
        : header.polarizations().stream().map(Polarization::aipsCode).toList();
  }

  /** Of a scan of the meridian, or of the one direction to which the data are phased. */
  private static OptionalDouble declination(Uvh5Header header) {
    if (header.meridianDeclinationRad().isPresent()) {
      return header.meridianDeclinationRad();
    }
    List<PhaseCenter> centers = header.phaseCenters();
    return centers.size() == 1 && centers.get(0).kind() == PhaseCenter.Kind.SIDEREAL
        ? OptionalDouble.of(centers.get(0).latitudeRad())
        : OptionalDouble.empty();
  }
}
