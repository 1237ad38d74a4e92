package org.cornerturn.spark;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * What is done: a Delta table with a row for each attempt at a task. A task is done when a row says
 * so, never because an object exists. Written by the driver that holds the lease.
 */
final class Ledger {
  /** Key of the table inside a state folder. */
  static final String FOLDER = "ledger";

  private static final int MANY_FILES = 32;

  private static final TableDefinition OBJECT =
      TableDefinition.named("object", "an object written")
          .text("key", "key relative to the product's root")
          .count("size", "B", "length")
          .count("crc32c", null, "CRC-32C of the whole object, unsigned");

  static final TableDefinition TABLE =
      TableDefinition.named(FOLDER, "attempts at chunk tasks")
          .text("product", "id of the product")
          .text("creation", "this making of the product (product.json)")
          .text("task", "id of the task; the name of the object or input for refusals at planning")
          .text("status", "done, refused or failed")
          .rows("objects", OBJECT, "objects that the task wrote")
          .count("bytes_in", "B", "bytes read from the inputs")
          .count("bytes_out", "B", "bytes written to the product")
          .count("millis", "ms", "time in the task, retries included")
          .text("error", "one line for the user; null when done")
          .text("run", "id of the run")
          .moment("at", "when the driver recorded it");

  /** A row to be written. */
  record Row(String product, String creation, Outcome outcome) {}

  /** Hears of tasks that are done. */
  interface DoneReader {
    void done(String creation, String task, long bytesOut);
  }

  /** Hears of tasks that are done and of what they wrote. */
  interface ObjectsReader {
    void done(String creation, String task, List<WrittenObject> objects) throws IOException;
  }

  private final DeltaTable table;
  private final String run;
  private long commits;

  /**
   * @param store the table's folder
   * @param run id of the run that writes
   */
  Ledger(ObjectStore store, String run) {
    this.table = new DeltaTable(store, TABLE);
    this.run = run;
  }

  /** Commits rows; the same call repeated after an unclear failure adds nothing twice. */
  void append(List<Row> rows) throws IOException {
    long at = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    List<Object[]> values = new ArrayList<>(rows.size());
    for (Row r : rows) {
      Outcome o = r.outcome();
      values.add(
          new Object[] {
            r.product(),
            r.creation(),
            o.taskId(),
            switch (o.status()) {
              case DONE -> "done";
              case REFUSED -> "refused";
              case FAILED, STORE_FULL -> "failed";
            },
            o.objects().stream().map(w -> new Object[] {w.key(), w.size(), w.crc32c()}).toList(),
            o.bytesIn(),
            o.bytesOut(),
            o.millis(),
            o.error(),
            run,
            at
          });
    }
    table.append(values, "ledger-" + run, commits);
    commits++;
  }

  /** Names every done task, of every product; bounded memory. */
  void readDone(DoneReader reader) throws IOException {
    table.read(
        List.of("creation", "task", "status", "bytes_out"),
        v -> {
          if ("done".equals(v[2])) {
            reader.done((String) v[0], (String) v[1], (Long) v[3]);
          }
        });
  }

  /** As {@link #readDone}, with the objects written. */
  void readObjects(ObjectsReader reader) throws IOException {
    table.read(
        List.of("creation", "task", "status", "objects"),
        v -> {
          if ("done".equals(v[2])) {
            reader.done((String) v[0], (String) v[1], objects((List<?>) v[3]));
          }
        });
  }

  private static List<WrittenObject> objects(List<?> values) {
    return values.stream()
        .map(Object[].class::cast)
        .map(o -> new WrittenObject((String) o[0], (Long) o[1], (Long) o[2]))
        .toList();
  }

  boolean exists() throws IOException {
    return table.exists();
  }

  /** Joins the small files of many commits, where there are many. */
  void compactIfMany() throws IOException {
    if (table.dataFiles() > MANY_FILES) {
      table.compact();
    }
  }
}
