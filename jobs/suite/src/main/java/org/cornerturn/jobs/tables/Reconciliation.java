package org.cornerturn.jobs.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.spark.Verify;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableSnapshot;
import org.cornerturn.table.WarehouseTables;

/** Looks at what tables list and at what lies in storage. */
final class Reconciliation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRODUCT = "_cornerturn/product.json";
  private static final String PARTS = "/_cornerturn/parts/";
  private static final int NAMED = 20;

  private final WarehouseFolder warehouse;

  /** Ids of products, as the table has them. */
  private final Set<String> listed = new HashSet<>();

  Reconciliation(WarehouseFolder warehouse) {
    this.warehouse = warehouse;
  }

  /** What is said of a place. */
  enum State {
    /** As it is listed. */
    SOUND,
    /** Listed, and not there. */
    MISSING,
    /** Some of its objects are not there. */
    INCOMPLETE,
    /** Some of its objects are of another size. */
    CORRUPT,
    /** There, whole, and not listed. */
    UNLISTED,
    /** There, not listed, and not whole. */
    UNFINISHED,
    /** A table has files that its newest version doesn't know. */
    ORPHANS;

    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A place.
   *
   * @param id null of what has none
   * @param listedBytes -1 where tables don't tell
   * @param detail what is wrong, the first ones
   */
  record Place(
      String kind,
      String id,
      String root,
      State state,
      long listedBytes,
      long storedBytes,
      long objects,
      List<String> detail) {
    Place {
      detail = List.copyOf(detail);
    }
  }

  /** The latest making of a product at a root. */
  private record Listed(String id, String root, long bytes, long published) {}

  /** Every product of the table: the latest making at each place. */
  List<Place> products() throws IOException {
    Map<String, Listed> latest = new LinkedHashMap<>();
    try (ObjectStore store =
        warehouse.open(warehouse.uri() + "/" + WarehouseTables.PRODUCTS.name())) {
      DeltaTable table = new DeltaTable(store, WarehouseTables.PRODUCTS);
      if (!table.exists()) {
        return List.of();
      }
      table.read(
          List.of("product", "root", "bytes", "published", "verb"),
          row -> {
            listed.add((String) row[0]);
            Listed now =
                new Listed(
                    (String) row[0],
                    (String) row[1],
                    row[2] == null ? -1 : (Long) row[2],
                    row[3] == null ? 0 : (Long) row[3]);
            // Several branches lie in one set: each command's is a product of its own.
            latest.merge(
                now.root() + "\n" + row[4], now, (a, b) -> b.published() >= a.published() ? b : a);
          });
    }
    List<Place> places = new ArrayList<>();
    for (Listed product : latest.values()) {
      places.add(look(product));
    }
    return places;
  }

  private Place look(Listed product) throws IOException {
    List<Verify.Result> found;
    try {
      found = Verify.run(product.root(), warehouse.global().hadoop(), Verify.Depth.SIZES);
    } catch (UserError e) {
      return missing(product, e.getMessage());
    }
    // Of a set with branches only this product.
    for (Verify.Result r : found) {
      if (r.productId().equals(product.id())) {
        State state =
            r.exitCode() == 0 ? State.SOUND : r.exitCode() == 3 ? State.INCOMPLETE : State.CORRUPT;
        List<String> detail = new ArrayList<>();
        r.missing().stream().limit(NAMED).forEach(m -> detail.add("missing: " + m));
        r.corrupt().stream().limit(NAMED).forEach(c -> detail.add("corrupt: " + c));
        return new Place(
            "product",
            product.id(),
            product.root(),
            state,
            product.bytes(),
            r.bytes(),
            r.objects(),
            detail);
      }
    }
    return missing(product, "another product is there");
  }

  private static Place missing(Listed product, String why) {
    return new Place(
        "product",
        product.id(),
        product.root(),
        State.MISSING,
        product.bytes(),
        0,
        0,
        List.of(why));
  }

  /** Products in a folder that the table doesn't list; {@link #products} has read it before. */
  List<Place> unlisted(String folder) throws IOException {
    List<Place> places = new ArrayList<>();
    try (ObjectStore store = warehouse.open(folder)) {
      List<ObjectStatus> all = store.list("");
      for (ObjectStatus s : all) {
        boolean product = s.key().equals(PRODUCT) || s.key().matches(".*[/.]" + PRODUCT);
        JsonNode record = product ? JSON.readTree(store.get(s.key())) : JSON.missingNode();
        String id = record.path("id").asText(null);
        if (product && !listed.contains(id)) {
          places.add(unlisted(folder, s.key(), record, all));
        }
      }
    }
    return places;
  }

  private static Place unlisted(
      String folder, String key, JsonNode record, List<ObjectStatus> all) {
    // Inside a product's folder; of a product of one file beside it, in NAME._cornerturn.
    String root = key.substring(0, key.length() - PRODUCT.length()).replaceAll("[/.]$", "");
    long bytes = 0;
    long objects = 0;
    long parts = 0;
    for (ObjectStatus s : all) {
      if (root.isEmpty() || s.key().equals(root) || s.key().startsWith(root + "/")) {
        bytes += s.size();
        objects++;
        parts += s.key().contains(PARTS) ? s.size() : 0;
      }
    }
    boolean whole = record.path("state").asText("").equalsIgnoreCase("complete");
    return new Place(
        "product",
        record.path("id").asText(null),
        root.isEmpty() ? folder : folder + "/" + root,
        whole ? State.UNLISTED : State.UNFINISHED,
        -1,
        bytes,
        objects,
        parts == 0 ? List.of() : List.of(parts + " bytes are parts of a run that didn't end"));
  }

  /** Data files of a table: those that its newest version has, and others. */
  Place table(WarehouseFolder.Table table) throws IOException {
    TableSnapshot snapshot = warehouse.newest(table);
    Map<String, Long> stored = new LinkedHashMap<>();
    try (ObjectStore store = warehouse.open(table.uri())) {
      for (ObjectStatus s : store.list("")) {
        if (!s.key().startsWith("_delta_log/")) {
          stored.put(s.key(), s.size());
        }
      }
    }
    List<String> missing = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (TableSnapshot.StoredFile file : snapshot.storedFiles()) {
      known.add(file.key());
      Long size = stored.get(file.key());
      if (size == null) {
        missing.add("missing: " + file.key());
      } else if (size != file.bytes()) {
        corrupt.add("corrupt: " + file.key());
      }
    }
    long orphans = stored.keySet().stream().filter(k -> !known.contains(k)).count();
    long orphanBytes =
        stored.entrySet().stream()
            .filter(e -> !known.contains(e.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    State state =
        !corrupt.isEmpty()
            ? State.CORRUPT
            : !missing.isEmpty() ? State.INCOMPLETE : orphans > 0 ? State.ORPHANS : State.SOUND;
    List<String> detail = new ArrayList<>();
    missing.stream().limit(NAMED).forEach(detail::add);
    corrupt.stream().limit(NAMED).forEach(detail::add);
    if (orphans > 0) {
      detail.add(
          orphans
              + " files of "
              + orphanBytes
              + " bytes are not in the newest version: see vacuum");
    }
    return new Place(
        "table",
        table.name(),
        table.uri(),
        state,
        snapshot.dataBytes(),
        stored.values().stream().mapToLong(Long::longValue).sum(),
        stored.size(),
        detail);
  }
}
