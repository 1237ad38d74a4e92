package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.calibration.PhaseReferencing;
import org.cornerturn.storage.ObjectStore;

/**
 * To which antennas phases are referred. The first term's finishing task ranks them, from the flags
 * of the data; each term's tells which it took.
 */
final class References {
  private static final ObjectMapper JSON = new ObjectMapper();

  private References() {}

  private static String key(SolvedSet set, String name) {
    return SolvedSet.FACTS + "/" + set.measurementSet() + "/" + name + ".json";
  }

  /** Keeps the ranking: places of antennas in the set's, the best first. */
  static void putRanking(ObjectStore product, SolvedSet set, List<Integer> ranking)
      throws IOException {
    product.put(key(set, "ranking"), JSON.writeValueAsBytes(ranking));
  }

  static List<Integer> ranking(ObjectStore product, SolvedSet set) throws IOException {
    List<Integer> ranking = new ArrayList<>();
    for (JsonNode n : JSON.readTree(product.get(key(set, "ranking")))) {
      ranking.add(n.asInt());
    }
    return ranking;
  }

  /** Keeps what a term's phases were referred to. */
  static void put(ObjectStore product, SolvedSet set, int term, PhaseReferencing.Outcome outcome)
      throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("refant", outcome.antenna() < 0 ? null : set.antennas().get(outcome.antenna()));
    ArrayNode changes = node.putArray("refant_changes");
    for (PhaseReferencing.Change c : outcome.changes()) {
      changes
          .addObject()
          .put("time_gain", c.time())
          .put("receptor_label", set.arrays().get(term).receptors().get(c.receptor()))
          .put("antenna_name", set.antennas().get(c.antenna()))
          .put("frequencies", c.frequencies());
    }
    product.put(key(set, "term-" + term), JSON.writeValueAsBytes(node));
  }

  /** What a term's phases were referred to: {@code refant} and {@code refant_changes}. */
  static ObjectNode of(ObjectStore product, SolvedSet set, int term) throws IOException {
    return (ObjectNode) JSON.readTree(product.get(key(set, "term-" + term)));
  }

  /** Name of the antenna that the last term's phases were referred to. */
  static String refant(ObjectStore product, SolvedSet set) throws IOException {
    return of(product, set, set.chain().size() - 1).path("refant").asText(null);
  }
}
