package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Why a sample is flagged. The first eight are the bits of {@code FLAG}, in the schema's order; the
 * others are this program's own and stand in the wider flags that its commands add.
 */
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
  POSTPROC,
  /** The visibility is exactly zero, or no number. */
  ZERO,
  /** The baseline has one antenna. */
  AUTOCORRELATION,
  /** Shadowed, too low in the sky, or outside the range of baseline lengths. */
  GEOMETRY,
  /** At the beginning or the end of a scan. */
  QUACK,
  /** Interference, found by its strength. */
  RFI,
  /** Beside interference. */
  RFI_EXTENSION,
  /** Most of the channel or of the antenna is flagged. */
  TOTALS,
  /** There is no solution to calibrate it with. */
  CALIBRATION;

  /** How many bits the schema names. */
  private static final int OF_SCHEMA = 8;

  /** The bit alone, as it stands in unsigned flags. */
  public int mask() {
    return 1 << ordinal();
  }

  /** The bits that the schema names: all that fit the unsigned bytes of {@code FLAG}. */
  public static List<FlagBit> ofSchema() {
    return List.of(values()).subList(0, OF_SCHEMA);
  }

  /** What an array of such bits says of itself: names, masks, and the convention's meanings. */
  static void describe(ObjectNode attributes, List<FlagBit> bits) {
    attributes.set("flag_bits", Measures.texts(bits.stream().map(b -> b + "_BIT").toList()));
    ArrayNode masks = attributes.putArray("flag_masks");
    bits.forEach(b -> masks.add(b.mask()));
    attributes.put(
        "flag_meanings",
        String.join(" ", bits.stream().map(b -> b.name().toLowerCase(Locale.ROOT)).toList()));
  }
}
