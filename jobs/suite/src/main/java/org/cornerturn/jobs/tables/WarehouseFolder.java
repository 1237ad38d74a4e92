package org.cornerturn.jobs.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.TableUpkeep;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;

/** The warehouse, as the folder of tables that it is. */
record WarehouseFolder(GlobalOptions global) {
  private static final String LOG = "/_delta_log";

  /** A table. */
  record Table(String name, String uri) {}

  String uri() {
    return OpenSet.absolute(global.warehouse());
  }

  /**
   * The tables of these names, or all.
   *
   * @throws UserError where one of them isn't there
   */
  List<Table> tables(List<String> wanted) throws IOException {
    List<Table> all = in(uri());
    List<Table> chosen = new ArrayList<>();
    for (String name : wanted) {
      chosen.add(
          all.stream()
              .filter(t -> t.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          name,
                          "the warehouse " + uri() + " has no such table",
                          "It has " + all.stream().map(Table::name).toList())));
    }
    if (wanted.isEmpty() && all.isEmpty()) {
      throw new UserError(uri(), "there are no tables", "Name the folder of them: --warehouse");
    }
    return wanted.isEmpty() ? all : chosen;
  }

  private List<Table> in(String folder) throws IOException {
    List<Table> found = new ArrayList<>();
    try (ObjectStore store = open(folder)) {
      for (String name : store.folder("").folders()) {
        if (!store.folder(name + LOG).objects().isEmpty()) {
          found.add(new Table(name, folder + "/" + name));
        }
      }
    }
    return found;
  }

  ObjectStore open(String folder) throws IOException {
    return Stores.open(folder, global.hadoop());
  }

  /** The newest version of a table. */
  TableSnapshot newest(Table table) throws IOException {
    return new TableReader(open(table.uri()), TableCache.none(), Optional.empty())
        .latest()
        .orElseThrow(
            () -> new UserError(table.uri(), "there is no table any more", "Try it again"));
  }

  /** Starts Spark with SQL, which takes some seconds. */
  TableUpkeep upkeep() {
    return new TableUpkeep(Sessions.session("cornerturn tables", global.master(), global.spark()));
  }
}
