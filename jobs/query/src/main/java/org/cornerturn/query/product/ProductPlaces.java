package org.cornerturn.query.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.product.Ledgers.Listing;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.root.Root;
import org.cornerturn.query.table.Tables;
import org.cornerturn.storage.Stores;

/** Where the products of the warehouse lie among the roots. */
public final class ProductPlaces {
  private final Ledgers ledgers;

  public ProductPlaces(Tables tables) {
    this.ledgers = new Ledgers(tables);
  }

  /**
   * The place of a product that is in place.
   *
   * @param id as the table of products has it
   * @return empty where no such product is known, or none to this asker
   * @throws Problem 404 when it lies in no root that the asker may read
   */
  public Optional<Located> find(Exchange exchange, String id) {
    if (id.contains("/") || !exchange.principal().mayRead(Tables.ROOT)) {
      return Optional.empty();
    }
    Listing products = ledgers.products(exchange.deadline());
    int product = products.column("product");
    int root = products.column("root");
    if (product < 0 || root < 0) {
      return Optional.empty();
    }
    Optional<String> uri =
        products.rows().all().stream()
            .filter(row -> id.equals(row[product]))
            .map(row -> (String) row[root])
            .filter(Objects::nonNull)
            .findFirst();
    return uri.map(u -> locate(exchange, id, u));
  }

  private static Located locate(Exchange exchange, String id, String uri) {
    for (Root r : exchange.roots()) {
      Optional<String> key = key(r, uri);
      if (key.isPresent()) {
        return exchange.locate(r.name() + "/" + key.get());
      }
    }
    throw Problem.notFound("The product " + id + " lies in none of the roots");
  }

  /** The key of a URI in a root, if it lies there. */
  private static Optional<String> key(Root root, String uri) {
    if (Stores.isLocal(uri) != Stores.isLocal(root.uri())) {
      return Optional.empty();
    }
    if (!Stores.isLocal(uri)) {
      String above = root.uri().endsWith("/") ? root.uri() : root.uri() + "/";
      return uri.startsWith(above) ? Optional.of(uri.substring(above.length())) : Optional.empty();
    }
    Path folder = Path.of(root.uri());
    Path place = real(Stores.localPath(uri));
    return place.startsWith(folder) && !place.equals(folder)
        ? Optional.of(folder.relativize(place).toString())
        : Optional.empty();
  }

  /** With links followed, as they are in the address of a root. */
  private static Path real(Path place) {
    try {
      return Files.exists(place) ? place.toRealPath() : place.normalize();
    } catch (IOException e) {
      throw Problem.badGateway("The place of the product can't be looked at", e);
    }
  }
}
