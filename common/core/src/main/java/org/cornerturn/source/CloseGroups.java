package org.cornerturn.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Places of a plane that hang together by steps no longer than a radius. */
final class CloseGroups {
  private CloseGroups() {}

  /**
   * @param wanted places that count
   * @return places by groups, each ascending, in the order of their first
   */
  static List<List<Integer>> of(double[] x, double[] y, double radius, IntPredicate wanted) {
    Map<Long, List<Integer>> cells = new HashMap<>();
    int[] parent = new int[x.length];
    for (int p = 0; p < x.length; p++) {
      parent[p] = p;
      if (!wanted.test(p)) {
        continue;
      }
      int cx = (int) Math.floor(x[p] / radius);
      int cy = (int) Math.floor(y[p] / radius);
      for (int j = cy - 1; j <= cy + 1; j++) {
        for (int i = cx - 1; i <= cx + 1; i++) {
          for (int q : cells.getOrDefault(key(i, j), List.of())) {
            if (Math.hypot(x[p] - x[q], y[p] - y[q]) < radius) {
              int a = root(parent, p);
              int b = root(parent, q);
              parent[Math.max(a, b)] = Math.min(a, b);
            }
          }
        }
      }
      cells.computeIfAbsent(key(cx, cy), k -> new ArrayList<>()).add(p);
    }
    Map<Integer, List<Integer>> groups = new HashMap<>();
    List<List<Integer>> out = new ArrayList<>();
    for (int p = 0; p < x.length; p++) {
      if (wanted.test(p)) {
        int root = root(parent, p);
        if (root == p) {
          groups.put(p, new ArrayList<>());
          out.add(groups.get(p));
        }
        groups.get(root).add(p);
      }
    }
    return out;
  }

  private static long key(int i, int j) {
    return (long) i << 32 ^ j & 0xffffffffL;
  }

  private static int root(int[] parent, int p) {
    int r = p;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }
}
