package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The question that a pyramid answers.
 *
 * @param target URI of an array, a group or a whole store
 * @param kind what its arrays are
 * @param factor lines: samples of a level in a bin of the next
 * @param mean lines: whether means are kept beside minima and maxima
 */
record PyramidParameters(String target, Kind kind, int factor, boolean mean) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same question of one array. */
  PyramidParameters forArray(String uri, Kind itsKind) {
    return new PyramidParameters(uri, itsKind, factor, mean);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static PyramidParameters of(ObjectNode json) {
    return JSON.convertValue(json, PyramidParameters.class);
  }
}
