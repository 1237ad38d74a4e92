package org.cornerturn.uvh5;

import org.cornerturn.array.Box;

/** Regions of the three datasets, whatever their rank. */
final class FileBoxes {
  private FileBoxes() {}

  /**
   * Rows and channels of one spectral window, all correlations.
   *
   * @param firstChannel on the file's frequency axis, windows of rank 4 one after the other
   */
  static Box box(Uvh5Source source, long firstRow, long rows, int firstChannel, int channels) {
    int pols = source.polarizations();
    if (source.rank() == 3) {
      return Box.of(new long[] {firstRow, firstChannel, 0}, new long[] {rows, channels, pols});
    }
    int window = firstChannel / source.channels();
    int first = firstChannel % source.channels();
    return Box.of(new long[] {firstRow, window, first, 0}, new long[] {rows, 1, channels, pols});
  }

  /** The smallest region around a window's rows and channels. */
  static Box around(Uvh5Source source, VisibilityWindow window) {
    long low = Long.MAX_VALUE;
    long high = -1;
    RowMap rows = window.rows();
    for (int t = 0; t < rows.times(); t++) {
      for (int b = 0; b < rows.baselines(); b++) {
        long row = rows.row(t, b);
        if (row >= 0) {
          low = Math.min(low, row);
          high = Math.max(high, row);
        }
      }
    }
    ChannelSpan channels = ChannelSpan.of(window);
    return high < 0
        ? box(source, 0, 0, channels.first(), 0)
        : box(source, low, high - low + 1, channels.first(), channels.count());
  }

  /** The smallest run of the file's channels around a window's. */
  record ChannelSpan(int first, int count) {
    static ChannelSpan of(VisibilityWindow w) {
      int low = Integer.MAX_VALUE;
      int high = -1;
      for (int c = 0; c < w.channels(); c++) {
        int at = w.group().fileChannel(w.firstChannel() + c);
        low = Math.min(low, at);
        high = Math.max(high, at);
      }
      return high < 0 ? new ChannelSpan(0, 0) : new ChannelSpan(low, high - low + 1);
    }
  }
}
