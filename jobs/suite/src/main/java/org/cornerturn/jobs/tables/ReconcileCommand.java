package org.cornerturn.jobs.tables;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables reconcile}. */
@Command(
    name = "reconcile",
    description = {
      "Compare what the table products lists with what lies in storage: products that are missing,"
          + " incomplete or of other bytes, products in FOLDER that no table lists, and data files"
          + " that tables lack or no longer know.",
      "The table storage_locations gets a row for each. Ends with 3 where something is missing, with"
          + " 5 where something is corrupt."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn tables reconcile",
      "  cornerturn --json tables reconcile s3a://bucket/products --dry-run"
    })
public final class ReconcileCommand extends Verb {
  static final TableDefinition LOCATIONS =
      TableDefinition.named(
              "storage_locations", "what lay in storage when it was looked: a row for each place")
          .text("check", "this look: when it began, ISO 8601")
          .text("kind", "product or table")
          .text("id", "id of the product, name of the table; null of what isn't known")
          .text("root", "where it lies")
          .text("state", "sound, missing, incomplete, corrupt, unlisted, unfinished or orphans")
          .count("bytes_listed", "B", "bytes that the tables tell; null where they don't")
          .count("bytes_stored", "B", "bytes of these objects in storage")
          .count("objects", null, "number of them")
          .text("detail", "what is missing or corrupt, the first ones; else null")
          .moment("checked", "when it was looked at");

  private static final int LISTED = 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description = "Where products lie: those in it that the table doesn't list are told, too.")
  private List<String> folders = new ArrayList<>();

  @Option(names = "--dry-run", description = "Tell only: no row is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    WarehouseFolder warehouse = new WarehouseFolder(global());
    List<WarehouseFolder.Table> tables = warehouse.tables(List.of());
    Reconciliation look = new Reconciliation(warehouse);
    List<Reconciliation.Place> places = new ArrayList<>(look.products());
    for (String folder : folders) {
      places.addAll(look.unlisted(OpenSet.absolute(folder)));
    }
    for (WarehouseFolder.Table table : tables) {
      places.add(look.table(table));
    }
    if (!dryRun) {
      write(warehouse, places);
    }
    tell(places);
    boolean corrupt = places.stream().anyMatch(p -> p.state() == Reconciliation.State.CORRUPT);
    boolean missing =
        places.stream()
            .anyMatch(
                p ->
                    p.state() == Reconciliation.State.MISSING
                        || p.state() == Reconciliation.State.INCOMPLETE);
    return corrupt ? ExitCode.CORRUPT : missing ? ExitCode.INCOMPLETE : ExitCode.COMPLETE;
  }

  private static void write(WarehouseFolder warehouse, List<Reconciliation.Place> places)
      throws IOException {
    Instant now = Instant.now();
    List<Object[]> rows = new ArrayList<>();
    for (Reconciliation.Place p : places) {
      rows.add(
          new Object[] {
            now.toString(),
            p.kind(),
            p.id(),
            p.root(),
            p.state().words(),
            p.listedBytes() < 0 ? null : p.listedBytes(),
            p.storedBytes(),
            p.objects(),
            p.detail().isEmpty() ? null : String.join("; ", p.detail()),
            now.toEpochMilli() * 1000
          });
    }
    try (ObjectStore store = warehouse.open(warehouse.uri() + "/" + LOCATIONS.name())) {
      new DeltaTable(store, LOCATIONS).append(rows, "reconcile-" + now, 0);
    }
  }

  private void tell(List<Reconciliation.Place> places) {
    Map<String, Long> states =
        places.stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.state().words(), LinkedHashMap::new, Collectors.counting()));
    if (global().json()) {
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Reconciliation.Place p : places) {
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("kind", p.kind());
        d.put("id", p.id());
        d.put("root", p.root());
        d.put("state", p.state().words());
        d.put("bytes_listed", p.listedBytes() < 0 ? null : p.listedBytes());
        d.put("bytes_stored", p.storedBytes());
        d.put("objects", p.objects());
        d.put("detail", p.detail());
        documents.add(d);
      }
      console().json(Map.of("states", states, "places", documents));
      return;
    }
    for (Reconciliation.Place p : places) {
      if (p.state() != Reconciliation.State.SOUND) {
        console()
            .print(
                String.format(
                    Locale.ROOT,
                    "%s %s: %s, %d objects of %s",
                    p.kind(),
                    p.root(),
                    p.state().words(),
                    p.objects(),
                    ByteSize.inWords(p.storedBytes())));
        p.detail().stream().limit(LISTED).forEach(d -> console().print("  " + d));
      }
    }
    console()
        .print(
            states.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", ")));
  }
}
