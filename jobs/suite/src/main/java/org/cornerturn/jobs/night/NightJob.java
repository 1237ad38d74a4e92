package org.cornerturn.jobs.night;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.Durations;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.model.FieldCalibrator;
import org.cornerturn.jobs.night.NightLedger.Entry;
import org.cornerturn.jobs.night.NightLedger.State;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.jobs.watch.Conversions;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.Stores;

/**
 * Takes a night's observations through the stages, one stage after the other, by the commands that
 * a user would give. What is done the ledger and the products say, never this process, so that it
 * can be killed at any moment: the same command goes on.
 */
final class NightJob {
  private static final String STATE = "_cornerturn/night";

  /** So many failures in a row are no accidents of single observations. */
  private static final int FAILURES_IN_A_ROW = 3;

  private final NightParameters parameters;
  private final Span span;
  private final GlobalOptions global;
  private final Console console;
  private final Attempts attempts;
  private final NightCommands commands;
  private final NightIndex index;
  private final DiskSpace disk;
  private NightLedger ledger;

  /**
   * Which stages are asked for.
   *
   * @param redrive whether to try again what was refused or has failed
   */
  record Span(Stage from, Stage to, boolean redrive) {
    boolean has(Stage stage) {
      return stage.compareTo(from) >= 0 && stage.compareTo(to) <= 0;
    }
  }

  NightJob(
      NightParameters parameters,
      Span span,
      GlobalOptions global,
      Console console,
      PrintStream err,
      Attempts.Runner runner)
      throws IOException {
    this.parameters = parameters;
    this.span = span;
    this.global = global;
    this.console = console;
    this.attempts = new Attempts(runner, parameters.retries(), parameters.backoff(), console, err);
    this.commands = new NightCommands(parameters);
    this.index = new NightIndex(parameters, global, console);
    this.disk =
        new DiskSpace(
            parameters.output(), parameters.minFree(), parameters.diskPatience(), console);
  }

