package org.cornerturn.jobs.night;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.convert.ConvertJob;
import org.cornerturn.jobs.index.IndexReport;
import org.cornerturn.jobs.index.Indexer;
import org.cornerturn.jobs.watch.Observation;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;

/** The index of a night's files: which observations there are. */
final class NightIndex {
  /** So few files are read here before Spark would have started. */
  private static final int FEW = 64;

  private final NightParameters parameters;
  private final GlobalOptions global;
  private final Console console;
  private final InputFiles files;
  private final Indexer indexer;

  /**
   * What a look has found.
   *
   * @param groups observations of which files are among the night's
   * @param question digest of the files and their versions
   * @param faults how many files can't be read
   * @param fault the first of these, and why; null for none
   */
  record Found(List<ObservationGroup> groups, String question, long faults, String fault) {}

  NightIndex(NightParameters parameters, GlobalOptions global, Console console) throws IOException {
    this.parameters = parameters;
    this.global = global;
    this.console = console;
    this.files = new InputFiles(ConvertJob.EXTENSIONS, global.hadoop());
    this.indexer = new Indexer(global.warehouse(), global.hadoop(), parameters.rule());
  }

  /** What the index knows, without a look at the files. */
  List<ObservationGroup> known() throws IOException {
    return ofTheNight(indexer.known());
  }

  /** How many files there are to be read. */
  String inWords() throws IOException {
    Indexer.Plan plan = indexer.plan(list(), this::covers, false);
    return "index: "
        + plan.listed().size()
        + " files, of which "
        + plan.todo().size()
        + " would be read ("
        + ByteSize.inWords(plan.bytes())
        + ", headers only); below are the observations of those that are known";
  }

  /** Brings the index up to date. */
  Found look() throws IOException {
    List<InputFile> listed = list();
    IndexReport report = indexer.run(listed, this::covers, false, true, new Reader());
    report.problems().forEach(p -> console.warn("  " + p.file() + ": " + p.reason()));
    List<String> versions = new ArrayList<>();
    listed.forEach(f -> versions.add(f.uri() + " " + f.version()));
    versions.sort(null);
    String question = new Fingerprint().with("files", String.join("\n", versions)).hex();
    String fault =
        report.problems().isEmpty()
            ? null
            : report.problems().get(0).file() + ": " + report.problems().get(0).reason();
    return new Found(
        ofTheNight(report.groups()), question, report.refused() + report.failed(), fault);
  }

  /** An observation as conversions take it. */
  Observation observation(ObservationGroup group) {
    return Observation.of(group, Instant.EPOCH);
  }

  private List<ObservationGroup> ofTheNight(List<ObservationGroup> groups) {
    return groups.stream()
        .filter(g -> g.members().stream().anyMatch(m -> covers(m.file().file().uri())))
        .toList();
  }

  private boolean covers(String uri) {
    return parameters.inputs().stream().anyMatch(a -> files.covers(a, uri));
  }

  private List<InputFile> list() throws IOException {
    try {
      return files.expand(parameters.inputs());
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, String.join(", ", parameters.inputs()));
    }
  }

  private final class Reader implements Indexer.Caller {
    @Override
    public Survey survey(Indexer.Plan plan) {
      boolean here = global.master().startsWith("local") && plan.todo().size() <= FEW;
      return here
          ? Survey.inLoop()
          : Survey.onSpark(Sessions.context("cornerturn night", global.master(), global.spark()));
    }

    @Override
    public Progress progress(Indexer.Plan plan) {
      return console.count("index", plan.todo().size(), "files");
    }
  }
}
