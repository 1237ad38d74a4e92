package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a set of gains visible: its rows in the warehouse's tables, from which {@code apply --from
 * auto} chooses, come after its metadata.
 *
 * @param software version that solved for them
 * @param warehouse of the tables; null for none
 */
record SolutionPublisher(
    CalibrateParameters parameters,
    List<SolvedSet> sets,
    String fingerprint,
    String name,
    String software,
    String warehouse,
    Map<String, String> hadoop)
    implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(SolutionPublisher.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Id of the set of solutions. */
  private String id() {
    return id(name, fingerprint);
  }

  static String id(String name, String fingerprint) {
    return name + "-" + fingerprint.substring(0, 12);
  }

  @Override
  public void publish(ObjectStore root) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V3).group("", attributes());
    for (SolvedSet set : sets) {
      ObjectNode about = JSON.createObjectNode();
      about.put("processing_set", set.set());
      about.put("data_group", set.dataGroup());
      about.put("model", parameters.model().of(set.model()));
      about.put("refant", References.refant(root, set));
      hierarchy.group(set.measurementSet(), about);
      for (int i = 0; i < set.chain().size(); i++) {
        TermArrays arrays = set.arrays().get(i);
        ObjectNode term = JSON.createObjectNode();
        term.put("term", set.chain().get(i).toString());
        term.setAll(References.of(root, set, i));
        arrays.addTo(hierarchy, term);
      }
    }
    hierarchy.publish(root, "");
    if (warehouse != null) {
      try {
        new SolutionRows(this, id(), root).append();
      } catch (IOException | RuntimeException e) {
        // The product is whole without them, as it is without its row in products.
        LOG.warn("the tables in {} lack {}: {}", warehouse, root.uri(), e.toString());
      }
    }
    root.deleteFolder(SolvedSet.PARTS);
  }

  private ObjectNode attributes() {
    ObjectNode a = JSON.createObjectNode();
    a.put("type", SolutionSet.TYPE);
    a.put("solutions", id());
    a.put("convention", "V = g_1 conj(g_2) M");
    parameters.chain().forEach(a.withArrayProperty("chain")::add);
    a.put("input", parameters.product());
    a.set("model", JSON.valueToTree(parameters.model()));
    a.set("solver", JSON.valueToTree(parameters.solver()));
    if (parameters.retry() != null) {
      a.set("retry", JSON.valueToTree(parameters.retry()));
    }
    a.putObject("creator").put("software_name", "cornerturn").put("version", software);
    return a;
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
