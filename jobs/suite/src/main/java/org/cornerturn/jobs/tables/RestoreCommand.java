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
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.TableArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables restore}. */
@Command(
    name = "restore",
    description = {
      "Copy tables of a backup into the warehouse; every object is held against its checksum.",
      "Nobody may write these tables meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn --warehouse new tables restore /backup/warehouse",
      "  cornerturn tables restore /backup/warehouse/20260101T030000Z images --overwrite"
    })
public final class RestoreCommand extends Verb {
  @Parameters(
      index = "0",
      paramLabel = "BACKUP",
      description = "A backup, or the folder of several: then the newest.")
  private String from;

  @Parameters(index = "1..*", paramLabel = "TABLE", description = "Default: all of the backup.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace tables that the warehouse has.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell what would be copied. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    WarehouseFolder warehouse = new WarehouseFolder(global());
    String place = newest(warehouse, OpenSet.absolute(from));
    Backup backup;
    try (ObjectStore store = warehouse.open(place)) {
      backup = Backup.get(store).orElseThrow(() -> none(place));
    }
    Map<String, TableArchive.Copy> wanted = new LinkedHashMap<>(backup.tables());
    if (!names.isEmpty()) {
      wanted.keySet().retainAll(names);
    }
    for (String name : names) {
      if (!wanted.containsKey(name)) {
        throw new UserError(
            name, "the backup has no such table", "It has " + backup.tables().keySet());
      }
    }
    for (String name : wanted.keySet()) {
      try (ObjectStore to = warehouse.open(warehouse.uri() + "/" + name)) {
        if (!overwrite && !to.list("").isEmpty()) {
          throw new UserError(
              warehouse.uri() + "/" + name,
              "the warehouse has this table",
              "Restore into another --warehouse, or see to --overwrite");
        }
      }
    }
    for (Map.Entry<String, TableArchive.Copy> table : wanted.entrySet()) {
      restore(warehouse, place, table.getKey(), table.getValue());
    }
    if (global().json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("backup", place);
      document.put("dry_run", dryRun);
      document.put("tables", wanted.keySet());
      console().json(document);
    }
    return ExitCode.COMPLETE;
  }

  private void restore(WarehouseFolder warehouse, String place, String name, TableArchive.Copy copy)
      throws IOException {
    if (!dryRun) {
      try (ObjectStore source = warehouse.open(place + "/" + name);
          ObjectStore to = warehouse.open(warehouse.uri() + "/" + name)) {
        TableArchive.check(copy, source);
        // The log first: without it what is left is no table.
        to.deleteFolder("_delta_log");
        for (ObjectStatus old : to.list("")) {
          to.delete(old.key());
        }
        TableArchive.copy(copy, source, to);
      }
    }
    if (!global().json()) {
      console()
          .print(
              name
                  + ": version "
                  + copy.version()
                  + ", "
                  + ByteSize.inWords(copy.bytes())
                  + (dryRun ? " would be restored" : " restored"));
    }
  }

  /** The backup, or the newest in a folder of them. */
  private static String newest(WarehouseFolder warehouse, String uri) throws IOException {
    try (ObjectStore store = warehouse.open(uri)) {
      if (store.status(Backup.KEY).isPresent()) {
        return uri;
      }
      String found = null;
      for (String name : store.folder("").folders()) {
        boolean whole = name.matches(Backup.STAMP);
        if (whole && store.status(name + "/" + Backup.KEY).isPresent()) {
          found = name; // They are in their order.
        }
      }
      if (found == null) {
        throw none(uri);
      }
      return uri + "/" + found;
    }
  }

  private static UserError none(String uri) {
    return new UserError(
        uri, "there is no backup with a backup.json", "Name one of cornerturn tables backup");
  }
}
