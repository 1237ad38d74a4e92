package org.cornerturn.table;

import java.io.IOException;

/**
 * Keeps what was read of tables (snapshots, decoded columns) for the next reading. Bounded; safe
 * for use by several threads.
 */
public interface TableCache {
  /** Reads what isn't kept yet. */
  @FunctionalInterface
  interface Loader {
    Sized load() throws IOException;
  }

  /** Something that says how much memory it takes. */
  interface Sized {
    /** About how much memory it takes, bytes. */
    long bytes();
  }

  /**
   * What is kept under a key, loaded first where it isn't. Several threads that ask for the same
   * wait for one loading.
   */
  Sized value(Object key, Loader loader) throws IOException;

  /** Keeps nothing. */
  static TableCache none() {
    return (key, loader) -> loader.load();
  }
}
