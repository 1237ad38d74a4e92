package org.cornerturn.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/**
 * {@code CatalogTable WAREHOUSE ROWS}: a Delta table of made-up sources, ordered by cells of the
 * sky as a catalogue is, for look-ups of single places.
 */
final class CatalogTable {
  private static final int SOURCES_OF_A_CELL = 9;
  private static final long ROW_BYTES = 200;
  private static final TableDefinition SOURCES =
      TableDefinition.named("sources", "Made-up sources, ordered by cell")
          .text("source", "name")
          .count("cell", null, "number of the cell of the sky")
          .real("ra", "deg", "right ascension")
          .real("dec", "deg", "declination")
          .real("flux", "Jy", "flux density");

  private CatalogTable() {}

  public static void main(String[] arguments) throws IOException {
    long rows = Long.parseLong(arguments[1]);
    SplittableRandom random = new SplittableRandom(1_800_000);
    try (ObjectStore store = Stores.open(arguments[0] + "/" + SOURCES.name(), Map.of())) {
      TableWriter writer = new TableWriter(store, SOURCES, 64L << 20);
      for (long i = 0; i < rows; i++) {
        long cell = i / SOURCES_OF_A_CELL;
        double turn = (double) cell * SOURCES_OF_A_CELL / rows;
        Object[] row = {
          "J" + i,
          cell,
          360 * (turn * 500 % 1) + random.nextDouble() / 100,
          90 - 180 * turn + random.nextDouble() / 100,
          Math.pow(random.nextDouble(), -1.5) * 1e-3
        };
        writer.add(row, ROW_BYTES);
      }
      new DeltaTable(store, SOURCES).replace("source", Set.of(), writer.finish(), "bench", 1);
    }
  }
}
