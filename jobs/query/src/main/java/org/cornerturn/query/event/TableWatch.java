package org.cornerturn.query.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.query.http.Json;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Sees the commits of a Delta table, by its log: a request for each look, and one for each commit.
 */
final class TableWatch {
  private static final Pattern COMMIT = Pattern.compile("_delta_log/(\\d{20})\\.json");
  private static final int LARGEST_COMMIT = 16 << 20;

  private final String table;
  private final String event;
  private final ObjectStore store;
  private long seen = -1;
  private boolean hasLooked;

  /**
   * @param event name of the events that its commits are
   */
  TableWatch(String table, String event, ObjectStore store) {
    this.table = table;
    this.event = event;
    this.store = store;
  }

  /** Publishes the commits since the last look; the first look only finds where to begin. */
  void look(Events events) throws IOException {
    if (!hasLooked) {
      seen = newest();
      hasLooked = true;
      return;
    }
    if (seen < 0 && store.status(name(0)).isEmpty()) {
      seen = newest(); // A table whose oldest commits are gone, or none yet.
      if (seen >= 0) {
        publish(events, seen);
      }
      return;
    }
    while (store.status(name(seen + 1)).isPresent()) {
      publish(events, ++seen);
    }
  }

  private long newest() throws IOException {
    long newest = -1;
    for (ObjectStatus s : store.list("_delta_log/")) {
      Matcher m = COMMIT.matcher(s.key());
      if (m.matches()) {
        newest = Math.max(newest, Long.parseLong(m.group(1)));
      }
    }
    return newest;
  }

  private static String name(long version) {
    return String.format(Locale.ROOT, "_delta_log/%020d.json", version);
  }

  private void publish(Events events, long version) throws IOException {
    ObjectNode data = Json.object();
    data.put("table", table).put("version", version);
    ObjectStatus status = store.status(name(version)).orElseThrow();
    if (status.size() <= LARGEST_COMMIT) {
      describe(data, new String(store.get(name(version)), StandardCharsets.UTF_8));
    }
    events.publish(event, data);
  }

  /** What the commit says of itself: operation, time, rows. */
  private static void describe(ObjectNode data, String commit) throws IOException {
    long rows = 0;
    int added = 0;
    int removed = 0;
    for (String line : commit.split("\n")) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode action = Json.mapper().readTree(line);
      if (action.has("commitInfo")) {
        data.set("operation", action.path("commitInfo").path("operation"));
        data.set("timestamp", action.path("commitInfo").path("timestamp"));
      } else if (action.has("add")) {
        added++;
        String stats = action.path("add").path("stats").asText("{}");
        rows += Json.mapper().readTree(stats).path("numRecords").asLong();
      } else if (action.has("remove")) {
        removed++;
      }
    }
    data.put("files_added", added).put("files_removed", removed).put("rows_added", rows);
  }
}
