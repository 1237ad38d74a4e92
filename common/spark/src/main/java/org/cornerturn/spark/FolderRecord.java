package org.cornerturn.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * A run over several products, kept in the output folder's state so that {@code resume FOLDER}
 * needs nothing else. One object for each distinct request: a later request into the same folder
 * does not hide an unfinished one.
 */
final class FolderRecord {
  private static final String FOLDER = "runs";
  private static final String RUNNING = "running";

  private final ObjectStore state;
  private final String key;
  private final ObjectNode content;

  private FolderRecord(ObjectStore state, String key, ObjectNode content) {
    this.state = state;
    this.key = key;
    this.content = content;
  }

  /**
   * Writes down the request; a run of a single product writes nothing, its {@code product.json}
   * says it all.
   *
   * @param state the folder's {@code _cornerturn/}
   */
  static FolderRecord begin(RunRequest<?> request, ObjectStore state) throws IOException {
    ObjectNode n = ProductRecord.JSON.createObjectNode();
    n.put("verb", request.verb());
    n.set("parameters", request.parameters());
    ArrayNode products = n.putArray("products");
    for (ProductPlan<?> p : request.products()) {
      products.add(Locations.relative(request.workspace(), p.state()));
    }
    String hash =
        new Fingerprint()
            .with("verb", request.verb())
            .with("parameters", request.parameters().toString())
            .hex();
    FolderRecord record =
        new FolderRecord(
            state, request.isSingle() ? null : FOLDER + "/" + hash.substring(0, 16) + ".json", n);
    if (!request.isSingle() && state.status(ProductRecord.KEY).isPresent()) {
      throw new UserError(
          "can't write into " + request.folder(),
          "it is a product itself",
          "Name another output folder");
    }
    record.put(RUNNING);
    return record;
  }

  void end(RunReport.Exit exit) throws IOException {
    put(exit.name().toLowerCase(Locale.ROOT));
  }

  private void put(String standing) throws IOException {
    if (key != null) {
      content.put("state", standing);
      content.put("updated", Instant.now().toString());
      state.put(key, ProductRecord.JSON.writeValueAsBytes(content));
    }
  }

  /** A request found in a folder. */
  record Found(
      String verb, ObjectNode parameters, List<String> products, boolean open, Instant updated) {}

  /** Every request recorded in a folder's state. */
  static List<Found> all(ObjectStore state) throws IOException {
    List<Found> found = new ArrayList<>();
    for (ObjectStatus s : state.list(FOLDER + "/")) {
      JsonNode n = ProductRecord.JSON.readTree(state.get(s.key()));
      List<String> products = new ArrayList<>();
      n.path("products").forEach(p -> products.add(Locations.resolve(state.uri(), p.asText())));
      String standing = n.path("state").asText();
      found.add(
          new Found(
              n.path("verb").asText(),
              (ObjectNode) n.path("parameters"),
              products,
              standing.equals(RUNNING) || standing.equals("incomplete"),
              Instant.parse(n.path("updated").asText())));
    }
    return found;
  }
}
