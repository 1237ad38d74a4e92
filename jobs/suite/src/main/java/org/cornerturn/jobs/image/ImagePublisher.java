package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an image visible.
 *
 * @param software version that made it
 * @param warehouse of the table of images; null for none
 */
record ImagePublisher(
    Imaging imaging,
    String fingerprint,
    String name,
    String software,
    String warehouse,
    Map<String, String> hadoop)
    implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(ImagePublisher.class);

  @Override
  public void publish(ObjectStore root) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V3).group("", attributes());
    new ImageArrays(imaging).addTo(hierarchy);
    hierarchy.publish(root, "");
    if (warehouse != null) {
      try {
        ImageTable.append(warehouse, hadoop, root.uri(), fingerprint, ImageTable.rows(this, root));
      } catch (IOException | RuntimeException e) {
        // The product is whole without it, as it is without its row in products.
        LOG.warn("the tables in {} lack {}: {}", warehouse, root.uri(), e.toString());
      }
    }
    root.deleteFolder(Imaging.PARTS);
  }

  /** Id of the product. */
  String id() {
    return name + "-" + fingerprint.substring(0, 12);
  }

  private ObjectNode attributes() {
    ObjectNode a = new ImageArrays(imaging).attributes();
    a.put("input", imaging.parameters().product());
    a.set("parameters", imaging.parameters().asked().toJson());
    a.putObject("creator").put("software_name", "cornerturn").put("version", software);
    return a;
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
