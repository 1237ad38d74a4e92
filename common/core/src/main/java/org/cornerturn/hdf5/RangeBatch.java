package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.cornerturn.storage.ObjectChannel;

/**
 * Reads many pieces of a file in the order of their positions, neighbours together in one request.
 */
final class RangeBatch {
  private final long maxGap;
  private final int maxRequest;
  private byte[] buffer = new byte[0];

  /**
   * @param maxGap bytes between two pieces that are read and thrown away rather than skipped
   * @param maxRequest bytes of one request, unless a single piece is larger
   */
  RangeBatch(long maxGap, int maxRequest) {
    this.maxGap = maxGap;
    this.maxRequest = maxRequest;
  }

  /** Takes a piece: its number, and the bytes in a buffer that is reused afterwards. */
  interface Taker {
    void take(int piece, byte[] bytes, int offset, int length) throws IOException;
  }

  /** Absolute positions and lengths in step. */
  void read(ObjectChannel channel, long[] positions, int[] lengths, Taker taker)
      throws IOException {
    Integer[] order = order(positions);
    int i = 0;
    while (i < order.length) {
      long start = positions[order[i]];
      long end = start + lengths[order[i]];
      int j = i + 1;
      while (j < order.length) {
        long nextStart = positions[order[j]];
        long nextEnd = Math.max(end, nextStart + lengths[order[j]]);
        if (nextStart - end > maxGap || nextEnd - start > maxRequest) {
          break;
        }
        end = nextEnd;
        j++;
      }
      int span = Math.toIntExact(end - start);
      if (buffer.length < span) {
        buffer = new byte[span];
      }
      channel.readFully(start, buffer, 0, span);
      for (int k = i; k < j; k++) {
        int piece = order[k];
        taker.take(piece, buffer, (int) (positions[piece] - start), lengths[piece]);
      }
      i = j;
    }
  }

  private static Integer[] order(long[] positions) {
    Integer[] order = new Integer[positions.length];
    boolean sorted = true;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      sorted &= i == 0 || positions[i] >= positions[i - 1];
    }
    if (!sorted) {
      Arrays.sort(order, Comparator.comparingLong(i -> positions[i]));
    }
    return order;
  }
}
