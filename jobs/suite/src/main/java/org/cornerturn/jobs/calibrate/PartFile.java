package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.calibration.CellSums;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;

/**
 * What a task leaves for the one that finishes its term: gains or sums, and how many good samples
 * each antenna had in each integration. Little-endian, in a fixed order.
 */
final class PartFile {
  private PartFile() {}

  static byte[] of(GainTable gains, int[] good) {
    int n = gains.flags().length;
    long bytes = GainTable.bytes(n) + (long) Integer.BYTES * good.length;
    ByteBuffer to = buffer(bytes);
    to.asDoubleBuffer().put(gains.gains());
    to.position(to.position() + 2 * Double.BYTES * n);
    to.put(gains.flags());
    floats(to, gains.snr());
    floats(to, gains.chiSquared());
    ints(to, gains.iterations());
    ints(to, good);
    return to.array();
  }

  /** Sums of either kind. */
  static byte[] ofSums(CellSums sums, int[] good) {
    int length = sums.length(sums.cells());
    ByteBuffer to = buffer((long) Double.BYTES * length + (long) Integer.BYTES * good.length);
    sums.put(to.asDoubleBuffer());
    to.position(Double.BYTES * length);
    ints(to, good);
    return to.array();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void floats(ByteBuffer to, float[] values) {
    to.asFloatBuffer().put(values);
    to.position(to.position() + Float.BYTES * values.length);
  }

  private static void ints(ByteBuffer to, int[] values) {
    to.asIntBuffer().put(values);
    to.position(to.position() + Integer.BYTES * values.length);
  }

  /** Reads gains into an empty table of the part's axes. */
  static void read(byte[] part, GainTable into, int counts) throws IOException {
    int n = into.flags().length;
    check(part, GainTable.bytes(n) + (long) Integer.BYTES * counts);
    ByteBuffer from = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    double[] gains = new double[2 * n];
    from.asDoubleBuffer().get(gains);
    from.position(2 * Double.BYTES * n);
    byte[] flags = new byte[n];
    from.get(flags);
    for (int i = 0; i < n; i++) {
      if (flags[i] == 0) {
        into.set(i, gains[2 * i], gains[2 * i + 1]);
      } else {
        into.flag(i, SolutionFlag.of(flags[i]));
      }
    }
    from.asFloatBuffer().get(into.snr());
    from.position(from.position() + Float.BYTES * n);
    from.asFloatBuffer().get(into.chiSquared());
    from.position(from.position() + Float.BYTES * n);
    from.asIntBuffer().get(into.iterations());
  }

  /**
   * Adds sums of either kind to some of the cells.
   *
   * @param firstCell of them
   * @param cells how many there are in the part
   */
  static void readSums(byte[] part, CellSums sums, int firstCell, int cells, int counts)
      throws IOException {
    check(part, (long) Double.BYTES * sums.length(cells) + (long) Integer.BYTES * counts);
    ByteBuffer from = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    sums.addFrom(from.asDoubleBuffer(), firstCell, cells);
  }

  /** The counts of good samples of a part of either kind, which lie at its end. */
  static int[] counts(ObjectStore store, String key, int counts) throws IOException {
    int bytes = Math.multiplyExact(Integer.BYTES, counts);
    byte[] tail = new byte[bytes];
    try (ObjectChannel part = store.open(key)) {
      part.readFully(part.size() - bytes, tail, 0, bytes);
    }
    int[] good = new int[counts];
    ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(good);
    return good;
  }

  private static void check(byte[] part, long expected) throws IOException {
    if (part.length != expected) {
      throw new IOException("a part of " + part.length + " bytes instead of " + expected);
    }
  }
}
