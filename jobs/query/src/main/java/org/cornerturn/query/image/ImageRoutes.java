package org.cornerturn.query.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.product.ProductPlaces;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.table.RowRequest;
import org.cornerturn.query.table.Tables;
import org.cornerturn.query.zarr.ZarrStores;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.table.RowList;
import org.cornerturn.table.TableSnapshot;

/** {@code /api/v1/images}: a list, one of them, the report on it, and its pictures. */
public final class ImageRoutes implements Routes {
  private static final String TAG = "Images";
  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  /** A report has styles and pictures in it, and nothing else. */
  private static final String REPORT_POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors"
          + " 'none'; base-uri 'none'; form-action 'none'";

  private final Tables tables;
  private final Service service;
  private final ImageGroups groups;
  private final ImagePictures pictures;

  public ImageRoutes(Tables tables, Service service, ZarrStores stores, ProductPlaces products) {
    this.tables = tables;
    this.service = service;
    this.groups = new ImageGroups(stores, products);
    this.pictures = new ImagePictures(service, groups);
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/images", "images", TAG, "Images, and what was measured of them")
            .described(
                "Columns as in the warehouse's table images; order=-published has the newest first.")
            .with(RowRequest.parameters())
            .answers(200, "A page", RowRequest.mediaTypes()),
        this::list);
    // The longer paths first: a product may have slashes.
    pictures.register(router);
    router.get(
        under("/report", "imageReport", "What was measured of an image product, with figures")
            .described("One HTML file without scripts, as image and mosaic write it.")
            .answers(200, "The report", HTML)
            .answers(304, "The asker has it already")
            .answers(404, "There is no such product, or no report on it"),
        this::report);
    router.get(
        under("", "image", "An image product")
            .answers(200, "Its extent, place, arrays, times, frequencies and beams", JSON)
            .answers(404, "There is no such product")
            .answers(422, "It is no image"),
        this::one);
  }

  /** An operation on a product. */
  static Operation under(String ending, String id, String summary) {
    return Operation.at("/api/v1/images/<product>" + ending, id, TAG, summary)
        .with(ImageGroups.PRODUCT);
  }

  private void report(Exchange exchange) throws Exception {
    Located product = groups.open(exchange).place();
    String key = product.key().isEmpty() ? "report.html" : product.key() + "/report.html";
    Located place = new Located(product.root(), key);
    ObjectStatus status = place.status();
    exchange.header("Content-Security-Policy", REPORT_POLICY);
    if (exchange.isAnsweredBy(Conditional.etag(status.version(), exchange.path()))) {
      return;
    }
    service.limits().requestBytes().check(status.size());
    RequestMemory.Reservation held = service.memory().reserve(status.size(), exchange.deadline());
    try {
      exchange.bytes(HTML, place.get());
    } finally {
      held.close();
    }
  }

  private void list(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    Optional<TableSnapshot> table = tables.latest("images");
    if (table.isEmpty()) {
      new RowRequest(exchange, new RowList(new StructType(), List.of()), "none", service.limits())
          .answer("images", "items");
      return;
    }
    String version = table.get().id() + "@" + table.get().version();
    new RowRequest(exchange, table.get(), version, service.limits()).answer("images", "items");
  }

  private void one(Exchange exchange) throws Exception {
    OpenGroup group = groups.open(exchange);
    if (exchange.isAnsweredBy(Conditional.etag(group.version(), exchange.path()))) {
      return;
    }
    SkyImage image = OpenImage.of(group);
    exchange.json(OpenImage.told(group, () -> describe(group, image)));
  }

  private static ObjectNode describe(OpenGroup group, SkyImage image) throws IOException {
    Wcs wcs = image.wcs();
    ObjectNode node = Json.object().put("product", group.place().fullKey());
    node.put("width", image.width()).put("height", image.height());
    node.put("ra", Math.toDegrees(wcs.reference().raRad()));
    node.put("dec", Math.toDegrees(wcs.reference().decRad()));
    node.put("reference_x", wcs.referenceX()).put("reference_y", wcs.referenceY());
    node.put("scale_arcsec", Math.toDegrees(wcs.cellRad()) * 3600);
    node.put("field", image.field());
    node.set("arrays", Json.node(image.planes()));
    node.set("polarizations", Json.node(image.polarizations()));
    ArrayNode times = node.putArray("times");
    for (double t : image.unixTimes()) {
      times.add(Double.isNaN(t) ? null : Instant.ofEpochMilli(Math.round(t * 1000)).toString());
    }
    ArrayNode frequencies = node.putArray("frequencies_hz");
    for (double f : image.hertz()) {
      frequencies.add(Double.isNaN(f) ? null : f);
    }
    GaussianBeam beam = image.beam(0, 0, 0);
    if (beam != null) {
      ObjectNode first = node.putObject("beam");
      first.put("major_arcsec", Math.toDegrees(beam.majorRad()) * 3600);
      first.put("minor_arcsec", Math.toDegrees(beam.minorRad()) * 3600);
      first.put("pa_deg", Math.toDegrees(beam.positionAngleRad()));
    }
    return node;
  }
}
