package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectChannel;

/**
 * Reads a region of an array that lies in one run of the file. Rows that are close together come
 * with one request, gaps included.
 */
final class RowReader {
  private static final long GAP = 256 << 10;
  private static final long REQUEST = 16 << 20;
  private static final int MOST_ROWS = 1 << 20;

  private final ObjectChannel channel;
  private final long position;
  private final Shape shape;
  private final int elementSize;
  private byte[] buffer = new byte[0];

  /**
   * @param position absolute position of the array's first byte
   */
  RowReader(ObjectChannel channel, long position, Shape shape, int elementSize) {
    this.channel = channel;
    this.position = position;
    this.shape = shape;
    this.elementSize = elementSize;
  }

  /** Reads the region's bytes densely in C order to the start of {@code target}. */
  void read(Box region, byte[] target) throws IOException {
    int rank = shape.rank();
    long[] stride = new long[rank];
    long n = elementSize;
    for (int i = rank - 1; i >= 0; i--) {
      stride[i] = n;
      n *= shape.dim(i);
    }
    // Axes from `whole` on are taken whole, so a row covers them and the part of the axis before.
    int whole = rank;
    while (whole > 0 && region.extent(whole - 1) == shape.dim(whole - 1)) {
      whole--;
    }
    int outer = Math.max(0, whole - 1);
    long row = elementSize;
    for (int i = outer; i < rank; i++) {
      row *= region.extent(i);
    }
    long offset = 0;
    for (int i = 0; i < rank; i++) {
      offset += region.start(i) * stride[i];
    }
    long[] at = new long[outer];
    long[] rows = new long[64];
    int count = 0;
    int done = 0;
    int rowBytes = Math.toIntExact(row);
    while (true) {
      if (count > 0 && !joins(rows[0], rows[count - 1] + row, offset, row, count)) {
        flush(rows, count, rowBytes, target, done);
        done += count * rowBytes;
        count = 0;
      }
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
      }
      rows[count++] = offset;
      int k = outer - 1;
      while (k >= 0) {
        offset += stride[k];
        if (++at[k] < region.extent(k)) {
          break;
        }
        offset -= stride[k] * region.extent(k);
        at[k] = 0;
        k--;
      }
      if (k < 0) {
        flush(rows, count, rowBytes, target, done);
        return;
      }
    }
  }

  private static boolean joins(long start, long end, long next, long row, int count) {
    return next - end <= GAP && next + row - start <= REQUEST && count < MOST_ROWS;
  }

  private void flush(long[] rows, int count, int rowBytes, byte[] target, int done)
      throws IOException {
    if (count == 1) {
      channel.readFully(position + rows[0], target, done, rowBytes);
      return;
    }
    int span = (int) (rows[count - 1] + rowBytes - rows[0]);
    if (buffer.length < span) {
      buffer = new byte[span];
    }
    channel.readFully(position + rows[0], buffer, 0, span);
    for (int i = 0; i < count; i++) {
      System.arraycopy(buffer, (int) (rows[i] - rows[0]), target, done + i * rowBytes, rowBytes);
    }
  }
}