  ExitCode run() throws IOException, InterruptedException {
    try (Lease lease = Lease.take(Stores.open(stateFolder(), global.hadoop()), "night")) {
      openLedger();
      List<Tile> tiles = tiles(indexed());
      if (tiles.isEmpty()) {
        throw nothing();
      }
      for (Stage stage : Stage.values()) {
        if (parameters.does(stage) && stage != Stage.INDEX && stage != Stage.REPORT) {
          if (stage.ofObservation()) {
            ofObservations(stage, tiles);
          } else {
            ofNight(stage, tiles);
          }
          lease.check();
        }
      }
      report();
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, parameters.output());
    }
    return tell();
  }

  /** Tells what would be done. */
  ExitCode dryRun() throws IOException {
    openLedger();
    console.print(index.inWords());
    List<Tile> tiles = tiles(index.known());
    List<Map<String, Object>> plan = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      if (!parameters.does(stage) || stage == Stage.INDEX || stage == Stage.REPORT) {
        continue;
      }
      if (stage.ofObservation()) {
        for (Tile tile : tiles) {
          plan.add(planned(stage, tile.name(), command(stage, tile, false)));
          if (stage == Stage.APPLY) {
            tile.corrected();
          }
        }
      } else if (!tiles.isEmpty()) {
        plan.add(planned(stage, null, String.join(" ", commands.ofNight(stage, tiles, false))));
      }
    }
    if (global.json()) {
      console.json(Map.of("night", parameters.name(), "plan", plan));
    } else {
      plan.forEach(
          p -> console.print(p.get("stage") + " " + p.get("state") + ": " + p.get("command")));
    }
    return ExitCode.COMPLETE;
  }

  private Map<String, Object> planned(Stage stage, String unit, String command) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("stage", stage.word());
    row.put("unit", unit);
    row.put("state", ledger.of(stage, unit).map(e -> e.state().word()).orElse("to do"));
    row.put("command", command);
    return row;
  }

  private String stateFolder() {
    return parameters.output() + "/" + STATE;
  }

  private void openLedger() throws IOException {
    ledger =
        new NightLedger(
            SolutionTables.open(global.warehouse(), NightLedger.TABLE, global.hadoop()),
            parameters.name(),
            parameters.output(),
            Versions.own());
  }

  /** The groups of the night's files, after a look at them if that is asked for. */
  private List<ObservationGroup> indexed() throws IOException {
    if (!parameters.does(Stage.INDEX) || !span.has(Stage.INDEX)) {
      return index.known();
    }
    long start = System.nanoTime();
    NightIndex.Found found = index.look();
    String question = digest(Stage.INDEX.word(), found.question());
    State state = found.faults() == 0 ? State.DONE : State.REFUSED;
    Optional<Entry> before = ledger.of(Stage.INDEX, null);
    if (before.isEmpty() || !before.get().question().equals(question)) {
      ledger.answer(
          Stage.INDEX,
          null,
          state,
          question,
          null,
          null,
          found.fault(),
          1,
          (System.nanoTime() - start) / 1e9);
    }
    return found.groups();
  }

  private List<Tile> tiles(List<ObservationGroup> groups) {
    List<Tile> tiles = new ArrayList<>();
    groups.stream()
        .filter(parameters::has)
        .sorted(Comparator.comparing(ObservationGroup::start))
        .forEach(g -> tiles.add(new Tile(index.observation(g), commands.set(g.storeName()))));
    return tiles;
  }

  private UserError nothing() {
    return new UserError(
        String.join(", ", parameters.inputs()),
        parameters
            .date()
            .map(d -> "no observation begins on " + d + " (UTC)")
            .orElse("there is no observation in it"),
        "Name the folder of UVH5 files; `cornerturn index` tells what is in it");
  }

  private void ofObservations(Stage stage, List<Tile> tiles)
      throws IOException, InterruptedException {
    int inARow = 0;
    for (Tile tile : tiles) {
      if (tile.heldAt() != null) {
        continue;
      }
      Entry entry = ofObservation(stage, tile);
      if (entry == null) {
        tile.hold(stage);
        continue;
      }
      tile.answered(entry.question());
      if (entry.state() == State.DONE) {
        settle(stage, tile, entry);
      } else if (entry.state() != State.SKIPPED && holds(stage)) {
        tile.hold(stage);
      }
      inARow = entry.state() == State.FAILED ? inARow + 1 : 0;
      if (inARow == FAILURES_IN_A_ROW) {
        throw new UserError(
            "stage " + stage.word(),
            "it failed for " + inARow + " observations in a row, last with: " + entry.message(),
            "Mend the cause, then give the same command with --redrive");
      }
    }
    if (stage == Stage.CALIBRATE) {
      shareCalibration(tiles);
    }
  }

  /** What an observation can do without: gains of its own, better gains, a list of its sources. */
  private static boolean holds(Stage stage) {
    return stage != Stage.CALIBRATE && stage != Stage.SELFCAL && stage != Stage.FIND_SOURCES;
  }

  private static void settle(Stage stage, Tile tile, Entry entry) {
    if (stage == Stage.CONVERT) {
      tile.isIn(entry.product());
    } else if (stage == Stage.APPLY || stage == Stage.SELFCAL) {
      tile.corrected();
    }
  }

  /** Gains are looked for among those of the whole night: new ones ask a new question of all. */
  private static void shareCalibration(List<Tile> tiles) {
    String all = digest(tiles.stream().map(Tile::question).toArray(String[]::new));
    tiles.forEach(t -> t.answered(digest(t.question(), all)));
  }

  /** What became of a stage; null where it is not asked for and not done before. */
  private Entry ofObservation(Stage stage, Tile tile) throws IOException, InterruptedException {
    String asked = command(stage, tile, false);
    String question = digest(stage.word(), asked.replace(parameters.output(), ""), tile.question());
    if (stage == Stage.CONVERT) {
      question = digest(question, tile.observation().question());
    }
    Optional<Entry> before = ledger.of(stage, tile.name());
    if (before.isPresent() && stands(stage, tile, before.get(), question)) {
      return before.get();
    }
    if (!span.has(stage)) {
      return null;
    }
    disk.await();
    console.say("night: " + stage.word() + " " + tile.name());
    boolean again = before.isPresent() && !before.get().question().equals(question);
    Answer answer =
        switch (stage) {
          case CONVERT -> converted(tile);
          case QA -> ImageGate.look(global, commands.image(tile));
          default -> answered(stage, commands.ofObservation(stage, tile, again));
        };
    return record(stage, tile.name(), question, asked, answer, commands.product(stage, tile));
  }

  private void ofNight(Stage stage, List<Tile> tiles) throws IOException, InterruptedException {
    List<Tile> sound = tiles.stream().filter(t -> t.heldAt() == null).toList();
    if (sound.isEmpty()) {
      return;
    }
    String asked = String.join(" ", commands.ofNight(stage, sound, false));
    List<String> facts =
        new ArrayList<>(List.of(stage.word(), asked.replace(parameters.output(), "")));
    sound.forEach(t -> facts.add(t.question()));
    ledger.entries().stream()
        .filter(e -> e.unit() == null && e.stage().compareTo(stage) < 0 && e.stage() != Stage.INDEX)
        .forEach(e -> facts.add(e.question()));
    String question = digest(facts.toArray(String[]::new));
    Optional<Entry> before = ledger.of(stage, null);
    if (before.isPresent() && stands(stage, null, before.get(), question) || !span.has(stage)) {
      return;
    }
    disk.await();
    console.say("night: " + stage.word());
    Answer answer = answered(stage, commands.ofNight(stage, sound, before.isPresent()));
    record(stage, null, question, asked, answer, commands.product(stage, null));
  }

  /** Whether an answer of the ledger holds: to this question, and its product is in its place. */
  private boolean stands(Stage stage, Tile tile, Entry entry, String question) throws IOException {
    if (!entry.question().equals(question)) {
      return false;
    }
    return switch (entry.state()) {
      case SKIPPED -> true;
      case REFUSED, FAILED -> !span.redrive() || !span.has(stage);
      case DONE -> entry.product() == null || isWhole(entry.product());
    };
  }

  private boolean isWhole(String product) throws IOException {
    return StandingProduct.at(product, global.hadoop())
        .filter(StandingProduct::isComplete)
        .isPresent();
  }

  /**
   * How a stage ended.
   *
   * @param product what came of it, where it is not where it was to be; else null
   */
  record Answer(State state, String message, int attempts, double seconds, String product) {}

  private Answer answered(Stage stage, List<String> words) throws InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--warehouse", global.warehouse()));
    Attempts.Ended ended = attempts.run(command);
    State state =
        ended.code() == ExitCode.COMPLETE
            ? State.DONE
            : ended.mayPass()
                ? State.FAILED
                : stage == Stage.CALIBRATE && ended.fault().contains(FieldCalibrator.NONE)
                    ? State.SKIPPED
                    : State.REFUSED;
    String message =
        state == State.DONE
            ? null
            : ended.fault().isEmpty()
                ? stage.word() + " ended with " + ended.code().code()
                : ended.fault();
    return new Answer(state, message, ended.attempts(), ended.seconds(), null);
  }

  private Answer converted(Tile tile) throws IOException {
    int members = tile.observation().group().members().size();
    if (!tile.observation().group().isWholeBand() && members < parameters.minSubbands()) {
      String reason =
          "it has " + members + " subbands, fewer than the " + parameters.minSubbands() + " asked";
      return new Answer(State.REFUSED, reason, 1, 0, null);
    }
    Attempts.Ended[] last = new Attempts.Ended[1];
    Conversions conversions =
        new Conversions(
            commands.sets(),
            parameters.settings(Stage.CONVERT).options(),
            global.warehouse(),
            global.hadoop(),
            words -> {
              try {
                last[0] = attempts.run(words);
              } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while waiting to try again", e);
              }
              return new Conversions.Ended(last[0].code(), last[0].fault());
            });
    long start = System.nanoTime();
    Conversions.Result result = conversions.run(tile.observation());
    State state =
        switch (result.state()) {
          case CONVERTED, COVERED -> State.DONE;
          case REFUSED -> State.REFUSED;
          case FAILED -> State.FAILED;
        };
    return new Answer(
        state,
        result.reason(),
        last[0] == null ? 1 : last[0].attempts(),
        (System.nanoTime() - start) / 1e9,
        result.root());
  }

  private Entry record(
      Stage stage, String unit, String question, String command, Answer answer, String product)
      throws IOException {
    String made = answer.product() == null ? product : answer.product();
    Entry entry =
        ledger.answer(
            stage,
            unit,
            answer.state(),
            question,
            command,
            answer.state() == State.DONE ? made : null,
            answer.message(),
            answer.attempts(),
            answer.seconds());
    double most = parameters.settings(stage).warnAfter().toNanos() / 1e9;
    if (answer.seconds() > most) {
      console.warn(
          "night: "
              + stage.word()
              + (unit == null ? "" : " " + unit)
              + " took "
              + Durations.inWords(Duration.ofMillis((long) (answer.seconds() * 1e3)))
              + ", longer than expected ("
              + Durations.inWords(parameters.settings(stage).warnAfter())
              + ")");
    }
    return entry;
  }

  private String command(Stage stage, Tile tile, boolean again) {
    return switch (stage) {
      case CONVERT ->
          "convert "
              + tile.name()
              + " "
              + String.join(" ", parameters.settings(Stage.CONVERT).options());
      case QA -> "qa " + tile.name();
      default -> String.join(" ", commands.ofObservation(stage, tile, again));
    };
  }

  /** The page about the night; written again where anything has changed since. */
  private void report() throws IOException {
    List<String> facts = new ArrayList<>();
    ledger.entries().stream()
        .filter(e -> e.stage() != Stage.REPORT)
        .forEach(e -> facts.add(e.stage() + " " + e.unit() + " " + e.question() + " " + e.turn()));
    String question = digest(facts.toArray(String[]::new));
    Optional<Entry> before = ledger.of(Stage.REPORT, null);
    boolean stands = before.isPresent() && before.get().question().equals(question);
    if (stands || !parameters.does(Stage.REPORT) || !span.has(Stage.REPORT)) {
      return;
    }
    long start = System.nanoTime();
    new NightReport(parameters, global, ledger).write(commands.report());
    ledger.answer(
        Stage.REPORT,
        null,
        State.DONE,
        question,
        null,
        null,
        null,
        1,
        (System.nanoTime() - start) / 1e9);
  }

  private ExitCode tell() {
    List<Entry> entries = ledger.entries();
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("night", parameters.name());
      document.put("report", commands.report());
      document.put("stages", entries.stream().map(NightJob::asJson).toList());
      console.json(document);
    }
    for (Stage stage : Stage.values()) {
      List<Entry> of = entries.stream().filter(e -> e.stage() == stage).toList();
      if (!of.isEmpty()) {
        console.say(inWords(stage, of));
      }
    }
    List<Entry> dead =
        entries.stream()
            .filter(e -> e.state() == State.REFUSED || e.state() == State.FAILED)
            .toList();
    dead.forEach(
        e ->
            console.warn(
                "night: "
                    + e.stage().word()
                    + (e.unit() == null ? "" : " " + e.unit())
                    + " "
                    + e.state().word()
                    + ": "
                    + e.message()));
    if (!dead.isEmpty()) {
      console.say("night: the same command with --redrive tries these again");
    }
    if (ledger.of(Stage.REPORT, null).isPresent()) {
      console.say("night: see " + commands.report());
    }
    return dead.stream().anyMatch(e -> e.state() == State.FAILED)
        ? ExitCode.INCOMPLETE
        : dead.isEmpty() ? ExitCode.COMPLETE : ExitCode.REFUSED;
  }

  private static String inWords(Stage stage, List<Entry> of) {
    double seconds = of.stream().mapToDouble(Entry::seconds).sum();
    StringBuilder line = new StringBuilder("night: " + stage.word());
    for (State state : State.values()) {
      long count = of.stream().filter(e -> e.state() == state).count();
      if (count > 0) {
        line.append(' ').append(count).append(' ').append(state.word());
      }
    }
    return line.append(", ")
        .append(Durations.inWords(Duration.ofMillis((long) (seconds * 1e3))))
        .toString();
  }

  private static Map<String, Object> asJson(Entry e) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("stage", e.stage().word());
    row.put("unit", e.unit());
    row.put("state", e.state().word());
    row.put("product", e.product());
    row.put("message", e.message());
    row.put("attempts", e.attempts());
    row.put("seconds", e.seconds());
    row.put("turn", e.turn());
    return row;
  }

  private static String digest(String... facts) {
    return new Fingerprint().with("question", String.join("\n", facts)).hex().substring(0, 16);
  }
}
