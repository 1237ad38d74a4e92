package org.cornerturn.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.ObjectStore;

/**
 * {@code product.json}: the product carries its identity, its plan and where its ledger is.
 *
 * @param creation names this making of the product; another fingerprint or {@code --overwrite}
 *     draws a new one, so that ledger rows of an earlier making don't count
 * @param root the product's root, relative to the state folder
 * @param workspace the state folder that holds ledger and lease, relative to this one
 * @param tasks number of tasks planned
 */
record ProductRecord(
    String id,
    String creation,
    String fingerprint,
    String verb,
    ObjectNode parameters,
    List<InputVersion> inputs,
    String root,
    String workspace,
    long tasks,
    State state,
    Instant updated) {
  static final String KEY = "product.json";
  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  enum State {
    /** The objects of an earlier making are being removed. */
    CLEARING,
    PLANNED,
    COMPLETE,
    REFUSED
  }

  static <T extends ChunkTask> ProductRecord of(
      ProductPlan<T> plan, String workspace, State state) {
    return new ProductRecord(
        plan.id(),
        UUID.randomUUID().toString(),
        plan.fingerprint(),
        plan.verb(),
        plan.parameters(),
        plan.inputs(),
        Locations.relative(plan.state(), plan.root()),
        Locations.relative(plan.state(), workspace),
        plan.chunks().tasks().size(),
        state,
        Instant.now());
  }

  ProductRecord in(State next) {
    return new ProductRecord(
        id,
        creation,
        fingerprint,
        verb,
        parameters,
        inputs,
        root,
        workspace,
        tasks,
        next,
        Instant.now());
  }

  static Optional<ProductRecord> read(ObjectStore state) throws IOException {
    byte[] bytes;
    try {
      bytes = state.get(KEY);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    JsonNode n = JSON.readTree(bytes);
    List<InputVersion> inputs = new ArrayList<>();
    for (JsonNode i : n.path("inputs")) {
      inputs.add(
          new InputVersion(
              i.path("uri").asText(), i.path("version").asText(), i.path("size").asLong()));
    }
    try {
      return Optional.of(
          new ProductRecord(
              n.required("id").asText(),
              n.required("creation").asText(),
              n.required("fingerprint").asText(),
              n.required("verb").asText(),
              (ObjectNode) n.required("parameters"),
              List.copyOf(inputs),
              n.required("root").asText(),
              n.required("workspace").asText(),
              n.required("tasks").asLong(),
              State.valueOf(n.required("state").asText().toUpperCase(Locale.ROOT)),
              Instant.parse(n.required("updated").asText())));
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          state.uri() + "/" + KEY + " is damaged (" + e.getMessage() + "); remove the product", e);
    }
  }

  byte[] bytes() throws IOException {
    ObjectNode n = JSON.createObjectNode();
    n.put("id", id);
    n.put("creation", creation);
    n.put("fingerprint", fingerprint);
    n.put("verb", verb);
    n.set("parameters", parameters);
    for (InputVersion i : inputs) {
      n.withArrayProperty("inputs")
          .addObject()
          .put("uri", i.uri())
          .put("version", i.version())
          .put("size", i.size());
    }
    n.put("root", root);
    n.put("workspace", workspace);
    n.put("tasks", tasks);
    n.put("state", state.name().toLowerCase(Locale.ROOT));
    n.put("updated", updated.toString());
    return JSON.writeValueAsBytes(n);
  }
}
