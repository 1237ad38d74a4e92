package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.SharedByTasks;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.uvh5.RowMap;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Rows;

/** Reads what a UVH5 header says of rows, cell by cell of a rectangle of times and baselines. */
record RowSource(ConvertTask.Source file) implements SharedByTasks {
  /** Rows between two needed ones that are read along rather than skipped. */
  private static final int GAP = 4096;

  private static final int MOST_ROWS = 1 << 17;

  /** What is read of each row. */
  private interface Items {
    double[] read(Uvh5Rows rows, long first, int count) throws IOException;
  }

  /**
   * uvw in metres, (time, baseline, uvw); of a row that is the other way round with the sign
   * changed; NaN where there is no row.
   */
  double[] uvwMetres(RowMap map, TaskStores stores) throws IOException {
    try (ObjectChannel channel = file.open(stores);
        Uvh5File uvh5 = Uvh5File.open(channel)) {
      return uvwMetres(uvh5.rows(), map);
    }
  }

  /** As {@link #uvwMetres(RowMap, TaskStores)}, of an open file. */
  static double[] uvwMetres(Uvh5Rows rows, RowMap map) throws IOException {
    double[] uvw = read(rows, map, 3, Uvh5Rows::uvwMetres);
    for (int t = 0; t < map.times(); t++) {
      for (int b = 0; b < map.baselines(); b++) {
        if (map.row(t, b) >= 0 && map.exchanged(t, b)) {
          int at = 3 * (t * map.baselines() + b);
          for (int i = at; i < at + 3; i++) {
            uvw[i] = -uvw[i];
          }
        }
      }
    }
    return uvw;
  }

  /** Integration times in seconds, (time, baseline); NaN where there is no row. */
  double[] integrationSeconds(RowMap map, TaskStores stores) throws IOException {
    try (ObjectChannel channel = file.open(stores);
        Uvh5File uvh5 = Uvh5File.open(channel)) {
      return read(uvh5.rows(), map, 1, Uvh5Rows::integrationSeconds);
    }
  }

  private static double[] read(Uvh5Rows rows, RowMap map, int width, Items items)
      throws IOException {
    int cells = Math.multiplyExact(map.times(), map.baselines());
    double[] out = new double[Math.multiplyExact(cells, width)];
    Arrays.fill(out, Double.NaN);
    long[] rowOfCell = new long[cells];
    Integer[] order = new Integer[cells];
    for (int cell = 0; cell < cells; cell++) {
      rowOfCell[cell] = map.row(cell / map.baselines(), cell % map.baselines());
      order[cell] = cell;
    }
    Arrays.sort(order, (a, b) -> Long.compare(rowOfCell[a], rowOfCell[b]));
    for (int from = 0, to; from < cells; from = to) {
      long first = rowOfCell[order[from]];
      to = from + 1;
      if (first < 0) {
        continue;
      }
      while (to < cells
          && rowOfCell[order[to]] - rowOfCell[order[to - 1]] <= GAP
          && rowOfCell[order[to]] - first < MOST_ROWS) {
        to++;
      }
      int count = (int) (rowOfCell[order[to - 1]] - first + 1);
      double[] values = items.read(rows, first, count);
      for (int i = from; i < to; i++) {
        int at = (int) (rowOfCell[order[i]] - first) * width;
        System.arraycopy(values, at, out, order[i] * width, width);
      }
    }
    return out;
  }
}
