package org.cornerturn.radio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Measured Earth orientation, one entry a day at 0h UTC. Between two days it is interpolated
 * linearly, leap seconds taken out of UT1 - UTC.
 */
public final class EarthOrientationTable {
  private static final String BUNDLED = "iers-b-c04.txt";
  private static final double MJD_ZERO = 2400000.5;
  private static final double MICRO_ARCSECOND = Math.toRadians(1e-6 / 3600);
  private static final double DUT1_UNIT_SECONDS = 1e-7;

  private final int firstDay;
  private final double[] dut1Seconds;
  private final double[] poleXRad;
  private final double[] poleYRad;

  private EarthOrientationTable(int firstDay, double[] dut1, double[] x, double[] y) {
    this.firstDay = firstDay;
    this.dut1Seconds = dut1;
    this.poleXRad = x;
    this.poleYRad = y;
  }

  private static final class Bundled {
    static final EarthOrientationTable TABLE = load();
  }

  /**
   * The IERS-B series (EOP 14 C04) that travels with the program: 1973-01-01 to 2022-11-29. It is
   * read when first asked for.
   */
  public static EarthOrientationTable bundled() {
    return Bundled.TABLE;
  }

  private static EarthOrientationTable load() {
    try (InputStream in = EarthOrientationTable.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + BUNDLED + " is missing");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines of {@code MJD x y dut1} for consecutive days: micro-arcseconds twice, then units of
   * 0.1 microseconds. Lines that begin with # say what it is.
   */
  private static EarthOrientationTable read(BufferedReader lines) throws IOException {
    int first = -1;
    int n = 0;
    double[] dut1 = new double[32_768];
    double[] x = new double[dut1.length];
    double[] y = new double[dut1.length];
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      StringTokenizer words = new StringTokenizer(line);
      int day = Integer.parseInt(words.nextToken());
      first = first < 0 ? day : first;
      if (day != first + n) {
        throw new IllegalStateException(
            BUNDLED + ": day " + day + " doesn't follow the one before");
      }
      x[n] = Integer.parseInt(words.nextToken()) * MICRO_ARCSECOND;
      y[n] = Integer.parseInt(words.nextToken()) * MICRO_ARCSECOND;
      dut1[n++] = Integer.parseInt(words.nextToken()) * DUT1_UNIT_SECONDS;
    }
    return new EarthOrientationTable(
        first, Arrays.copyOf(dut1, n), Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  /** Modified Julian date of the first entry. */
  public int firstDay() {
    return firstDay;
  }

  /** Modified Julian date of the last entry. */
  public int lastDay() {
    return firstDay + dut1Seconds.length - 1;
  }

  /**
   * The orientation at an instant; empty outside the table's days.
   *
   * @param utc Julian date, UTC
   */
  public Optional<EarthOrientation> at(JulianDate utc) {
    double days = (utc.day() - MJD_ZERO - firstDay) + utc.fraction();
    if (!(days >= 0) || days > dut1Seconds.length - 1) {
      return Optional.empty();
    }
    int i = (int) Math.min(Math.floor(days), dut1Seconds.length - 2);
    double part = days - i;
    double step = dut1Seconds[i + 1] - dut1Seconds[i];
    return Optional.of(
        new EarthOrientation(
            dut1Seconds[i] + part * (step - Math.rint(step)),
            poleXRad[i] + part * (poleXRad[i + 1] - poleXRad[i]),
            poleYRad[i] + part * (poleYRad[i + 1] - poleYRad[i])));
  }
}
