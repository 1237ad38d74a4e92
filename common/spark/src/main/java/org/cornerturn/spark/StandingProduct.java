package org.cornerturn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/**
 * A product that is in its place already, whole or not.
 *
 * @param verb the command that made or makes it
 * @param parameters of that command
 * @param inputs it is made of
 * @param isComplete whether it is published
 */
public record StandingProduct(
    String id,
    String fingerprint,
    String verb,
    ObjectNode parameters,
    List<InputVersion> inputs,
    boolean isComplete) {

  /**
   * The product of a folder.
   *
   * @param root URI of the product
   */
  public static Optional<StandingProduct> at(String root, Map<String, String> hadoop)
      throws IOException {
    return in(root.replaceAll("/+$", "") + "/" + ProductPlan.STATE, hadoop);
  }

  /**
   * A branch of a folder that others have published.
   *
   * @param root the folder
   * @param branch its name, as in {@link ProductPlan#branch}
   */
  public static Optional<StandingProduct> branch(
      String root, String branch, Map<String, String> hadoop) throws IOException {
    return in(root.replaceAll("/+$", "") + "/" + ProductPlan.STATE + "/" + branch, hadoop);
  }

  private static Optional<StandingProduct> in(String state, Map<String, String> hadoop)
      throws IOException {
    return ProductRecord.read(Stores.open(state, S3Settings.completed(hadoop)))
        .map(
            r ->
                new StandingProduct(
                    r.id(),
                    r.fingerprint(),
                    r.verb(),
                    r.parameters(),
                    r.inputs(),
                    r.state() == ProductRecord.State.COMPLETE));
  }
}
