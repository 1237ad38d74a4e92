package org.cornerturn.calibration;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which antennas each baseline joins, by their places in the list of antennas. */
public final class Baselines implements Serializable {
  private static final long serialVersionUID = 1L;
  private final int antennas;
  private final int[] first;
  private final int[] second;

  /**
   * @param first antenna of each baseline
   * @param second antenna of each baseline; an antenna with itself is no baseline to calibrate by,
   *     but may be among them
   */
  public Baselines(int antennas, int[] first, int[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException("first and second antennas differ in number");
    }
    Map<Long, Integer> seen = new HashMap<>();
    for (int b = 0; b < first.length; b++) {
      int p = Math.min(first[b], second[b]);
      int q = Math.max(first[b], second[b]);
      if (p < 0 || q >= antennas) {
        throw new IllegalArgumentException("baseline " + b + " joins none of the antennas");
      }
      Integer other = seen.put((long) p * antennas + q, b);
      if (other != null) {
        throw new IllegalArgumentException("baselines " + other + " and " + b + " are the same");
      }
    }
    this.antennas = antennas;
    this.first = first.clone();
    this.second = second.clone();
  }

  /** Baselines by the names of their antennas. */
  public static Baselines of(List<String> antennas, List<String> first, List<String> second) {
    Map<String, Integer> places = new HashMap<>();
    for (int a = 0; a < antennas.size(); a++) {
      places.put(antennas.get(a), a);
    }
    return new Baselines(antennas.size(), places(places, first), places(places, second));
  }

  private static int[] places(Map<String, Integer> places, List<String> names) {
    int[] all = new int[names.size()];
    for (int i = 0; i < all.length; i++) {
      Integer place = places.get(names.get(i));
      if (place == null) {
        throw new IllegalArgumentException("no antenna " + names.get(i));
      }
      all[i] = place;
    }
    return all;
  }

  /** Every pair of different antennas, the lower number first. */
  public static Baselines all(int antennas) {
    int n = antennas * (antennas - 1) / 2;
    int[] first = new int[n];
    int[] second = new int[n];
    int b = 0;
    for (int p = 0; p < antennas; p++) {
      for (int q = p + 1; q < antennas; q++) {
        first[b] = p;
        second[b] = q;
        b++;
      }
    }
    return new Baselines(antennas, first, second);
  }

  public int antennas() {
    return antennas;
  }

  public int count() {
    return first.length;
  }

  public int first(int baseline) {
    return first[baseline];
  }

  public int second(int baseline) {
    return second[baseline];
  }

  /** Whether a baseline joins two antennas, not one with itself. */
  public boolean isCross(int baseline) {
    return first[baseline] != second[baseline];
  }
}
