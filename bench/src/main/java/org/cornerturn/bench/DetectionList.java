package org.cornerturn.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/** {@code DetectionList WAREHOUSE}: places and heights of the table of detections, as CSV. */
final class DetectionList {
  private static final TableDefinition DETECTIONS =
      TableDefinition.named("detections", "sources found in images")
          .real("x", "pixel", "column")
          .real("y", "pixel", "row")
          .real("flux_peak_mjy_beam", "mJy/beam", "height");

  private DetectionList() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("x,y,flux");
    try (ObjectStore store = Stores.open(arguments[0] + "/" + DETECTIONS.name(), Map.of())) {
      new DeltaTable(store, DETECTIONS)
          .read(
              List.of("x", "y", "flux_peak_mjy_beam"),
              r -> out.println(r[0] + "," + r[1] + "," + r[2]));
    }
  }
}
