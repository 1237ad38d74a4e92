package org.cornerturn.pyramid;

/** What stands for the samples of a bin. Of complex samples the magnitude counts. */
public enum Reduction {
  /** The least that isn't NaN, of the samples' own type; NaN where all are. */
  MIN,
  /** The greatest that isn't NaN, of the samples' own type; NaN where all are. */
  MAX,
  /** The mean of those that aren't NaN, float32 or float64; NaN where all are. */
  MEAN
}
