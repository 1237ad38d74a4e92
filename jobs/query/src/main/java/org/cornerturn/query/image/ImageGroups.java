package org.cornerturn.query.image;

import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.product.ProductPlaces;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.zarr.ZarrStores;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;

/** The groups that askers name. */
record ImageGroups(ZarrStores stores, ProductPlaces products) {
  static final Parameter<String> PRODUCT =
      Parameter.text("product", "ROOT/path of an image product, or its id").inPath();

  OpenGroup open(Exchange exchange) throws Exception {
    String product = exchange.value(PRODUCT);
    Located place = products.find(exchange, product).orElseGet(() -> exchange.locate(product));
    return stores.open(place, exchange.deadline());
  }
}
