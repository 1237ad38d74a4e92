package org.cornerturn.jobs.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.TableUpkeep;
import org.cornerturn.table.TableSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables optimize}. */
@Command(
    name = "optimize",
    description = "Join small data files (Delta's OPTIMIZE); what tables say stays the same.",
    footer = {
      "",
      "Examples:",
      "  cornerturn tables optimize",
      "  cornerturn tables optimize images --order-by ra,dec"
    })
public final class OptimizeCommand extends Verb {
  /** Delta leaves files alone that are larger. */
  private static final long SMALL = 1L << 30;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--order-by",
      paramLabel = "COLUMN",
      split = ",",
      description = "Lay rows out by these columns (ZORDER BY), of which questions then read less.")
  private List<String> order = new ArrayList<>();

  @Option(names = "--dry-run", description = "Tell the files that there are. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    WarehouseFolder warehouse = new WarehouseFolder(global());
    List<WarehouseFolder.Table> tables = warehouse.tables(names);
    Map<String, TableSnapshot> before = new LinkedHashMap<>();
    for (WarehouseFolder.Table table : tables) {
      TableSnapshot snapshot = warehouse.newest(table);
      for (String column : order) {
        if (snapshot.schema().indexOf(column) < 0) {
          throw new UserError(
              "--order-by " + column, table.name() + " has no such column", "Name its columns");
        }
      }
      before.put(table.name(), snapshot);
    }
    TableUpkeep upkeep = dryRun ? null : warehouse.upkeep();
    List<Map<String, Object>> told = new ArrayList<>();
    for (WarehouseFolder.Table table : tables) {
      TableSnapshot snapshot = before.get(table.name());
      long small = snapshot.storedFiles().stream().filter(f -> f.bytes() < SMALL).count();
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("table", table.name());
      document.put("files", snapshot.parts());
      document.put("small_files", small);
      document.put("bytes", snapshot.dataBytes());
      String words =
          snapshot.parts() + " files of " + ByteSize.inWords(snapshot.dataBytes()) + ", " + small;
      // With an order even a single file may be laid out anew.
      boolean due = small > 1 || !order.isEmpty() && snapshot.parts() > 0;
      if (dryRun || !due) {
        say(table.name() + ": " + words + (due ? " of them small" : " of them small: left alone"));
      } else {
        TableUpkeep.Rewritten done = upkeep.optimize(table.uri(), order);
        document.put("added", done.added());
        document.put("removed", done.removed());
        say(table.name() + ": " + done.removed() + " files became " + done.added());
      }
      told.add(document);
    }
    if (global().json()) {
      console().json(told);
    }
    return ExitCode.COMPLETE;
  }

  private void say(String line) {
    if (!global().json()) {
      console().print(line);
    }
  }
}
