package org.cornerturn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What {@code resume} and {@code verify} find at a URI.
 *
 * @param verb the command that made or makes it
 * @param parameters all that this command needs to plan it again
 * @param folder URI whose {@code _cornerturn/} holds lease and ledger
 */
public record Workspace(String verb, ObjectNode parameters, String folder) {
  /**
   * Finds the run behind a product or an output folder.
   *
   * @throws org.cornerturn.UserError when there is neither
   */
  public static Workspace find(String uri, Map<String, String> hadoop) {
    throw new UnsupportedOperationException(uri + hadoop);
  }
}
