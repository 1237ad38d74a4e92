package org.cornerturn.jobs.image;

import java.util.Locale;

/** How much care an image is made with, unless options say otherwise. */
enum Preset {
  /** A quick look: pixels four times as large, few components. */
  DEVELOPMENT(4, 300, 3, 5, 3, 1e-3),
  STANDARD(1, 10_000, 8, 5, 3, 1e-4),
  /** Down to the noise, more accurately gridded. */
  HIGH_PRECISION(1, 100_000, 15, 4, 1, 2e-5);

  final double coarser;
  final int iterations;
  final int majorCycles;
  final double autoMask;
  final double autoThreshold;
  final double accuracy;

  Preset(
      double coarser,
      int iterations,
      int majorCycles,
      double autoMask,
      double autoThreshold,
      double accuracy) {
    this.coarser = coarser;
    this.iterations = iterations;
    this.majorCycles = majorCycles;
    this.autoMask = autoMask;
    this.autoThreshold = autoThreshold;
    this.accuracy = accuracy;
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
