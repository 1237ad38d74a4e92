package org.cornerturn.jobs.pyramid;

/**
 * How an axis is cut.
 *
 * @param task elements of the finer level that a task reads: a multiple of the factor, or all
 * @param chunk elements of the coarser level in a stored chunk; tasks end where chunks end
 */
record AxisCut(long task, long chunk) {
  /** A chunk may be this many times smaller than asked for, if it divides evenly. */
  private static final int TOLERANCE = 4;

  /**
   * Cuts along the chunks of what is read where that can be, so that few of them are decoded by two
   * tasks.
   *
   * @param length of the axis in the finer level
   * @param source the finer level's chunk
   * @param factor elements of the finer level that make one of the coarser
   * @param most elements that a task should read; more only where the source's chunk has more
   * @param cap elements of a chunk of the coarser level at most
   */
  static AxisCut of(long length, long source, int factor, long most, long cap) {
    long out = ceilDiv(length, factor);
    if (length <= most) {
      return new AxisCut(length, Math.min(out, cap));
    }
    long chunk = Math.min(source, length);
    long unit = chunk / gcd(chunk, factor) * factor;
    long bins = unit / factor;
    AxisCut cut = null;
    if (unit <= Math.max(most, ceilDiv(chunk, factor) * factor)) {
      if (bins <= cap) {
        long joined = Math.max(1, Math.min(cap / bins, most / unit));
        cut = new AxisCut(unit * joined * Math.max(1, most / (unit * joined)), bins * joined);
      } else {
        long parts = divisor(bins, ceilDiv(bins, cap));
        if (parts > 0) {
          cut = new AxisCut(unit * Math.max(1, most / unit), bins / parts);
        }
      }
    }
    if (cut == null) {
      long bin = Math.max(1, Math.min(cap, most / factor));
      long step = bin * factor;
      cut = new AxisCut(Math.max(most / step, ceilDiv(chunk, step)) * step, bin);
    }
    return new AxisCut(Math.min(cut.task, length), Math.min(cut.chunk, out));
  }

  /** The smallest divisor from a number on, within the tolerance; 0 for none. */
  private static long divisor(long n, long from) {
    for (long d = from; d <= from * TOLERANCE && d <= n; d++) {
      if (n % d == 0) {
        return d;
      }
    }
    return 0;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
