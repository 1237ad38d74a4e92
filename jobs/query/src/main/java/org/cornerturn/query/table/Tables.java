package org.cornerturn.query.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cornerturn.UserError;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Service;
import org.cornerturn.query.Warehouse;
import org.cornerturn.query.access.Principal;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Problem;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFileCache;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableCommit;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;

/**
 * The warehouse's tables: every folder directly in it that has a Delta log. Who may read them is
 * decided as for a root named {@code warehouse}.
 */
public final class Tables implements Closeable {
  /** What askers with rights on single roots need a right on. */
  public static final String ROOT = "warehouse";

  private static final double SHARE_OF_MEMORY = 0.25;
  private static final String LOG = "_delta_log";

  private final Warehouse warehouse;
  private final TableCache cache;
  private final Limit copiesBytes;
  private final Optional<DataFileCache> copies;
  private final Map<String, TableReader> readers = new ConcurrentHashMap<>();

  public Tables(Service service) {
    this.warehouse = service.warehouse();
    ByteCache<Object, TableCache.Sized> kept =
        service.caches().cache("tables", SHARE_OF_MEMORY, TableCache.Sized::bytes);
    this.cache = (key, loader) -> load(kept, key, loader);
    this.copiesBytes =
        service
            .limits()
            .declare(
                "table_copies_bytes",
                4L << 30,
                "bytes",
                "copies on local disk of data files of tables that lie elsewhere");
    try {
      this.copies =
          Stores.isLocal(warehouse.uri())
              ? Optional.empty()
              : Optional.of(
                  new DataFileCache(
                      Files.createTempDirectory("cornerturn-tables-"), copiesBytes.most()));
    } catch (IOException e) {
      throw new UserError(
          "There is no folder for copies of tables",
          e.getMessage(),
          "Give Java a writable folder: -Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  private static TableCache.Sized load(
      ByteCache<Object, TableCache.Sized> kept, Object key, TableCache.Loader loader)
      throws IOException {
    try {
      // A load is a column of a file or a snapshot: short, so that who waits needs no deadline.
      return kept.get(key, Deadline.NONE, loader::load);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /**
   * @throws Problem 403
   */
  public void check(Principal principal) {
    if (!principal.mayRead(ROOT)) {
      throw Problem.denied("Permission denied: the tables of the warehouse");
    }
  }

  /** Names of all tables, sorted. */
  List<String> names() {
    try {
      List<String> names = new ArrayList<>();
      for (String folder : warehouse.store().folder("").folders()) {
        if (isTable(folder)) {
          names.add(folder);
        }
      }
      return names;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean isTable(String name) throws IOException {
    return readers.containsKey(name)
        || warehouse.store().folder(name).folders().contains(name + "/" + LOG);
  }

  /**
   * The newest version of a table, if there is the table.
   *
   * @param name one part of a path
   */
  public Optional<TableSnapshot> latest(String name) {
    try {
      Optional<TableReader> reader = reader(name);
      Optional<TableSnapshot> found = reader.isEmpty() ? Optional.empty() : reader.get().latest();
      if (found.isEmpty()) {
        readers.remove(name);
      }
      return found;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * A table at a version.
   *
   * @param version empty: the newest
   * @throws Problem 404
   */
  public TableSnapshot snapshot(String name, Optional<Long> version) {
    TableSnapshot latest =
        latest(name)
            .orElseThrow(() -> Problem.notFound("There is no table " + name + " in the warehouse"));
    if (version.isEmpty()) {
      return latest;
    }
    try {
      Optional<TableReader> reader = reader(name);
      Optional<TableSnapshot> then =
          reader.isEmpty() ? Optional.empty() : reader.get().at(version.get());
      return then.orElseThrow(
          () ->
              Problem.notFound(
                  "The table "
                      + name
                      + " has no version "
                      + version.get()
                      + " (any more); the newest is "
                      + latest.version()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Commits of a table that is there, the newest first. */
  List<TableCommit> history(String name, long newest, int most) {
    try {
      Optional<TableReader> reader = reader(name);
      return reader.isEmpty() ? List.of() : reader.get().history(newest, most);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What is kept of tables. */
  public TableCache cache() {
    return cache;
  }

  /**
   * A table's data files on this disk, in their order; the caller closes them.
   *
   * @throws Problem 413 when they are too large to be copied here
   */
  public List<DataFileCache.Held> hold(String name, TableSnapshot table) throws IOException {
    ObjectStore store = warehouse.table(name);
    List<DataFileCache.Held> held = new ArrayList<>();
    try {
      if (copies.isPresent()) {
        copiesBytes.check(table.dataBytes());
      }
      for (TableSnapshot.StoredFile f : table.storedFiles()) {
        held.add(
            copies.isPresent()
                ? copies.get().hold(store, f.key(), f.bytes())
                : new Original(Path.of(store.uri()).resolve(f.key())));
      }
      return held;
    } catch (IOException | RuntimeException e) {
      held.forEach(DataFileCache.Held::close);
      throw e;
    }
  }

  /** A data file that is on this disk anyway. */
  private record Original(Path path) implements DataFileCache.Held {
    @Override
    public void close() {
      // It belongs to the table.
    }
  }

  private Optional<TableReader> reader(String name) throws IOException {
    if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
      return Optional.empty();
    }
    TableReader known = readers.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!isTable(name)) {
      return Optional.empty();
    }
    TableReader reader = new TableReader(warehouse.table(name), cache, copies);
    TableReader earlier = readers.putIfAbsent(name, reader);
    return Optional.of(earlier == null ? reader : earlier);
  }

  /** The problem that a fault of the warehouse is. */
  static Problem failed(IOException e) {
    return e instanceof AccessDeniedException
        ? Problem.denied("Permission denied: the warehouse")
        : Problem.badGateway("The warehouse can't be read: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    if (copies.isPresent()) {
      copies.get().close();
    }
  }
}
