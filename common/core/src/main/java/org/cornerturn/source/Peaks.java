package org.cornerturn.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The summits of an island that stand out: going down from the top, ground that appears belongs to
 * the summit it touches; where two meet, the lower one counts if it rises far enough above the
 * saddle.
 */
final class Peaks {
  /**
   * @param place of the summit in the window
   * @param ground its pixels: the island's share that belongs to it
   */
  record Peak(int place, float height, List<Integer> ground) {}

  private final float[] height;
  private final int[] owner;
  private final int width;
  private final int x0;
  private final int y0;
  private final List<int[]> found = new ArrayList<>();
  private final List<Integer> parent = new ArrayList<>();

  private Peaks(Island island, int windowWidth) {
    this.x0 = island.bounds().x() - 1;
    this.y0 = island.bounds().y() - 1;
    this.width = island.bounds().width() + 2;
    int size = Math.multiplyExact(width, island.bounds().height() + 2);
    this.height = new float[size];
    this.owner = new int[size];
    for (int p : island.pixels()) {
      owner[local(p, windowWidth)] = -1;
    }
  }

  private int local(int place, int windowWidth) {
    int y = place / windowWidth;
    return (y - y0) * width + place - y * windowWidth - x0;
  }

  /**
   * @param values of the island's pixels above the background, in their order
   * @param rise least height above the saddle to a higher summit
   * @return the highest first
   */
  static List<Peak> of(Island island, float[] values, int windowWidth, double rise) {
    Peaks all = new Peaks(island, windowWidth);
    Integer[] order = new Integer[values.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      all.height[all.local(island.pixels()[i], windowWidth)] = values[i];
    }
    Arrays.sort(
        order,
        Comparator.comparingDouble((Integer i) -> -values[i])
            .thenComparing(i -> island.pixels()[i]));
    for (int i : order) {
      all.raise(all.local(island.pixels()[i], windowWidth), i, rise);
    }
    List<Peak> peaks = new ArrayList<>();
    int[] index = new int[all.found.size()];
    for (int s = 0; s < all.found.size(); s++) {
      int[] f = all.found.get(s);
      index[s] = -1;
      if (f[1] == 1) {
        index[s] = peaks.size();
        peaks.add(new Peak(island.pixels()[f[0]], values[f[0]], new ArrayList<>()));
      }
    }
    for (int i = 0; i < values.length; i++) {
      int s = all.owner[all.local(island.pixels()[i], windowWidth)] - 1;
      while (all.found.get(s)[1] == 0) {
        s = all.parent.get(s);
      }
      peaks.get(index[s]).ground().add(i);
    }
    return peaks;
  }

  /** Lets a pixel appear: it founds a summit, or belongs to the highest that it touches. */
  private void raise(int at, int index, double rise) {
    int best = -1;
    int steepest = -1;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int beside = at + dy * width + dx;
        if (owner[beside] > 0) {
          // Summits are numbered from the highest down.
          int s = standing(owner[beside] - 1);
          best = best < 0 ? s : Math.min(best, s);
          steepest = steepest < 0 || height[beside] > height[steepest] ? beside : steepest;
        }
      }
    }
    if (best < 0) {
      found.add(new int[] {index, 1, at});
      parent.add(found.size() - 1);
      owner[at] = found.size();
      return;
    }
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int o = owner[at + dy * width + dx];
        if (o > 0) {
          meet(standing(o - 1), best, height[at], rise);
        }
      }
    }
    owner[at] = standing(owner[steepest] - 1) + 1;
  }

  /** A summit that was joined to no higher one that it lies under, or itself. */
  private int standing(int summit) {
    int s = summit;
    while (found.get(s)[1] == 0) {
      s = parent.get(s);
    }
    return s;
  }

  /** Two summits touch at a saddle: the lower one goes, unless it stands out. */
  private void meet(int lower, int higher, float saddle, double rise) {
    if (lower == higher) {
      return;
    }
    int[] f = found.get(lower);
    if (height[f[2]] - saddle < rise) {
      f[1] = 0;
      parent.set(lower, higher);
    }
  }
}
