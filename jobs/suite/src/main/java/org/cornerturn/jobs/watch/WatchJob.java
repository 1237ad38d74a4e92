package org.cornerturn.jobs.watch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.Durations;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.convert.ConvertJob;
import org.cornerturn.jobs.index.IndexReport;
import org.cornerturn.jobs.index.Indexer;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.Member;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.Stores;

/**
 * Looks again and again: indexes the files that have come to rest, and converts the observations
 * that are due, one after the other. What is done is told by the products and the tables, never by
 * this process, so that it can be killed at any moment and started again.
 */
final class WatchJob {
  static final String STATE = "_cornerturn";
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int FEW = 64;

  private final WatchParameters parameters;
  private final GlobalOptions global;
  private final Console console;
  private final Map<String, String> hadoop;
  private final InputFiles files;
  private final Indexer indexer;
  private final Arrivals arrivals;
  private final Conversions conversions;
  private final Map<String, Observation> pending = new HashMap<>();
  private final Map<String, Failure> failures = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private WatchTable table;

  /** Whether a look has ever succeeded. */
  private boolean begun;

  /** Whether what the index found last is known here; else all groups are looked at. */
  private boolean current;

  /** When a conversion that has failed is tried again. */
  private record Failure(int times, Instant next, String reason) {}

  WatchJob(
      WatchParameters parameters,
      GlobalOptions global,
      Console console,
      Conversions.Command command)
      throws IOException {
    this.parameters = parameters;
    this.global = global;
    this.console = console;
    this.hadoop = global.hadoop();
    this.files = new InputFiles(ConvertJob.EXTENSIONS, hadoop);
    this.indexer = new Indexer(global.warehouse(), hadoop, parameters.rule());
    this.arrivals = new Arrivals(parameters.stableFor());
    this.conversions =
        new Conversions(
            parameters.output(), parameters.options(), global.warehouse(), hadoop, command);
  }

  /** Does what there is to do and ends. */
  ExitCode once() throws IOException {
    try (Lease lease = begin()) {
      Look look = new Look();
      look.run();
      lease.check();
      look.tell();
      return look.exit();
    }
  }

  /** Goes on until the process is told to end. */
  ExitCode watch() throws IOException, InterruptedException {
    try (Lease lease = begin()) {
      Thread release = new Thread(lease::close, "release-lease");
      Runtime.getRuntime().addShutdownHook(release);
      console.say(
          "watch: looking every "
              + Durations.inWords(parameters.interval())
              + "; stop with Ctrl-C, go on with the same command");
      while (true) {
        look();
        lease.check();
        Thread.sleep(parameters.interval().toMillis());
      }
    }
  }

  private Lease begin() throws IOException {
    String state = parameters.output() + "/" + STATE;
    try {
      Lease lease = Lease.take(Stores.open(state + "/watch", hadoop), "watch");
      try {
        table = new WatchTable(Stores.open(state + "/" + WatchTable.FOLDER, hadoop));
        return lease;
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, parameters.output());
    }
  }

  /** A store that can't be reached for a while ends nothing, unless it never could. */
  private void look() throws IOException {
    try {
      Look look = new Look();
      look.run();
      look.tellIfAnything();
      begun = true;
    } catch (IOException | UserError e) {
      if (!begun) {
        throw e;
      }
      current = false;
      console.warn("watch: " + e.getMessage() + ". Trying again");
    }
  }

  /** One look at what is there, and what came of it. */
  private final class Look {
    private final Instant now = Instant.now();
    private final Map<String, String> resting = new HashMap<>();
    private final List<Map<String, Object>> converted = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private IndexReport index;
    private int moving;

    void run() throws IOException {
      List<InputFile> listed = list();
      List<InputFile> atRest = arrivals.atRest(listed, now);
      atRest.forEach(f -> resting.put(f.uri(), f.version()));
      moving = listed.size() - atRest.size();
      Set<String> inMotion = new HashSet<>();
      listed.stream()
          .filter(f -> !resting.containsKey(f.uri()))
          .forEach(f -> inMotion.add(f.uri()));
      index =
          indexer.run(
              atRest, uri -> covers(uri) && !inMotion.contains(uri), false, !current, new Reader());
      current = true;
      index.problems().stream()
          .filter(p -> resting.containsKey(p.file()))
          .map(p -> "  " + p.file() + ": " + p.reason())
          .filter(told::add)
          .forEach(console::warn);
      remember();
      List<Observation> due =
          pending.values().stream()
              .filter(this::isDue)
              .sorted(Comparator.comparing(o -> o.group().start()))
              .toList();
      for (Observation o : due) {
        convert(o);
      }
    }

