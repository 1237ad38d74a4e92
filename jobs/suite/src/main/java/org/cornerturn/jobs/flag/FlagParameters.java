package org.cornerturn.jobs.flag;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cornerturn.flagging.FlagStrategy;

/**
 * The question that flagging answers.
 *
 * @param product URI of the processing set
 * @param dataGroup whose visibilities are searched and whose flags are kept
 * @param strategy how; null when flags are taken back
 * @param selection what is flagged whatever the data are
 * @param memoryBytes that the search of a window may take
 * @param undo names of the reasons that are taken back; empty to search
 */
record FlagParameters(
    String product,
    String dataGroup,
    FlagStrategy strategy,
    Selection selection,
    long memoryBytes,
    List<String> undo) {
  private static final ObjectMapper JSON = new ObjectMapper();

  FlagParameters {
    undo = List.copyOf(undo);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static FlagParameters of(ObjectNode json) {
    return JSON.convertValue(json, FlagParameters.class);
  }
}
