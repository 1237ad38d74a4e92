package org.cornerturn.jobs.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * All that an export is; {@code resume} plans again from it.
 *
 * @param product path or URI of the processing set
 * @param output path or URI of the file; of a folder, with a slash at its end
 */
record ExportParameters(String product, String output) implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the output is a folder for files of the names that they had. */
  boolean intoFolder() {
    return output.endsWith("/");
  }

  /** The output without a slash at its end. */
  String place() {
    return output.length() > 1 ? output.replaceAll("/+$", "") : output;
  }

  ObjectNode toJson() {
    return JSON.createObjectNode().put("product", product).put("output", output);
  }

  static ExportParameters of(ObjectNode json) {
    return new ExportParameters(json.get("product").asText(), json.get("output").asText());
  }
}
