package org.cornerturn.jobs.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The question that a model answers.
 *
 * @param product URI of the processing set
 * @param dataGroup whose baselines it is predicted for; null for the usual one
 * @param choice of the sky
 */
record ModelParameters(String product, String dataGroup, ModelChoice choice) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same of this data group. */
  ModelParameters withGroup(String name) {
    return new ModelParameters(product, name, choice);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static ModelParameters of(ObjectNode json) {
    return JSON.convertValue(json, ModelParameters.class);
  }
}
