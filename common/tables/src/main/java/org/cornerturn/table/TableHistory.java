package org.cornerturn.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** The commits that a table's log still has. */
final class TableHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is read of a commit: its first actions, among which the commit describes itself. */
  private static final int HEAD = 64 << 10;

  private TableHistory() {}

  /** Newest first, at most so many. */
  static List<TableCommit> read(ObjectStore store, long newest, int most) throws IOException {
    List<TableCommit> found = new ArrayList<>();
    for (long v = newest; v >= 0 && found.size() < most; v--) {
      String key = TableReader.LOG + String.format(Locale.ROOT, "%020d.json", v);
      ObjectStatus status = store.status(key).orElse(null);
      if (status == null) {
        break; // Older ones were cleaned away.
      }
      found.add(commit(store, v, status));
    }
    return found;
  }

  private static TableCommit commit(ObjectStore store, long version, ObjectStatus status)
      throws IOException {
    int n = (int) Math.min(HEAD, status.size());
    byte[] head = new byte[n];
    try (ObjectChannel channel = store.open(status)) {
      channel.readFully(0, head, 0, n);
    }
    String[] lines = new String(head, StandardCharsets.UTF_8).split("\n");
    boolean cut = n < status.size();
    for (int i = 0; i < lines.length - (cut ? 1 : 0); i++) {
      JsonNode info = info(lines[i]);
      if (info.isObject()) {
        return new TableCommit(
            version,
            info.path("inCommitTimestamp")
                .asLong(info.path("timestamp").asLong(status.modifiedMillis())),
            info.path("operation").asText(null),
            info.path("operationParameters"),
            info.path("operationMetrics"),
            info.path("engineInfo").asText(null));
      }
    }
    JsonNode none = JSON.missingNode();
    return new TableCommit(version, status.modifiedMillis(), null, none, none, null);
  }

  private static JsonNode info(String line) throws IOException {
    try {
      return JSON.readTree(line).path("commitInfo");
    } catch (JsonProcessingException e) {
      throw new IOException("a commit of the log is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
