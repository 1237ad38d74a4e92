package org.cornerturn.jobs.watch;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * What became of each observation: a Delta table beside the products. It spares looking at products
 * that are done; whether one is there, the product itself says.
 */
final class WatchTable {
  static final String FOLDER = "watched";

  static final TableDefinition TABLE =
      TableDefinition.named(FOLDER, "observations: a row for each version, and for each refusal")
          .text("group_id", "the observation")
          .count("version", null, "of its product, from 1; goes up when files come late or change")
          .text("product", "root of the product; null where there is none")
          .text("state", "converted, or refused (see reason)")
          .counts("subbands", null, "numbers of the subbands in it; empty: the whole band")
          .counts("missing", null, "numbers of the subbands that it lacks")
          .texts("files", "the files that it is made of")
          .text("question", "digest of the files and their versions")
          .text("reason", "why it was refused; else null")
          .moment("at", "when this was recorded");

  private final DeltaTable table;

  /** Questions that are answered, by group. */
  private final Map<String, Set<String>> answered = new HashMap<>();

  /**
   * @param store its root is the table's folder
   */
  WatchTable(ObjectStore store) throws IOException {
    table = new DeltaTable(store, TABLE);
    table.read(List.of("group_id", "question"), v -> answered((String) v[0]).add((String) v[1]));
  }

  private Set<String> answered(String group) {
    return answered.computeIfAbsent(group, g -> new HashSet<>());
  }

  /** Whether a group of just these files has been converted or refused before. */
  boolean knows(Observation o) {
    return answered(o.group().id()).contains(o.question());
  }

  void converted(Observation o, int version, String root) throws IOException {
    append(o, version, root, "converted", null);
  }

  void refused(Observation o, String reason) throws IOException {
    append(o, 0, null, "refused", reason);
  }

  private void append(Observation o, int version, String root, String state, String reason)
      throws IOException {
    Object[] row = {
      o.group().id(),
      (long) version,
      root,
      state,
      o.numbers(),
      o.group().missing().stream().map(Integer::longValue).toList(),
      o.uris(),
      o.question(),
      reason,
      TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli())
    };
    // One row for a question of a group, even if this process dies before it knows of the commit.
    table.append(List.<Object[]>of(row), "watch-" + o.group().id() + "-" + o.question(), 1);
    answered(o.group().id()).add(o.question());
  }
}
