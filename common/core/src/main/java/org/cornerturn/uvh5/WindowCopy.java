package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.hdf5.DatasetSource;

/**
 * Brings rows of a file into the order that leaves the program. Rows are read in the file's order,
 * in runs that end where its chunks end, so that no chunk is decoded twice.
 */
final class WindowCopy {
  private static final long BATCH_BYTES = 8L << 20;

  /** What happens to the values of a row that is the other way round. */
  enum Exchange {
    /** The correlations that name the antennas' feeds crosswise change places. */
    PLACES,
    /** That, and pairs of float32 are conjugated. */
    CONJUGATE_64,
    /** That, and pairs of float64 are conjugated. */
    CONJUGATE_128;

    static Exchange of(Primitive complex) {
      return complex == Primitive.COMPLEX64 ? CONJUGATE_64 : CONJUGATE_128;
    }
  }

  /** Reads a region of a dataset as dense elements of this copy's size. */
  interface Read {
    byte[] read(Box box) throws IOException;
  }

  private final Uvh5Source source;
  private final VisibilityWindow window;
  private final int size;
  private final FileBoxes.ChannelSpan span;
  private final int channels;
  private final int pols;
  private final int filePols;
  private final int[] straight;
  private final int[] crosswise;
  private final boolean dense;

  /**
   * @param size bytes of an element
   */
  WindowCopy(Uvh5Source source, VisibilityWindow window, int size) {
    this.source = source;
    this.window = window;
    this.size = size;
    span = FileBoxes.ChannelSpan.of(window);
    channels = window.channels();
    pols = window.polarizations();
    filePols = source.polarizations();
    straight = offsets(false);
    crosswise = window.group().canExchange() ? offsets(true) : straight;
    dense = isDense();
  }

  /** Offset in a file row's bytes of each element of a row that leaves. */
  private int[] offsets(boolean exchanged) {
    int[] offsets = new int[channels * pols];
    ChannelGroup g = window.group();
    for (int c = 0; c < channels; c++) {
      int channel = g.fileChannel(window.firstChannel() + c) - span.first();
      for (int p = 0; p < pols; p++) {
        int pol = exchanged ? g.exchangedFilePolarization(p) : g.filePolarization(p);
        offsets[c * pols + p] = (channel * filePols + pol) * size;
      }
    }
    return offsets;
  }

  private boolean isDense() {
    for (int i = 0; i < straight.length; i++) {
      if (straight[i] != i * size) {
        return false;
      }
    }
    return filePols == pols;
  }

  static byte[] missing(Primitive complex) {
    return complex == Primitive.COMPLEX64
        ? org.cornerturn.array.Block.toBytes(new float[] {Float.NaN, Float.NaN})
        : org.cornerturn.array.Block.toBytes(new double[] {Double.NaN, Double.NaN});
  }

  /**
   * @param missing an element of cells without a row
   * @return (time, baseline, frequency, polarization), C order
   */
  byte[] run(DatasetSource dataset, Read read, Exchange exchange, byte[] missing)
      throws IOException {
    long rowBytes = (long) channels * pols * size;
    byte[] out =
        new byte
            [Math.toIntExact(rowBytes * Math.multiplyExact(window.times(), window.baselines()))];
    Cells cells = new Cells(window.rows());
    int row = (int) rowBytes;
    for (int i = 0; i < cells.absent(); i++) {
      fill(out, cells.absentCell(i) * row, row, missing);
    }
    long fileRowBytes = (long) span.count() * filePols * size;
    long chunkRows = dataset.chunk() == null ? 1 : dataset.chunk().dim(0);
    int at = 0;
    while (at < cells.count()) {
      long first = cells.row(at);
      long most = Math.max(1, BATCH_BYTES / Math.max(1, fileRowBytes));
      // Up to the end of the last chunk that begins within a batch's size.
      long end = (first / chunkRows + Math.max(1, most / chunkRows)) * chunkRows;
      int next = at;
      while (next < cells.count() && cells.row(next) < end && !isGap(cells, next, at, chunkRows)) {
        next++;
      }
      int n = (int) (cells.row(next - 1) - first + 1);
      byte[] rows = read.read(FileBoxes.box(source, first, n, span.first(), span.count()));
      for (int i = at; i < next; i++) {
        int from = Math.toIntExact((cells.row(i) - first) * fileRowBytes);
        copy(rows, from, out, cells.cell(i) * row, cells.exchanged(i), exchange);
      }
      at = next;
    }
    return out;
  }

  /** Whether so many rows lie between two needed ones that they had better be left out. */
  private static boolean isGap(Cells cells, int next, int at, long chunkRows) {
    return next > at && cells.row(next) / chunkRows - cells.row(next - 1) / chunkRows > 1;
  }

  private static void fill(byte[] out, int at, int length, byte[] element) {
    System.arraycopy(element, 0, out, at, element.length);
    for (int done = element.length; done < length; ) {
      int n = Math.min(done, length - done);
      System.arraycopy(out, at, out, at + done, n);
      done += n;
    }
  }

  private void copy(byte[] src, int from, byte[] dst, int to, boolean turned, Exchange exchange) {
    if (!turned) {
      if (dense) {
        System.arraycopy(src, from, dst, to, straight.length * size);
      } else {
        ElementCopy.gather(src, from, straight, dst, to, size);
      }
      return;
    }
    ElementCopy.gather(src, from, crosswise, dst, to, size);
    switch (exchange) {
      case CONJUGATE_64 -> ElementCopy.negateOdd(dst, to, crosswise.length, Float.BYTES);
      case CONJUGATE_128 -> ElementCopy.negateOdd(dst, to, crosswise.length, Double.BYTES);
      default -> {}
    }
  }

  /** Cells with their rows, in the order of the rows. */
  private static final class Cells {
    private static final int CELL_BITS = 31;

    private final RowMap rows;
    private final long[] rowAndCell;
    private final int count;
    private final int[] absent;
    private final int absentCount;

    Cells(RowMap rows) {
      this.rows = rows;
      int n = Math.multiplyExact(rows.times(), rows.baselines());
      rowAndCell = new long[n];
      int[] none = new int[0];
      int found = 0;
      int missing = 0;
      boolean sorted = true;
      for (int t = 0; t < rows.times(); t++) {
        for (int b = 0; b < rows.baselines(); b++) {
          long row = rows.row(t, b);
          int cell = t * rows.baselines() + b;
          if (row < 0) {
            if (missing == none.length) {
              none = Arrays.copyOf(none, Math.max(64, 2 * missing));
            }
            none[missing++] = cell;
          } else {
            rowAndCell[found] = row << CELL_BITS | cell;
            sorted &= found == 0 || rowAndCell[found] > rowAndCell[found - 1];
            found++;
          }
        }
      }
      count = found;
      absent = none;
      absentCount = missing;
      if (!sorted) {
        Arrays.sort(rowAndCell, 0, count);
      }
    }

    int count() {
      return count;
    }

    long row(int i) {
      return rowAndCell[i] >>> CELL_BITS;
    }

    int cell(int i) {
      return (int) (rowAndCell[i] & (1L << CELL_BITS) - 1);
    }

    boolean exchanged(int i) {
      int cell = cell(i);
      return rows.exchanged(cell / rows.baselines(), cell % rows.baselines());
    }

    int absent() {
      return absentCount;
    }

    int absentCell(int i) {
      return absent[i];
    }
  }
}
