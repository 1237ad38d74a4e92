package org.cornerturn.radio;

import java.io.Serializable;
import java.util.List;

/**
 * An antenna of an array.
 *
 * @param number as baselines name it; not a position in a list
 * @param position from the telescope's reference point, in ITRS axes
 * @param diameterMetres NaN where it isn't known
 * @param feeds in the order of the receptors, {@code x} and {@code y} say; empty where unknown
 * @param feedAnglesRad one for each feed, from north through east; empty where unknown
 * @param mount pyuvdata's word ({@code alt-az}, {@code fixed}, ...); empty where unknown
 */
public record Antenna(
    int number,
    String name,
    Ecef position,
    double diameterMetres,
    List<String> feeds,
    List<Double> feedAnglesRad,
    String mount)
    implements Serializable {
  public Antenna {
    feeds = List.copyOf(feeds);
    feedAnglesRad = List.copyOf(feedAnglesRad);
  }

  /** An antenna of which no more than its place is known. */
  public static Antenna at(int number, String name, Ecef position) {
    return new Antenna(number, name, position, Double.NaN, List.of(), List.of(), "");
  }

  public Antenna withDiameter(double metres) {
    return new Antenna(number, name, position, metres, feeds, feedAnglesRad, mount);
  }
}
