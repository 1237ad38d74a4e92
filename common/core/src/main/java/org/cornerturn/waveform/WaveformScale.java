package org.cornerturn.waveform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * From counts to volts and from sample numbers to seconds, as a store's root attributes tell it:
 * {@code volts = count * gain - offset}.
 *
 * @param gains [channel][trc], volts per count
 * @param offsets [channel][trc], volts
 * @param interval seconds from sample to sample, above zero
 * @param horizOffset as it is stored (a number or nested lists of them); null where there is none
 */
public record WaveformScale(
    double[][] gains, double[][] offsets, double interval, JsonNode horizOffset) {
  private static final double DEFAULT_INTERVAL = 1e-9;

  /**
   * Reads {@code vertical_gains}, {@code vertical_offsets}, {@code horiz_interval} and {@code
   * horiz_offset}. Gains and offsets may be one number, one for each channel, or [channel][trc];
   * whatever is missing or no finite number is 1, 0 and a nanosecond.
   */
  public static WaveformScale of(ObjectNode attributes, int channels, int trcs) {
    double interval = finite(attributes.get("horiz_interval")).orElse(DEFAULT_INTERVAL);
    return new WaveformScale(
        perTrace(attributes.get("vertical_gains"), channels, trcs, 1),
        perTrace(attributes.get("vertical_offsets"), channels, trcs, 0),
        interval > 0 ? interval : DEFAULT_INTERVAL,
        attributes.get("horiz_offset"));
  }

  private static double[][] perTrace(JsonNode node, int channels, int trcs, double otherwise) {
    double[][] all = new double[channels][trcs];
    for (int c = 0; c < channels; c++) {
      JsonNode row = node != null && node.isArray() ? node.get(c) : node;
      for (int t = 0; t < trcs; t++) {
        JsonNode one = row != null && row.isArray() ? row.get(t) : row;
        all[c][t] = finite(one).orElse(otherwise);
      }
    }
    return all;
  }

  private static Optional<Double> finite(JsonNode node) {
    return node != null && node.isNumber() && Double.isFinite(node.doubleValue())
        ? Optional.of(node.doubleValue())
        : Optional.empty();
  }

  /** A count in millivolts. */
  public double millivolts(int channel, int trc, double count) {
    return 1000 * (count * gains[channel][trc] - offsets[channel][trc]);
  }

  /** Whether larger counts are lower voltages. */
  public boolean isInverted(int channel, int trc) {
    return gains[channel][trc] < 0;
  }
}
