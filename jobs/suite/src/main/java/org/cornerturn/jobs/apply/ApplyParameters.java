package org.cornerturn.jobs.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The question that corrected data answer.
 *
 * @param product URI of the processing set
 * @param from URIs of the solutions, in the order of time
 * @param linear whether gains are interpolated between times, rather than the nearest taken
 * @param dataGroup that is corrected; null for the usual one
 */
record ApplyParameters(String product, List<String> from, boolean linear, String dataGroup) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ApplyParameters {
    from = List.copyOf(from);
  }

  /** The same of this data group. */
  ApplyParameters withGroup(String name) {
    return new ApplyParameters(product, from, linear, name);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static ApplyParameters of(ObjectNode json) {
    return JSON.convertValue(json, ApplyParameters.class);
  }
}
