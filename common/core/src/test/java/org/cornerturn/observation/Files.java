package org.cornerturn.observation;

import java.time.Instant;
import java.util.List;

/** Headers of files that nobody has written: 16 subbands of 11.71875 MHz below 1.5 GHz. */
final class Files {
  static final Instant T0 = Instant.parse("2025-01-01T00:00:00Z");
  static final double INTEGRATION = 12.884902;
  static final int INTEGRATIONS = 24;
  private static final double TOP_HZ = 1.5e9;
  private static final double WIDTH_HZ = 48 * 244140.625;
  private static final List<Integer> XX_YY = List.of(-5, -6);

  private Files() {}

  static Instant at(double seconds) {
    return T0.plusNanos(Math.round(seconds * 1e9));
  }

  static Band band(int place) {
    double high = TOP_HZ - place * WIDTH_HZ;
    return new Band(high - WIDTH_HZ, high, 48);
  }

  static TimeSpan span(double start, int integrations) {
    return new TimeSpan(
        at(start), at(start + integrations * INTEGRATION), integrations, INTEGRATION);
  }

  /** A sound file; the URI has its number. */
  static SubbandFile file(String folder, int number, double start, long modified) {
    String name = "%s/%s_sb%02d.hdf5".formatted(folder, at(start), number);
    return new SubbandFile(
        new FileVersion(name, 1000, "v", modified),
        number,
        "OVRO_MMA",
        span(start, INTEGRATIONS),
        band(number),
        96,
        4656,
        XX_YY,
        0.65);
  }

  static SubbandFile file(int number, double start) {
    return file("/data", number, start, 0);
  }

  /** The same header under a name that has no number. */
  static SubbandFile unnumbered(SubbandFile f, String uri) {
    return new SubbandFile(
        new FileVersion(uri, 1000, "v", f.file().modifiedMillis()),
        SubbandFile.UNNUMBERED,
        f.telescope(),
        f.time(),
        f.band(),
        f.antennas(),
        f.baselines(),
        f.polarizations(),
        f.declinationRad());
  }

  static SubbandFile with(SubbandFile f, int antennas, List<Integer> polarizations) {
    return new SubbandFile(
        f.file(),
        f.number(),
        f.telescope(),
        f.time(),
        f.band(),
        antennas,
        f.baselines(),
        polarizations,
        f.declinationRad());
  }

  static SubbandFile with(SubbandFile f, TimeSpan time) {
    return new SubbandFile(
        f.file(),
        f.number(),
        f.telescope(),
        time,
        f.band(),
        f.antennas(),
        f.baselines(),
        f.polarizations(),
        f.declinationRad());
  }

  static SubbandFile with(SubbandFile f, Band band, double declination) {
    return new SubbandFile(
        f.file(),
        f.number(),
        f.telescope(),
        f.time(),
        band,
        f.antennas(),
        f.baselines(),
        f.polarizations(),
        declination);
  }

  /** The same file in another place. */
  static SubbandFile at(String folder, SubbandFile f) {
    return new SubbandFile(
        new FileVersion(folder + f.file().uri(), 1000, "v", f.file().modifiedMillis()),
        f.number(),
        f.telescope(),
        f.time(),
        f.band(),
        f.antennas(),
        f.baselines(),
        f.polarizations(),
        f.declinationRad());
  }

  static SubbandFile of(SubbandFile f, String telescope) {
    return new SubbandFile(
        new FileVersion("/" + telescope + f.file().uri(), 1000, "v", 0),
        f.number(),
        telescope,
        f.time(),
        f.band(),
        f.antennas(),
        f.baselines(),
        f.polarizations(),
        f.declinationRad());
  }
}
