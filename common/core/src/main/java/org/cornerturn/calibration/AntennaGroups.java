package org.cornerturn.calibration;

import java.util.Arrays;

/**
 * Which antennas a cell's baselines determine: those with enough baselines to each other, joined by
 * them, and in their largest group.
 */
final class AntennaGroups {
  private static final int NONE = -1;

  private final int antennas;
  private final int[] degree;
  private final int[] group;
  private final int[] queue;
  private final boolean[] side;

  AntennaGroups(int antennas) {
    this.antennas = antennas;
    degree = new int[antennas];
    group = new int[antennas];
    queue = new int[antennas];
    side = new boolean[antennas];
  }

  /**
   * Flags what can't be solved for.
   *
   * @param joined (antenna, antenna) and symmetric, positive where a baseline has data
   * @param flags of antennas, good ones are judged
   * @param amplitudes whether amplitudes are to be determined too
   */
  void choose(double[][] joined, SolutionFlag[] flags, int minBaselines, boolean amplitudes) {
    dropLonely(joined, flags, minBaselines);
    Arrays.fill(group, NONE);
    int groups = 0;
    int largest = NONE;
    int size = 0;
    boolean ambiguous = false;
    for (int a = 0; a < antennas; a++) {
      if (flags[a] != SolutionFlag.GOOD || group[a] != NONE) {
        continue;
      }
      boolean twoSided = isTwoSided(joined, flags, a, groups);
      int members = 0;
      for (int g : group) {
        members += g == groups ? 1 : 0;
      }
      if (members > size) {
        largest = groups;
        size = members;
        ambiguous = twoSided;
      }
      groups++;
    }
    for (int a = 0; a < antennas; a++) {
      if (group[a] == NONE) {
        continue;
      }
      if (group[a] != largest) {
        flags[a] = SolutionFlag.SEPARATE_GROUP;
      } else if (ambiguous && amplitudes) {
        flags[a] = SolutionFlag.AMBIGUOUS_AMPLITUDE;
      }
    }
  }

  /** Drops antennas with too few baselines to those that stay, until none is left of them. */
  private void dropLonely(double[][] joined, SolutionFlag[] flags, int minBaselines) {
    for (int a = 0; a < antennas; a++) {
      degree[a] = 0;
      for (int b = 0; b < antennas; b++) {
        degree[a] += isEdge(joined, flags, a, b) ? 1 : 0;
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int a = 0; a < antennas; a++) {
        if (flags[a] != SolutionFlag.GOOD || degree[a] >= minBaselines) {
          continue;
        }
        for (int b = 0; b < antennas; b++) {
          degree[b] -= isEdge(joined, flags, a, b) ? 1 : 0;
        }
        flags[a] = SolutionFlag.TOO_FEW_BASELINES;
        changed = true;
      }
    }
  }

  private boolean isEdge(double[][] joined, SolutionFlag[] flags, int a, int b) {
    return joined[a][b] > 0 && flags[a] == SolutionFlag.GOOD && flags[b] == SolutionFlag.GOOD;
  }

  /**
   * Numbers the group of an antenna.
   *
   * @return whether all its baselines join one half of it with the other
   */
  private boolean isTwoSided(double[][] joined, SolutionFlag[] flags, int first, int number) {
    boolean twoSided = true;
    int head = 0;
    int tail = 0;
    queue[tail++] = first;
    group[first] = number;
    side[first] = false;
    while (head < tail) {
      int a = queue[head++];
      for (int b = 0; b < antennas; b++) {
        if (!isEdge(joined, flags, a, b)) {
          continue;
        }
        if (group[b] == NONE) {
          group[b] = number;
          side[b] = !side[a];
          queue[tail++] = b;
        } else {
          twoSided &= side[b] != side[a];
        }
      }
    }
    return twoSided;
  }
}
