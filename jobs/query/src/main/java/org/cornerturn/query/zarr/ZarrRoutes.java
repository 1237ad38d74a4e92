package org.cornerturn.query.zarr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Handler;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.zarr.ZarrException;

/**
 * Stored objects as they are ({@code /zarr}, {@code /raw}), and what Zarr groups hold ({@code
 * /datasets}, as xpublish has it).
 */
public final class ZarrRoutes implements Routes {
  private static final String TAG = "Stores";

  /** Where a Zarr store begins in a key. */
  private static final String STORE_ENDING = ".zarr";

  private static final Parameter<String> KEY =
      Parameter.text("key", "ROOT/path of an object").inPath();
  private static final Parameter<String> ID =
      Parameter.text("key", "ROOT/path of a Zarr group").inPath();
  private static final Parameter<String> VERSION =
      Parameter.text(
          "v",
          "version of the store, as /datasets/.../info tells it: while it is the store's, chunks"
              + " may be kept for ever");
  private static final Parameter<String> RANGE =
      Parameter.text("Range", "bytes=0-99, bytes=100- or bytes=-100; several at once give all")
          .inHeader();

  private final ZarrStores stores;
  private final StoredObject objects;

  public ZarrRoutes(ZarrStores stores, RequestMemory memory) {
    this.stores = stores;
    this.objects = new StoredObject(memory);
  }

  @Override
  public void register(Router router) {
    router.get(
        object("/zarr/<key>", "zarrObject", "An object of a Zarr store: metadata, chunk or shard")
            .with(VERSION),
        this::zarr);
    router.get(
        object("/raw/<key>", "rawObject", "Any object of a root, as it is stored"), this::raw);
    // The longer paths first: a key may have slashes.
    router.get(
        dataset("/info", "datasetInfo", "Dimensions, variables and attributes"),
        answer(DatasetInfo::info));
    router.get(
        dataset("/keys", "datasetKeys", "Names of the variables"), answer(DatasetInfo::keys));
    router.get(
        dataset("/groups", "datasetGroups", "Names of the groups"), answer(DatasetInfo::groups));
    router.get(
        dataset("/dict", "datasetDict", "The dataset as xarray's to_dict without data"),
        answer(DatasetInfo::dict));
    router.get(
        Operation.at("/datasets/<key>", "dataset", TAG, "A Zarr group as a page for people")
            .with(ID)
            .answers(200, "The page", "text/html")
            .answers(404, "There is no Zarr group"),
        this::page);
  }

  private static Operation object(String path, String id, String summary) {
    return Operation.at(path, id, TAG, summary)
        .with(KEY, RANGE)
        .answers(200, "The object", "application/octet-stream", "application/json")
        .answers(206, "A range of it", "application/octet-stream")
        .answers(304, "The asker has it already")
        .answers(404, "There is no such object")
        .answers(416, "The object has no such range");
  }

  private static Operation dataset(String ending, String id, String summary) {
    return Operation.at("/datasets/<key>" + ending, id, TAG, summary)
        .with(ID)
        .answers(200, summary, "application/json")
        .answers(404, "There is no Zarr group");
  }

  private void zarr(Exchange exchange) throws Exception {
    Located place = exchange.locate(exchange.value(KEY));
    Optional<String> version = exchange.optional(VERSION);
    ObjectStatus status = StoredObject.find(place);
    boolean fixed =
        version.isPresent()
            && !StoredObject.mediaType(status.key()).equals("application/json")
            && isCurrent(place, version.get(), exchange);
    // A chunk is stored anew under its old name when its product is made anew.
    exchange.header("Cache-Control", fixed ? "private, max-age=31536000, immutable" : "no-cache");
    objects.send(exchange, place, status);
  }

  private boolean isCurrent(Located object, String version, Exchange exchange) throws Exception {
    String key = object.key();
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      String folder = key.substring(0, slash);
      if (folder.endsWith(STORE_ENDING) || folder.contains(STORE_ENDING + ".v")) {
        return stores
            .version(new Located(object.root(), folder), exchange.deadline())
            .filter(v -> DatasetInfo.token(v).equals(version))
            .isPresent();
      }
    }
    return false;
  }

  private void raw(Exchange exchange) throws Exception {
    Located place = exchange.locate(exchange.value(KEY));
    exchange.header("Content-Disposition", "attachment");
    objects.send(exchange, place, StoredObject.find(place));
  }

  /** What is told of a dataset. */
  @FunctionalInterface
  private interface Told {
    Object of(DatasetInfo dataset) throws IOException;
  }

  private Handler answer(Told told) {
    return exchange -> {
      OpenGroup group = open(exchange);
      if (!exchange.isAnsweredBy(Conditional.etag(group.version(), exchange.operation().id()))) {
        exchange.json(told.of(describe(group)));
      }
    };
  }

  private void page(Exchange exchange) throws Exception {
    OpenGroup group = open(exchange);
    if (!exchange.isAnsweredBy(Conditional.etag(group.version(), "page"))) {
      byte[] html = describe(group).html().getBytes(StandardCharsets.UTF_8);
      exchange.bytes("text/html; charset=utf-8", html);
    }
  }

  private OpenGroup open(Exchange exchange) throws Exception {
    return stores.open(exchange.locate(exchange.value(ID)), exchange.deadline());
  }

  private static DatasetInfo describe(OpenGroup group) {
    try {
      return new DatasetInfo(group);
    } catch (ZarrException e) {
      throw Problem.damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw group.place().failed(e);
    }
  }
}
