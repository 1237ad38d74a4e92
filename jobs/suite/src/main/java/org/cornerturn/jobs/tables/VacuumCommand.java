package org.cornerturn.jobs.tables;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.TableUpkeep;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables vacuum}. */
@Command(
    name = "vacuum",
    description = {
      "Remove data files that no version of the last so long needs (Delta's VACUUM): replaced ones,"
          + " and those that writers left that failed.",
      "Older versions can't be read any more then."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn tables vacuum --dry-run",
      "  cornerturn tables vacuum uvh5_files --retain 30d"
    })
public final class VacuumCommand extends Verb {
  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--retain",
      paramLabel = "DURATION",
      defaultValue = "7d",
      description = "7d or more (${DEFAULT-VALUE}).")
  private Duration retain;

  @Option(names = "--dry-run", description = "Tell the files. Nothing is removed.")
  private boolean dryRun;

  /** Files of a table's folder, and their bytes. */
  private record Content(long files, long bytes) {}

  @Override
  protected ExitCode run() throws IOException {
    if (retain.compareTo(TableUpkeep.LEAST_RETENTION) < 0) {
      throw new UserError(
          "--retain",
          "readers and writers that began less than 7 days ago may need these files",
          "Use 7d or more");
    }
    WarehouseFolder warehouse = new WarehouseFolder(global());
    List<WarehouseFolder.Table> tables = warehouse.tables(names);
    TableUpkeep upkeep = warehouse.upkeep();
    List<Map<String, Object>> told = new ArrayList<>();
    for (WarehouseFolder.Table table : tables) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("table", table.name());
      if (dryRun) {
        List<String> files = upkeep.vacuumable(table.uri(), retain);
        document.put("would_remove", files);
        say(table.name() + ": " + files.size() + " files would be removed");
        files.forEach(f -> say("  " + f));
      } else {
        try (ObjectStore store = warehouse.open(table.uri())) {
          // The log, which vacuuming adds to, is no part of it.
          Content before = data(store);
          upkeep.vacuum(table.uri(), retain);
          Content after = data(store);
          long removed = before.files() - after.files();
          long bytes = before.bytes() - after.bytes();
          document.put("removed", removed);
          document.put("bytes", bytes);
          say(
              table.name()
                  + ": "
                  + removed
                  + " files of "
                  + ByteSize.inWords(Math.max(0, bytes))
                  + " removed");
        }
      }
      told.add(document);
    }
    if (global().json()) {
      console().json(told);
    }
    return ExitCode.COMPLETE;
  }

  private static Content data(ObjectStore store) throws IOException {
    long files = 0;
    long bytes = 0;
    for (ObjectStatus s : store.list("")) {
      if (!s.key().startsWith("_delta_log/")) {
        files++;
        bytes += s.size();
      }
    }
    return new Content(files, bytes);
  }

  private void say(String line) {
    if (!global().json()) {
      console().print(line);
    }
  }
}
