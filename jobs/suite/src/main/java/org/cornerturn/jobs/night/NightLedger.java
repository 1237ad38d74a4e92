package org.cornerturn.jobs.night;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * What became of each stage of a night, one row for each question that was answered. What was asked
 * of a stage is told by its question: a digest of its command and of the questions before it. A
 * stage whose last row answers the question at hand is done.
 */
final class NightLedger {
  static final TableDefinition TABLE =
      TableDefinition.named("night_stages", "stages of nights: a row for each that has ended")
          .text("night", "name of the night")
          .text("output", "folder of its products")
          .text("stage", "what was done, as in calibrate")
          .text("unit", "the observation; null for the night as a whole")
          .count("place", null, "of the stage, in their order from 0")
          .text("state", "done, skipped, refused or failed")
          .text("question", "digest of the command and of those that came before it")
          .text("command", "what was run; null for what is no command")
          .text("product", "what came of it; null for none")
          .text("message", "why it was skipped, refused or failed; else null")
          .count("attempts", null, "how often it was tried")
          .real("seconds", "s", "how long the last attempt took")
          .count("turn", null, "which answer of this stage and unit it is, from 1")
          .text("software", "version of Cornerturn")
          .moment("ended", "when it ended");

  private static final List<String> COLUMNS =
      List.of(
          "night",
          "output",
          "stage",
          "unit",
          "state",
          "question",
          "product",
          "message",
          "attempts",
          "seconds",
          "turn",
          "ended",
          "command");

  /** How a stage ended for a unit. */
  enum State {
    DONE,
    /** There was nothing to do, as in a calibration without a calibrator. */
    SKIPPED,
    /** It can't be done with this input. */
    REFUSED,
    /** Another attempt may succeed. */
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The last answer of a stage and unit.
   *
   * @param unit the observation; null for the night
   * @param turn which answer it is, from 1
   */
  record Entry(
      Stage stage,
      String unit,
      State state,
      String question,
      String command,
      String product,
      String message,
      int attempts,
      double seconds,
      long turn,
      Instant ended) {}

  private final DeltaTable table;
  private final String night;
  private final String output;
  private final String software;
  private final Map<String, Entry> last = new HashMap<>();

  /**
   * @param table {@link #TABLE} of a warehouse
   */
  NightLedger(DeltaTable table, String night, String output, String software) throws IOException {
    this.table = table;
    this.night = night;
    this.output = output;
    this.software = software;
    table.read(
        COLUMNS,
        v -> {
          if (night.equals(v[0]) && output.equals(v[1])) {
            remember(
                new Entry(
                    Stage.named((String) v[2]),
                    (String) v[3],
                    State.valueOf(((String) v[4]).toUpperCase(Locale.ROOT)),
                    (String) v[5],
                    (String) v[12],
                    (String) v[6],
                    (String) v[7],
                    ((Long) v[8]).intValue(),
                    (Double) v[9],
                    (Long) v[10],
                    instant((Long) v[11])));
          }
        });
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(micros));
  }

  private static String key(Stage stage, String unit) {
    return stage.word() + " " + (unit == null ? "" : unit);
  }

  private void remember(Entry e) {
    last.merge(key(e.stage(), e.unit()), e, (a, b) -> a.turn() >= b.turn() ? a : b);
  }

  /** The last answer of a stage for a unit. */
  Optional<Entry> of(Stage stage, String unit) {
    return Optional.ofNullable(last.get(key(stage, unit)));
  }

  /** All last answers, by stage and unit. */
  List<Entry> entries() {
    Map<String, Entry> sorted = new TreeMap<>();
    last.values()
        .forEach(
            e ->
                sorted.put(
                    String.format(
                        Locale.ROOT,
                        "%02d %s",
                        e.stage().ordinal(),
                        e.unit() == null ? "" : e.unit()),
                    e));
    return List.copyOf(sorted.values());
  }

  /** Records an answer, once, even if this process dies before it knows of the commit. */
  Entry answer(
      Stage stage,
      String unit,
      State state,
      String question,
      String command,
      String product,
      String message,
      int attempts,
      double seconds)
      throws IOException {
    long turn = of(stage, unit).map(Entry::turn).orElse(0L) + 1;
    long now = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    Entry e =
        new Entry(
            stage,
            unit,
            state,
            question,
            command,
            product,
            message,
            attempts,
            seconds,
            turn,
            instant(now));
    Object[] row = {
      night,
      output,
      stage.word(),
      unit,
      (long) stage.ordinal(),
      state.word(),
      question,
      command,
      product,
      message,
      (long) attempts,
      seconds,
      turn,
      software,
      now
    };
    table.append(
        List.<Object[]>of(row), "night-" + output + "-" + night + "-" + key(stage, unit), turn);
    remember(e);
    return e;
  }
}
