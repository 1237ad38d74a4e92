package org.cornerturn.jobs.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.convert.ConvertJob;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;

/** Lists the files, has their headers read, and tells what came of it. */
final class IndexJob {
  private static final int LISTED = 20;

  /** So few files are read here before Spark would have started. */
  private static final int FEW = 64;

  private final GlobalOptions global;
  private final Console console;
  private final Map<String, String> hadoop;

  IndexJob(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
    this.hadoop = global.hadoop();
  }

  ExitCode dryRun(IndexParameters parameters) throws IOException {
    Listing listing = list(parameters);
    Indexer.Plan plan =
        indexer(parameters).plan(listing.files(), listing.scope(), parameters.again());
    listing.check(plan);
    long known = plan.todo().stream().filter(f -> plan.known().contains(f.uri())).count();
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("files", plan.listed().size());
      document.put("added", plan.todo().size() - known);
      document.put("changed", known);
      document.put("unchanged", plan.listed().size() - plan.todo().size());
      document.put("vanished", plan.vanished().size());
      document.put("bytes", plan.bytes());
      console.json(document);
    } else {
      console.print(
          String.format(
              Locale.ROOT,
              "index: %d files, of which %d would be read (%d new, %d changed; %s, headers only);"
                  + " %d unchanged, %d vanished",
              plan.listed().size(),
              plan.todo().size(),
              plan.todo().size() - known,
              known,
              ByteSize.inWords(plan.bytes()),
              plan.listed().size() - plan.todo().size(),
              plan.vanished().size()));
    }
    return ExitCode.COMPLETE;
  }

  ExitCode run(IndexParameters parameters) throws IOException {
    Listing listing = list(parameters);
    IndexReport report =
        indexer(parameters)
            .run(
                listing.files(),
                listing.scope(),
                parameters.again(),
                false,
                new Indexer.Caller() {
                  @Override
                  public void planned(Indexer.Plan plan) {
                    listing.check(plan);
                  }

                  @Override
                  public Survey survey(Indexer.Plan plan) {
                    return IndexJob.this.survey(plan);
                  }

                  @Override
                  public Progress progress(Indexer.Plan plan) {
                    return console.count("index", plan.todo().size(), "files");
                  }
                });
    tell(report);
    return report.failed() > 0
        ? ExitCode.INCOMPLETE
        : report.refused() > 0 ? ExitCode.REFUSED : ExitCode.COMPLETE;
  }

  private Indexer indexer(IndexParameters parameters) throws IOException {
    try {
      return new Indexer(global.warehouse(), hadoop, parameters.rule());
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, global.warehouse());
    }
  }

  private Survey survey(Indexer.Plan plan) {
    boolean here = global.master().startsWith("local") && plan.todo().size() <= FEW;
    return here
        ? Survey.inLoop()
        : Survey.onSpark(Sessions.context("cornerturn index", global.master(), global.spark()));
  }

  /**
   * What the arguments name.
   *
   * @param scope whether they would name a file, were it there
   * @param empty of arguments that name nothing
   */
  private record Listing(List<InputFile> files, Predicate<String> scope, List<UserError> empty) {
    /** An argument that names nothing is a mistake, unless all that it named has vanished. */
    void check(Indexer.Plan plan) {
      if (!empty.isEmpty() && plan.vanished().isEmpty()) {
        throw empty.get(0);
      }
    }
  }

  private Listing list(IndexParameters parameters) throws IOException {
    InputFiles files = new InputFiles(ConvertJob.EXTENSIONS, hadoop);
    Map<String, InputFile> found = new LinkedHashMap<>();
    List<UserError> empty = new ArrayList<>();
    for (String argument : parameters.inputs()) {
      try {
        files.expand(List.of(argument)).forEach(f -> found.putIfAbsent(f.uri(), f));
      } catch (UserError e) {
        empty.add(e);
      } catch (IOException e) {
        throw StoreFaults.orMistake(e, argument);
      }
    }
    return new Listing(
        List.copyOf(found.values()),
        uri -> parameters.inputs().stream().anyMatch(a -> files.covers(a, uri)),
        empty);
  }

  private void tell(IndexReport r) {
    if (global.json()) {
      console.json(r);
    }
    r.problems().stream()
        .limit(LISTED)
        .forEach(p -> console.warn("  " + p.file() + ": " + p.reason()));
    if (r.problems().size() > LISTED) {
      console.warn("... and more, all in " + global.warehouse() + "/hdf5_files and uvh5_files");
    }
    console.say(
        String.format(
            Locale.ROOT,
            "index: %d files (%d new, %d changed, %d unchanged, %d vanished), %d refused, %d failed",
            r.files(),
            r.added(),
            r.changed(),
            r.unchanged(),
            r.vanished(),
            r.refused(),
            r.failed()));
    if (r.observations() > 0) {
      console.say(
          String.format(
              Locale.ROOT,
              "index: %d observation%s looked at, %d complete; %d duplicates, %d contradictory",
              r.observations(),
              r.observations() == 1 ? "" : "s",
              r.complete(),
              r.duplicates(),
              r.contradictory()));
    }
    console.say(
        String.format(
            Locale.ROOT,
            "index: %d objects, %d range requests, %s read in %.1f s",
            r.objects(),
            r.requests(),
            ByteSize.inWords(r.bytesRead()),
            r.seconds()));
    if (r.failed() > 0) {
      console.warn("To try the failed ones again, give the same command");
    }
  }
}
