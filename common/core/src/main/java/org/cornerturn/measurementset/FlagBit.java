package org.cornerturn.measurementset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why a sample is flagged: the bits of {@code FLAG}, in the schema's order. */
public enum FlagBit {
  /** By whoever made the input, who doesn't say why. */
  UNSPECIFIED,
  /** By a fixed list of bad antennas, baselines or channels. */
  STATIC,
  /** By the telescope's control and monitoring. */
  CAM,
  /** There are no data: a baseline, integration or sub-band is missing. */
  DATA_LOST,
  /** Interference found while the data came in. */
  INGEST_RFI,
  /** Interference known beforehand. */
  PREDICTED_RFI,
  /** Interference found in calibration. */
  CAL_RFI,
  /** By later processing. */
  POSTPROC;

  /** The bit alone, as it stands in the unsigned bytes of {@code FLAG}. */
  public int mask() {
    return 1 << ordinal();
  }

  /** Value of the attribute {@code flag_bits}. */
  static List<String> names() {
    return Arrays.stream(values()).map(b -> b.name() + "_BIT").toList();
  }

  /** Value of the attribute {@code flag_meanings}. */
  static String meanings() {
    return String.join(
        " ", Arrays.stream(values()).map(b -> b.name().toLowerCase(Locale.ROOT)).toList());
  }
}
