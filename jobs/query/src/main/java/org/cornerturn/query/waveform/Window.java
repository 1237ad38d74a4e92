package org.cornerturn.query.waveform;

import org.cornerturn.query.http.Problem;

/**
 * What is asked for of a trace.
 *
 * @param start first sample
 * @param stop sample behind the last
 * @param width most buckets
 */
record Window(long start, long stop, int width) {
  /** A time that stands for a sample may differ from it by rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * The samples around a span of time: from the last at or before its begin to the first at or
   * after its end, as far as the trace goes.
   *
   * @param from seconds after the first sample
   * @param to seconds, at least {@code from}
   * @param interval seconds from sample to sample
   * @throws Problem 400 when the span is reversed or lies outside the trace
   */
  static Window ofTime(double from, double to, double interval, long samples, int width) {
    if (to < from) {
      throw Problem.invalid("t1", to + " s is before t0, " + from + " s");
    }
    double first = Math.floor(from / interval + ROUNDING);
    double last = Math.ceil(to / interval - ROUNDING);
    if (first > samples - 1 || last < 0) {
      throw Problem.invalid(
          first > samples - 1 ? "t0" : "t1",
          "the trace goes from 0 to " + (samples - 1) * interval + " s");
    }
    long start = (long) Math.max(0, first);
    long stop = (long) Math.min(samples, last + 1);
    return new Window(start, Math.max(stop, start + 1), width);
  }

  /**
   * @throws Problem 400 when there are no such samples
   */
  static Window ofSamples(long start, long stop, long samples, int width) {
    if (start < 0 || start >= samples) {
      throw Problem.invalid("start", start + " is not one of the samples 0 to " + (samples - 1));
    }
    if (stop <= start) {
      throw Problem.invalid("stop", stop + " is not after the start, " + start);
    }
    return new Window(start, Math.min(stop, samples), width);
  }
}
