package org.cornerturn.query.product;

import com.fasterxml.jackson.core.JsonGenerator;
import io.delta.kernel.types.StructType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.product.Ledgers.Listing;
import org.cornerturn.query.table.RowRequest;
import org.cornerturn.query.table.TableRoutes;
import org.cornerturn.query.table.Tables;
import org.cornerturn.table.RowJson;

/** {@code /api/v1/products} and {@code /api/v1/runs}. */
public final class ProductRoutes implements Routes {
  private static final Parameter<String> PRODUCT =
      Parameter.text("product", "Id of a product").inPath();
  private static final Parameter<String> RUN = Parameter.text("run", "Id of a run").inPath();
  private static final String JSON = "application/json";

  private final Tables tables;
  private final Ledgers ledgers;
  private final Limits limits;

  public ProductRoutes(Tables tables, Limits limits) {
    this.tables = tables;
    this.ledgers = new Ledgers(tables);
    this.limits = limits;
  }

  @Override
  public void register(Router router) {
    router.get(
        list("/api/v1/products", "products", "Products that are in place, the newest first"),
        e -> list(e, ledgers.products(e.deadline()), "products"));
    router.get(
        Operation.at("/api/v1/products/{product}", "product", "products", "A product")
            .with(PRODUCT)
            .answers(200, "Its newest making, and all its makings", JSON),
        this::product);
    router.get(
        list("/api/v1/runs", "runs", "Runs, the newest first"),
        e -> list(e, ledgers.runs(e.deadline()), "runs"));
    router.get(
        Operation.at("/api/v1/runs/{run}", "run", "runs", "A run")
            .with(RUN)
            .answers(200, "How it ended, or how far it is", JSON),
        this::run);
  }

  private static Operation list(String path, String id, String summary) {
    return Operation.at(path, id, id, summary)
        .described("Columns as in the warehouse's table of this name.")
        .with(RowRequest.parameters())
        .answers(200, "A page", RowRequest.mediaTypes());
  }

  private void list(Exchange exchange, Listing listing, String name) throws IOException {
    tables.check(exchange.principal());
    tell(exchange, listing);
    new RowRequest(exchange, listing.rows(), version(listing), limits).answer(name, "items");
  }

  private static void tell(Exchange exchange, Listing listing) {
    if (listing.version() >= 0) {
      exchange.header(TableRoutes.VERSION_HEADER, Long.toString(listing.version()));
    }
  }

  private static String version(Listing listing) {
    return listing.id() + "@" + listing.version();
  }

  private static boolean isKnown(Exchange exchange, Listing listing) {
    tell(exchange, listing);
    return exchange.isAnsweredBy(Conditional.etag(version(listing), exchange.path()));
  }

  private void run(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    String id = exchange.value(RUN);
    Listing runs = ledgers.runs(exchange.deadline());
    int column = runs.column("run");
    Object[] run =
        runs.rows().all().stream()
            .filter(r -> column >= 0 && id.equals(r[column]))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("There is no run " + id + " in the warehouse"));
    if (!isKnown(exchange, runs)) {
      exchange.bytes(JSON, object(run, runs.rows().schema(), List.of()));
    }
  }

  private void product(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    String id = exchange.value(PRODUCT);
    List<Object[]> makings = ledgers.makings(id, exchange.deadline());
    if (makings.isEmpty()) {
      throw Problem.notFound("There is no product " + id + " in the warehouse");
    }
    Listing products = ledgers.products(exchange.deadline());
    if (!isKnown(exchange, products)) {
      exchange.bytes(JSON, object(makings.get(0), products.rows().schema(), makings));
    }
  }

  /** A row as an object; its makings as a member more, where there are any. */
  private static byte[] object(Object[] row, StructType schema, List<Object[]> makings)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(body)) {
      json.writeStartObject();
      RowJson.members(row, schema, json);
      if (!makings.isEmpty()) {
        json.writeArrayFieldStart("makings");
        for (Object[] m : makings) {
          RowJson.row(m, schema, json);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    return body.toByteArray();
  }
}
