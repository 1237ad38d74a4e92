package org.cornerturn.query.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cornerturn.query.Warehouse;
import org.cornerturn.query.root.Root;
import org.cornerturn.query.root.Roots;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether every store answers; looked at no oftener than every few seconds. */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final long KEEP_NANOS = 5_000_000_000L;

  /** An object that nobody has: asking for it costs one small request. */
  private static final String NOBODY = "_cornerturn/ready";

  private final Roots roots;
  private final Warehouse warehouse;
  private Map<String, Boolean> last = Map.of();
  private long looked;

  Readiness(Roots roots, Warehouse warehouse) {
    this.roots = roots;
    this.warehouse = warehouse;
  }

  /** Writes what was found, by name, and tells whether all is well. */
  synchronized boolean fill(ObjectNode checks) {
    if (last.isEmpty() || System.nanoTime() - looked > KEEP_NANOS) {
      Map<String, Boolean> now = new LinkedHashMap<>();
      for (Root r : roots.all()) {
        now.put("root " + r.name(), answers(r.store(), true));
      }
      now.put("warehouse", answers(warehouse.store(), false));
      last = now;
      looked = System.nanoTime();
    }
    last.forEach((name, isWell) -> checks.put(name, isWell ? "ok" : "not reached"));
    return last.values().stream().allMatch(b -> b);
  }

  /**
   * @param mustExist whether a local folder has to be there; a warehouse comes with the first run
   */
  private static boolean answers(ObjectStore store, boolean mustExist) {
    if (Stores.isLocal(store.uri())) {
      Path folder = Path.of(store.uri());
      return Files.isReadable(folder) || !mustExist && !Files.exists(folder);
    }
    try {
      store.status(NOBODY);
      return true;
    } catch (IOException e) {
      LOG.warn("{} does not answer", store.uri(), e);
      return false;
    }
  }
}
