package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * What turns a sample's count into its weight: bandwidth times time, hertz seconds; with a known
 * system equivalent flux density 1/sigma^2 of the real or imaginary part, Jy^-2.
 *
 * @param sefdJy NaN where it isn't known
 */
public record WeightScale(double sefdJy) implements Serializable {
  public static final WeightScale BANDWIDTH_TIME = new WeightScale(Double.NaN);

  public WeightScale {
    if (sefdJy <= 0) {
      throw new IllegalArgumentException("SEFD of " + sefdJy + " Jy");
    }
  }

  public boolean isVariance() {
    return !Double.isNaN(sefdJy);
  }

  /** Weight of one hertz second. */
  public double perHertzSecond() {
    return isVariance() ? 2 / (sefdJy * sefdJy) : 1;
  }

  /** Value of WEIGHT's attribute {@code weight_scale}. */
  ObjectNode attribute() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (isVariance()) {
      node.put("formula", "2 * NSAMPLES * channel_width * integration_time / sefd^2");
      node.put("sefd_jy", sefdJy);
      node.put("units", "Jy^-2");
    } else {
      node.put("formula", "NSAMPLES * channel_width * integration_time");
      node.put("units", "Hz s");
    }
    return node;
  }
}
