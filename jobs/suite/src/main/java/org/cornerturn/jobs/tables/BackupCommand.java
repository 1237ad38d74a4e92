package org.cornerturn.jobs.tables;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.TableArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables backup}. */
@Command(
    name = "backup",
    description = {
      "Copy tables, each at its newest version, with their logs and a checksum of every object.",
      "A backup is a folder of FOLDER named after the time; it is one as soon as backup.json is in"
          + " it."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn tables backup /backup/warehouse --keep 7",
      "  cornerturn tables backup s3a://backup/warehouse images products --dry-run"
    })
public final class BackupCommand extends Verb {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Where backups are kept.")
  private String folder;

  @Parameters(index = "1..*", paramLabel = "TABLE", description = "Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Remove older backups of FOLDER but the newest N, this one counted.")
  private Integer keep;

  @Option(names = "--dry-run", description = "Tell what would be copied. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (keep != null && keep < 1) {
      throw new UserError("--keep " + keep, "it is out of range", "Use 1 or more");
    }
    WarehouseFolder warehouse = new WarehouseFolder(global());
    List<WarehouseFolder.Table> tables = warehouse.tables(names);
    String place = OpenSet.absolute(folder);
    if ((place + "/").startsWith(warehouse.uri() + "/")) {
      throw new UserError(
          folder, "it lies in the warehouse, whose tables it is to keep", "Name another folder");
    }
    String stamp = STAMP.format(Instant.now());
    Map<String, TableArchive.Copy> copies = new LinkedHashMap<>();
    try (ObjectStore into = warehouse.open(place + "/" + stamp)) {
      if (Backup.get(into).isPresent()) {
        throw new UserError(into.uri(), "there is a backup of this second", "Try it again");
      }
      for (WarehouseFolder.Table table : tables) {
        Optional<TableArchive.Copy> copy = copy(warehouse, table, place + "/" + stamp);
        copy.ifPresent(c -> copies.put(table.name(), c));
      }
      Backup backup = new Backup(Instant.now().toString(), warehouse.uri(), copies);
      if (!dryRun) {
        backup.put(into);
      }
      List<String> removed = dryRun || keep == null ? List.of() : removeOlder(warehouse, place);
      tell(into.uri(), backup, removed);
    }
    return ExitCode.COMPLETE;
  }

  private Optional<TableArchive.Copy> copy(
      WarehouseFolder warehouse, WarehouseFolder.Table table, String place) throws IOException {
    try (ObjectStore from = warehouse.open(table.uri());
        ObjectStore to = warehouse.open(place + "/" + table.name())) {
      Optional<TableArchive.Copy> planned = TableArchive.plan(from);
      return dryRun || planned.isEmpty()
          ? planned
          : Optional.of(TableArchive.copy(planned.get(), from, to));
    }
  }

  /** Removes all whole backups but the newest; their list goes first, so that none is half. */
  private List<String> removeOlder(WarehouseFolder warehouse, String place) throws IOException {
    List<String> removed = new ArrayList<>();
    try (ObjectStore all = warehouse.open(place)) {
      List<String> stamps = new ArrayList<>();
      for (String name : all.folder("").folders()) {
        if (name.matches(Backup.STAMP) && all.status(name + "/" + Backup.KEY).isPresent()) {
          stamps.add(name);
        }
      }
      for (String old : stamps.subList(0, Math.max(0, stamps.size() - keep))) {
        all.delete(old + "/" + Backup.KEY);
        all.deleteFolder(old);
        removed.add(old);
      }
    }
    return removed;
  }

  private void tell(String uri, Backup backup, List<String> removed) {
    if (global().json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("backup", uri);
      document.put("dry_run", dryRun);
      document.put("bytes", backup.bytes());
      Map<String, Object> tables = new LinkedHashMap<>();
      backup.tables().forEach((n, c) -> tables.put(n, Map.of("version", c.version())));
      document.put("tables", tables);
      document.put("removed", removed);
      console().json(document);
      return;
    }
    backup
        .tables()
        .forEach(
            (name, c) ->
                console()
                    .print(
                        String.format(
                            Locale.ROOT,
                            "%s: version %d, %d objects, %s",
                            name,
                            c.version(),
                            c.entries().size(),
                            ByteSize.inWords(c.bytes()))));
    removed.forEach(r -> console().print("removed " + r));
    console()
        .print(
            (dryRun ? "would be copied to " : "copied to ")
                + uri
                + ": "
                + ByteSize.inWords(backup.bytes()));
  }
}
