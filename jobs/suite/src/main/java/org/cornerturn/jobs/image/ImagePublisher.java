package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.cornerturn.radio.IcrsDirection;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void publish(ObjectStore root) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V3).group("", attributes());
    new ImageArrays(imaging).addTo(hierarchy);
    hierarchy.publish(root, "");
    if (warehouse != null) {
      try {
        ImageTable.append(this, root);
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
    ObjectNode a = JSON.createObjectNode();
    a.put("type", "image");
    ObjectNode group = a.putObject("data_groups").putObject("base");
    for (Role role : Role.of(imaging)) {
      if (role.groupEntry() != null) {
        group.put(role.groupEntry(), role.array());
      }
    }
    if (imaging.parameters().hasPsf()) {
      group.put("beam_fit_params_sky", ImageArrays.BEAM);
    }
    group.put("description", imaging.about().object());
    group.put("date", Instant.ofEpochSecond((long) imaging.cells().get(0).startUnix()).toString());
    IcrsDirection centre = imaging.centre();
    ObjectNode system = a.putObject("coordinate_system_info");
    ObjectNode reference = system.putObject("reference_direction");
    reference.putArray("data").add(centre.raRad()).add(centre.decRad());
    reference.putArray("dims").add("sky_dir_label");
    reference
        .putObject("attrs")
        .put("type", "sky_coord")
        .put("frame", "icrs")
        .put("equinox", "j2000.0")
        .put("units", "rad");
    ObjectNode pole = system.putObject("native_pole_direction");
    pole.putArray("data").add(Math.PI).add(0.0);
    pole.putArray("dims").add("sky_dir_label");
    pole.putObject("attrs")
        .put("type", "location")
        .put("frame", "native_projection")
        .put("units", "rad");
    system.put("projection", "SIN");
    system.putArray("projection_parameters").add(0.0).add(0.0);
    ArrayNode matrix = system.putArray("pixel_coordinate_transformation_matrix");
    matrix.addArray().add(1.0).add(0.0);
    matrix.addArray().add(0.0).add(1.0);
    a.put("input", imaging.parameters().product());
    a.set("parameters", imaging.parameters().into(null).toJson());
    a.putObject("creator").put("software_name", "cornerturn").put("version", software);
    return a;
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
