package org.cornerturn.query.waveform;

import org.cornerturn.array.Shape;
import org.cornerturn.query.http.Problem;

/** One trace of a recording, each number from 0 on. */
record Trace(int channel, int trc, int segment) {
  /**
   * @param shape (channel, trc, segment, sample)
   * @throws Problem 404 when the recording has no such trace
   */
  static Trace of(long channel, long trc, long segment, Shape shape) {
    check("channel", channel, shape.dim(0));
    check("trc", trc, shape.dim(1));
    check("segment", segment, shape.dim(2));
    return new Trace((int) channel, (int) trc, (int) segment);
  }

  private static void check(String name, long number, long count) {
    if (number < 0 || number >= count) {
      throw Problem.notFound(
          "No " + name + " " + number + ": there are " + count + ", counted from 0");
    }
  }
}
