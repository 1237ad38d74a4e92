package org.cornerturn.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/**
 * Reads a Delta table that anybody wrote, at any version that its log still has; the schema comes
 * from the log. A snapshot that is kept is used again only while the log's newest commit is the one
 * it was made from. Thread-safe.
 */
public final class TableReader {
  /** Folder of a table's log. */
  static final String LOG = "_delta_log/";

  private final ObjectStore store;
  private final TableCache cache;
  private final Engine engine;
  private final Optional<DataFileCache> files;
  private volatile long latest = -1;

  /**
   * @param store its root is the table's folder
   * @param files keeps data files of stores that are not on this disk; empty: they are read in
   *     ranges each time
   */
  public TableReader(ObjectStore store, TableCache cache, Optional<DataFileCache> files) {
    this.store = store;
    this.cache = cache;
    this.files = Stores.isLocal(store.uri()) ? Optional.empty() : files;
    this.engine = DefaultEngine.create(new StoreFiles(store, this.files));
  }

  /** Where the table lies. */
  public String uri() {
    return store.uri();
  }

  private Optional<ObjectStatus> commit(long version) throws IOException {
    return store.status(LOG + String.format(Locale.ROOT, "%020d.json", version));
  }

  private record SnapshotKey(String table, long version, String commit) {}

  /** The newest version, or empty where there is no table. */
  public Optional<TableSnapshot> latest() throws IOException {
    long known = latest;
    Optional<ObjectStatus> at = known < 0 ? Optional.empty() : commit(known);
    while (at.isPresent()) {
      Optional<ObjectStatus> next = commit(known + 1);
      if (next.isEmpty()) {
        latest = known;
        return Optional.of(kept(known, at.get()));
      }
      known++;
      at = next;
    }
    Optional<Snapshot> found = load(TableManager.loadSnapshot(StoreFiles.LOCATION));
    if (found.isEmpty()) {
      latest = -1;
      return Optional.empty();
    }
    long version = found.get().getVersion();
    latest = version;
    Optional<ObjectStatus> status = commit(version);
    return Optional.of(status.isPresent() ? kept(version, status.get()) : snapshot(found.get()));
  }

  /**
   * One version.
   *
   * @return empty where there is no table or it has no such version (any more)
   */
  public Optional<TableSnapshot> at(long version) throws IOException {
    Optional<TableSnapshot> newest = latest();
    if (newest.isEmpty() || version < 0 || version > newest.get().version()) {
      return Optional.empty();
    }
    if (version == newest.get().version()) {
      return newest;
    }
    Optional<ObjectStatus> status = commit(version);
    return status.isPresent() ? Optional.of(kept(version, status.get())) : Optional.empty();
  }

  /**
   * Commits, the newest first, as far as the log still has them.
   *
   * @param newest version to begin with
   */
  public List<TableCommit> history(long newest, int most) throws IOException {
    return TableHistory.read(store, newest, most);
  }

  private TableSnapshot kept(long version, ObjectStatus commit) throws IOException {
    return (TableSnapshot)
        cache.value(
            new SnapshotKey(store.uri(), version, commit.version()),
            () ->
                snapshot(
                    load(TableManager.loadSnapshot(StoreFiles.LOCATION).atVersion(version))
                        .orElseThrow(
                            () -> new IOException(store.uri() + " is no table any more"))));
  }

  private Optional<Snapshot> load(SnapshotBuilder builder) throws IOException {
    try {
      return Optional.of(builder.build(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, store.uri());
    }
  }

  private TableSnapshot snapshot(Snapshot of) throws IOException {
    try {
      return new TableSnapshot(store.uri(), engine, cache, of);
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, store.uri());
    }
  }
}
