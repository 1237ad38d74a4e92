package org.cornerturn.query;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/**
 * The folder or prefix of the tables that all products share; it may be empty or not there yet.
 *
 * @param settings Hadoop settings ({@code fs.*}) for {@link Stores#open}
 */
public record Warehouse(String uri, ObjectStore store, Map<String, String> settings) {
  static Warehouse open(String uri, Map<String, String> storeSettings) throws IOException {
    Map<String, String> settings = S3Settings.completed(storeSettings);
    ObjectStore store = Stores.open(uri, settings);
    return new Warehouse(store.uri(), store, settings);
  }

  /** The store of one table. */
  public ObjectStore table(String name) throws IOException {
    return Stores.open(uri + "/" + name, settings);
  }
}
