package org.cornerturn.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.plane.CutOut;

/** Finds islands: runs of rows, joined where they touch (corners too) by union-find. */
final class Islands {
  private final CutOut window;
  private final float flood;
  private final float seed;
  private int[] start = new int[1024];
  private int[] end = new int[1024];
  private int[] parent = new int[1024];
  private int[] peak = new int[1024];
  private float[] snr = new float[1024];
  private int runs;

  private Islands(CutOut window, double flood, double seed) {
    this.window = window;
    this.flood = (float) flood;
    this.seed = (float) seed;
  }

  /**
   * @param plane the window's pixels, (y, x); NaN belongs to no island
   * @param window in the image
   * @param flood level to which an island goes, times the noise
   * @param seed level that one of its pixels has, times the noise
   * @return in the order of their first pixels
   */
  static List<Island> of(
      float[] plane, CutOut window, Background background, double flood, double seed) {
    Islands all = new Islands(window, flood, seed);
    all.scan(plane, background);
    return all.collect();
  }

  private void scan(float[] plane, Background background) {
    int width = window.width();
    Background.Row row = background.row(window.x(), width);
    float[] level = row.levels();
    float[] rms = row.rms();
    int before = 0;
    int beforeEnd = 0;
    for (int y = 0; y < window.height(); y++) {
      row.go(window.y() + y);
      int first = runs;
      int base = y * width;
      int x = 0;
      while (x < width) {
        // Comparisons with NaN, of pixel or noise, are false.
        if (!(plane[base + x] - level[x] >= flood * rms[x]) || rms[x] == 0) {
          x++;
          continue;
        }
        int from = x;
        int best = x;
        float most = 0;
        do {
          float s = (plane[base + x] - level[x]) / rms[x];
          if (s > most) {
            most = s;
            best = x;
          }
          x++;
        } while (x < width && plane[base + x] - level[x] >= flood * rms[x] && rms[x] > 0);
        add(base + from, base + x, base + best, most);
      }
      join(before, beforeEnd, first, width);
      before = first;
      beforeEnd = runs;
    }
  }

  private void add(int from, int to, int best, float most) {
    if (runs == start.length) {
      int more = Math.multiplyExact(2, runs);
      start = Arrays.copyOf(start, more);
      end = Arrays.copyOf(end, more);
      parent = Arrays.copyOf(parent, more);
      peak = Arrays.copyOf(peak, more);
      snr = Arrays.copyOf(snr, more);
    }
    start[runs] = from;
    end[runs] = to;
    parent[runs] = runs;
    peak[runs] = best;
    snr[runs] = most;
    runs++;
  }

  /** Joins the runs from {@code first} on with those of the row before. */
  private void join(int above, int aboveEnd, int first, int width) {
    int a = above;
    for (int b = first; b < runs; b++) {
      while (a < aboveEnd && end[a] + width < start[b]) {
        a++;
      }
      for (int k = a; k < aboveEnd && start[k] + width <= end[b]; k++) {
        union(k, b);
      }
    }
  }

  private int root(int run) {
    int r = run;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  private void union(int a, int b) {
    int p = root(a);
    int q = root(b);
    if (p == q) {
      return;
    }
    // The first run stays the root, so that islands come in the order of their first pixels.
    int to = Math.min(p, q);
    int from = Math.max(p, q);
    parent[from] = to;
    if (snr[from] > snr[to] || snr[from] == snr[to] && peak[from] < peak[to]) {
      snr[to] = snr[from];
      peak[to] = peak[from];
    }
  }

  private List<Island> collect() {
    int[] size = new int[runs];
    for (int r = 0; r < runs; r++) {
      size[root(r)] += end[r] - start[r];
    }
    int[] index = new int[runs];
    List<int[]> pixels = new ArrayList<>();
    List<Integer> roots = new ArrayList<>();
    for (int r = 0; r < runs; r++) {
      boolean seen = parent[r] == r && snr[r] >= seed;
      index[r] = seen ? pixels.size() : -1;
      if (seen) {
        pixels.add(new int[size[r]]);
        roots.add(r);
      }
    }
    int[] filled = new int[pixels.size()];
    int[][] box = new int[pixels.size()][];
    for (int r = 0; r < runs; r++) {
      int to = index[root(r)];
      if (to < 0) {
        continue;
      }
      int y = start[r] / window.width();
      int x0 = start[r] - y * window.width();
      int x1 = x0 + end[r] - start[r];
      int[] b = box[to];
      if (b == null) {
        box[to] = new int[] {x0, y, x1, y + 1};
      } else {
        b[0] = Math.min(b[0], x0);
        b[2] = Math.max(b[2], x1);
        b[3] = y + 1;
      }
      int[] out = pixels.get(to);
      for (int p = start[r]; p < end[r]; p++) {
        out[filled[to]++] = p;
      }
    }
    List<Island> islands = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      int[] b = box[i];
      CutOut bounds = new CutOut(b[0], b[1], b[2] - b[0], b[3] - b[1]);
      islands.add(new Island(pixels.get(i), bounds, peak[roots.get(i)], snr[roots.get(i)]));
    }
    return islands;
  }
}