    private void remember() {
      Set<String> regrouped = new HashSet<>();
      index.groups().forEach(g -> g.members().forEach(m -> regrouped.add(uri(m))));
      pending
          .values()
          .removeIf(o -> o.uris().stream().anyMatch(u -> regrouped.contains(u) || !isHere(u)));
      for (ObservationGroup g : index.groups()) {
        if (g.members().stream().anyMatch(m -> covers(uri(m)))) {
          Instant indexed =
              g.members().stream()
                  .map(m -> index.indexed().get(uri(m)))
                  .max(Comparator.naturalOrder())
                  .orElseThrow();
          Observation o = Observation.of(g, indexed);
          if (!table.knows(o)) {
            pending.put(g.id(), o);
          }
        }
      }
    }

    /** Whether a file is listed at all, be it in motion. */
    private boolean isHere(String uri) {
      return !covers(uri) || arrivals.knows(uri);
    }

    private boolean isDue(Observation o) {
      Failure f = failures.get(o.question());
      Instant moment = Instant.now(); // Later than this look's index.
      boolean patient = Duration.between(o.latest(), moment).compareTo(parameters.patience()) < 0;
      return (f == null || !moment.isBefore(f.next()))
          && (o.group().isComplete() || !patient)
          && o.group().members().stream().allMatch(this::isAtRest);
    }

    /** Whether a member is still what the index knows; files of other places are taken as such. */
    private boolean isAtRest(Member m) {
      FileVersion f = m.file().file();
      return f.version().equals(resting.get(f.uri())) || !covers(f.uri());
    }

    private void convert(Observation o) throws IOException {
      String id = o.group().id();
      int members = o.group().members().size();
      if (!o.group().isWholeBand() && members < parameters.minSubbands()) {
        String reason =
            "it has "
                + members
                + " of "
                + o.group().expected()
                + " subbands, fewer than --min-subbands "
                + parameters.minSubbands();
        table.refused(o, reason);
        refused.put(id, reason);
        pending.remove(id);
        return;
      }
      Conversions.Result result = conversions.run(o);
      switch (result.state()) {
        case CONVERTED -> {
          table.converted(o, result.version(), result.root());
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("group", id);
          row.put("version", result.version());
          row.put("product", result.root());
          row.put("missing", o.group().missing());
          converted.add(row);
          pending.remove(id);
        }
        case COVERED -> pending.remove(id);
        case REFUSED -> {
          table.refused(o, result.reason());
          refused.put(id, result.reason());
          pending.remove(id);
        }
        case FAILED -> {
          Failure before = failures.get(o.question());
          int times = before == null ? 1 : before.times() + 1;
          Duration pause = parameters.interval().multipliedBy(1L << Math.min(times, 20));
          Duration wait = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
          failures.put(o.question(), new Failure(times, Instant.now().plus(wait), result.reason()));
          failed.put(id, result.reason());
        }
      }
    }

    ExitCode exit() {
      if (!failed.isEmpty() || index.failed() > 0) {
        return ExitCode.INCOMPLETE;
      }
      return refused.isEmpty() && index.refused() == 0 ? ExitCode.COMPLETE : ExitCode.REFUSED;
    }

    void tellIfAnything() {
      if (!converted.isEmpty() || !refused.isEmpty() || !failed.isEmpty()) {
        tell();
      }
    }

    void tell() {
      if (global.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("converted", converted);
        document.put("waiting", pending.keySet().stream().sorted().toList());
        document.put("files_in_motion", moving);
        document.put("refused", refused);
        document.put("failed", failed);
        document.put("index", index);
        console.json(document);
      }
      refused.forEach((id, why) -> console.warn("refused " + id + ": " + why));
      failed.forEach((id, why) -> console.warn("failed " + id + ": " + why));
      console.say(
          String.format(
              Locale.ROOT,
              "watch: %d converted, %d refused, %d failed; %d observations wait, %d files in motion",
              converted.size(),
              refused.size(),
              failed.size(),
              pending.size(),
              moving));
    }
  }

  private static String uri(Member m) {
    return m.file().file().uri();
  }

  private boolean covers(String uri) {
    return parameters.inputs().stream().anyMatch(a -> files.covers(a, uri));
  }

  private List<InputFile> list() throws IOException {
    Map<String, InputFile> found = new LinkedHashMap<>();
    for (String argument : parameters.inputs()) {
      try {
        files.expand(List.of(argument)).forEach(f -> found.putIfAbsent(f.uri(), f));
      } catch (UserError e) {
        // Nothing there yet, which is what a watch is for; other faults are exceptions of I/O.
        console.say("watch: nothing at " + argument + " yet");
      } catch (IOException e) {
        throw StoreFaults.orMistake(e, argument);
      }
    }
    return List.copyOf(found.values());
  }

  /** Reads headers for the index. */
  private final class Reader implements Indexer.Caller {
    @Override
    public Survey survey(Indexer.Plan plan) {
      boolean here = global.master().startsWith("local") && plan.todo().size() <= FEW;
      return here
          ? Survey.inLoop()
          : Survey.onSpark(Sessions.context("cornerturn watch", global.master(), global.spark()));
    }

    @Override
    public Progress progress(Indexer.Plan plan) {
      return console.count("index", plan.todo().size(), "files");
    }
  }
}
