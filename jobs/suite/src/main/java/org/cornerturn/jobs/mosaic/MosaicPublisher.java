package org.cornerturn.jobs.mosaic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cornerturn.jobs.image.ImageRow;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a mosaic visible.
 *
 * @param id of the product
 * @param software version that made it
 * @param warehouse of the table of images; null for none
 */
record MosaicPublisher(
    Mosaic mosaic,
    String fingerprint,
    String id,
    String software,
    String warehouse,
    Map<String, String> hadoop)
    implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(MosaicPublisher.class);

  @Override
  public void publish(ObjectStore root) throws IOException {
    SkyImageLayout layout = mosaic.layout();
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V3).group("", attributes(layout));
    for (Layer layer : Layer.values()) {
      hierarchy.array(layer.array(), layer.metadata(layout));
    }
    layout.addTo(hierarchy);
    hierarchy.publish(root, "");
    if (warehouse != null) {
      try {
        ImageTable.append(warehouse, hadoop, root.uri(), fingerprint, List.of(row(root)));
      } catch (IOException | RuntimeException e) {
        // The product is whole without it, as it is without its row in products.
        LOG.warn("the tables in {} lack {}: {}", warehouse, root.uri(), e.toString());
      }
    }
    root.deleteFolder(Mosaic.PARTS);
  }

  private ObjectNode attributes(SkyImageLayout layout) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Layer layer : Layer.values()) {
      members.put(layer.entry(), layer.array());
    }
    members.put("beam_fit_params_sky", SkyImageLayout.BEAM);
    double start = mosaic.unix(false);
    String date = Double.isNaN(start) ? "" : Instant.ofEpochSecond((long) start).toString();
    ObjectNode a = layout.attributes(members, mosaic.tiles().get(0).field(), date);
    ArrayNode inputs = a.putArray("inputs");
    mosaic.tiles().forEach(t -> inputs.add(t.source().asked()));
    a.set("parameters", mosaic.parameters().into(null).toJson());
    a.putObject("creator").put("software_name", "cornerturn").put("version", software);
    return a;
  }

  private ImageRow row(ObjectStore root) throws IOException {
    MosaicFacts facts = MosaicFacts.get(root, Mosaic.facts());
    return new ImageRow(
        new ImageRow.Made(
            id,
            root.uri(),
            mosaic.name(),
            MosaicJob.VERB,
            mosaic.tiles().stream().map(t -> t.source().asked()).collect(Collectors.joining(" ")),
            null,
            software),
        new ImageRow.Shown(
            mosaic.tiles().get(0).field(),
            mosaic.tiles().get(0).polarization().name(),
            mosaic.centre(),
            mosaic.width(),
            mosaic.height(),
            mosaic.pixelRad(),
            mosaic.hertz() - mosaic.bandHz() / 2,
            mosaic.hertz() + mosaic.bandHz() / 2,
            mosaic.unix(false),
            mosaic.unix(true)),
        "inverse variance",
        null,
        mosaic.beam(),
        null,
        null,
        facts.quality(),
        Double.NaN,
        facts.check(),
        facts.findings());
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    ZarrHierarchy.unpublish(root, "");
  }
}
