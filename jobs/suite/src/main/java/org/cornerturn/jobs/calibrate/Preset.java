package org.cornerturn.jobs.calibrate;

import java.util.List;

/** Chains that fit most data. */
enum Preset {
  /** Delays, a bandpass of every channel, gains each minute. */
  STANDARD(List.of("K:inf", "B:inf", "G:60s"), 0),
  /** A coarser bandpass and phases alone, of the longer baselines. */
  FAST(List.of("B:inf:4ch", "G:30s:phase"), 1000),
  /** One bandpass of wide channels. */
  MINIMAL(List.of("B:inf:16ch"), 0);

  private final List<String> chain;
  private final double minUvWavelengths;

  Preset(List<String> chain, double minUvWavelengths) {
    this.chain = chain;
    this.minUvWavelengths = minUvWavelengths;
  }

  List<String> chain() {
    return chain;
  }

  double minUvWavelengths() {
    return minUvWavelengths;
  }
}
