package org.cornerturn.query.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.root.Root;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Sees what comes, changes and goes directly in a root's folder. Folders deeper in it are not
 * looked into: roots may have millions of objects.
 */
final class RootWatch {
  private static final int MOST_NAMED = 100;

  private final Root root;
  private Map<String, String> known;

  RootWatch(Root root) {
    this.root = root;
  }

  Root root() {
    return root;
  }

  /** Publishes what is otherwise than at the last look. */
  void look(Events events) throws IOException {
    Map<String, String> now = new HashMap<>();
    ObjectStore.Folder folder = root.store().folder("");
    for (ObjectStatus s : folder.objects()) {
      now.put(s.key(), s.version());
    }
    folder.folders().forEach(f -> now.put(f + "/", ""));
    Map<String, String> before = known;
    known = now;
    if (before == null || before.equals(now)) {
      return;
    }
    TreeSet<String> added = new TreeSet<>(now.keySet());
    added.removeAll(before.keySet());
    TreeSet<String> removed = new TreeSet<>(before.keySet());
    removed.removeAll(now.keySet());
    TreeSet<String> changed = new TreeSet<>();
    now.forEach(
        (key, version) -> {
          if (before.containsKey(key) && !before.get(key).equals(version)) {
            changed.add(key);
          }
        });
    ObjectNode data = Json.object();
    data.put("root", root.name());
    names(data.putArray("added"), added);
    names(data.putArray("changed"), changed);
    names(data.putArray("removed"), removed);
    data.put("count", added.size() + changed.size() + removed.size());
    events.publish("files_update", data);
  }

  private static void names(ArrayNode array, Collection<String> keys) {
    keys.stream().limit(MOST_NAMED).forEach(array::add);
  }
}
