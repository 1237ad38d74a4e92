package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why there is no gain. The constants' places are the codes in tables of solutions. */
public enum SolutionFlag {
  /** There is one. */
  GOOD,
  /** All data are flagged, missing or of weight 0. */
  NO_DATA,
  /** All that is not flagged is NaN or infinite, or the gain became so. */
  NOT_FINITE,
  /** The model is 0 wherever there are data. */
  ZERO_MODEL,
  /** Every visibility of the antenna is 0. */
  DEAD_ANTENNA,
  /** Fewer baselines with data than are asked for, those to antennas without gain not counted. */
  TOO_FEW_BASELINES,
  /** No baseline leads to the larger group of antennas, whose gains are solved for. */
  SEPARATE_GROUP,
  /**
   * The baselines join two sets of antennas, and none within a set: the amplitudes of one set could
   * be exchanged for those of the other.
   */
  AMBIGUOUS_AMPLITUDE,
  /** The iteration ended before the gains stood still. */
  NOT_CONVERGED,
  /** Signal over noise is less than asked for. */
  LOW_SNR,
  /** There is no antenna to refer phases to. */
  NO_REFERENCE;

  /** The number in tables of solutions; 0 is good. */
  public byte code() {
    return (byte) ordinal();
  }

  /** The flag of a number. */
  public static SolutionFlag of(int code) {
    return values()[code];
  }

  /** Names by code, in lower case. */
  public static List<String> names() {
    return Arrays.stream(values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }
}
