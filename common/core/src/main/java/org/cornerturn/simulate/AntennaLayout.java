package org.cornerturn.simulate;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.Instrument.Layout;
import org.cornerturn.radio.UvwFrame;

/** Antennas of an instrument's layout. */
public final class AntennaLayout {
  private static final long STREAM = 31;
  private static final double[] ARM_BEARING_DEGREES = {355, 115, 236};
  private static final double ARM_POWER = 1.716;
  private static final int TRIES = 1000;

  private AntennaLayout() {}

  /**
   * As many antennas as asked for: of a table every so many'th, so that its shape remains.
   *
   * @param layout the instrument's own, or another
   */
  public static List<Antenna> antennas(Instrument instrument, Layout layout, int count, long seed) {
    if (layout instanceof Layout.Stations table) {
      int all = table.antennas().size();
      if (count > all) {
        throw new UserError(
            count + " antennas",
            instrument.name() + " has " + all,
            "Ask for fewer, or for another layout");
      }
      List<Antenna> chosen = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        chosen.add(table.antennas().get((int) ((long) i * all / count)));
      }
      return chosen;
    }
    return layout instanceof Layout.Wye y
        ? wye(instrument, count, y.extentMetres())
        : scattered(instrument, count, ((Layout.Scattered) layout).extentMetres(), seed);
  }

  private static List<Antenna> wye(Instrument instrument, int count, double extent) {
    List<Antenna> all = new ArrayList<>();
    int longest = (count + 2) / 3;
    for (int i = 0; i < count; i++) {
      double distance = extent * Math.pow((i / 3 + 1.0) / longest, ARM_POWER);
      double bearing = Math.toRadians(ARM_BEARING_DEGREES[i % 3]);
      all.add(
          antenna(instrument, i + 1, distance * Math.sin(bearing), distance * Math.cos(bearing)));
    }
    return all;
  }

  private static List<Antenna> scattered(
      Instrument instrument, int count, double extent, long seed) {
    CounterRandom draws = new CounterRandom(seed, STREAM);
    double apart = 1.2 * instrument.dishDiameterMetres();
    List<double[]> places = new ArrayList<>();
    for (long i = 0; places.size() < count; i++) {
      if (i > (long) TRIES * count) {
        throw new UserError(
            count + " antennas in a disk of " + extent + " m",
            "they don't find room beside each other",
            "Ask for fewer, or for a wider layout");
      }
      double r = extent * Math.sqrt(draws.uniform(2 * i));
      double angle = 2 * Math.PI * draws.uniform(2 * i + 1);
      double[] place = {r * Math.cos(angle), r * Math.sin(angle)};
      if (places.stream().allMatch(p -> Math.hypot(p[0] - place[0], p[1] - place[1]) > apart)) {
        places.add(place);
      }
    }
    List<Antenna> all = new ArrayList<>();
    for (double[] p : places) {
      all.add(antenna(instrument, all.size() + 1, p[0], p[1]));
    }
    return all;
  }

  private static Antenna antenna(Instrument instrument, int number, double east, double north) {
    Geodetic site = instrument.telescope().location();
    double[] m = UvwFrame.zenith(site).vector(east, north, 0);
    double s = Math.sin(site.longitudeRad());
    double c = Math.cos(site.longitudeRad());
    return new Antenna(
        number,
        "ANT" + number,
        new Ecef(c * m[0] - s * m[1], s * m[0] + c * m[1], m[2]),
        instrument.dishDiameterMetres(),
        List.of("x", "y"),
        List.of(Math.PI / 2, 0.0),
        instrument.mount());
  }
}
