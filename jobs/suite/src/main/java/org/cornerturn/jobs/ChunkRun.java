package org.cornerturn.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkContext;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.ProductReport;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.Refusal;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.Sessions;

/**
 * Runs a command's chunk plan on Spark and tells the user about it. Spark starts in the background
 * when this is made, while the command still plans.
 */
public final class ChunkRun {
  private static final int LISTED = 20;

  private final GlobalOptions global;
  private final Console console;
  private final CompletableFuture<SparkContext> spark = new CompletableFuture<>();

  /**
   * @param application name in Spark's listings
   */
  public ChunkRun(String application, GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
    Thread starter =
        new Thread(
            () -> {
              try {
                spark.complete(Sessions.context(application, global.master(), global.spark()));
              } catch (Throwable t) {
                spark.completeExceptionally(t);
              }
            },
            "spark-start");
    starter.setDaemon(true);
    starter.start();
  }

  /** Runs to the end and prints the summary. */
  public <T extends ChunkTask> ExitCode run(RunRequest<T> request, Kernel<T> kernel)
      throws IOException {
    SparkContext context = context();
    // This command's own settings win over those with which the context was started.
    Map<String, String> hadoop = new HashMap<>(Sessions.hadoop(context));
    hadoop.putAll(global.hadoop());
    RunReport report;
    try (Listener listener = new Listener(request.verb())) {
      report = ChunkJob.onSpark(context, hadoop).run(request, kernel, listener);
    }
    summarize(request.verb(), report);
    return switch (report.exit()) {
      case COMPLETE -> ExitCode.COMPLETE;
      case INCOMPLETE -> ExitCode.INCOMPLETE;
      case REFUSED -> ExitCode.REFUSED;
    };
  }

  private SparkContext context() {
    try {
      return spark.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw e;
    }
  }

  private void summarize(String verb, RunReport report) {
    if (global.json()) {
      console.json(document(report));
    }
    int listed = 0;
    for (ProductReport p : report.products()) {
      console.say(line(p));
      for (Refusal r : concat(p.refusals(), p.failures())) {
        if (listed++ < LISTED) {
          console.warn("  " + r.object() + ": " + r.reason());
        }
      }
    }
    for (Refusal r : report.refusedInputs()) {
      if (listed++ < LISTED) {
        console.warn("refused " + r.object() + ": " + r.reason());
      }
    }
    if (listed > LISTED) {
      console.warn("... and " + (listed - LISTED) + " more, all in the ledger");
    }
    if (report.message() != null) {
      console.warn(report.message());
    }
    console.say(total(verb, report));
    if (report.exit() == RunReport.Exit.INCOMPLETE) {
      for (ProductReport p : report.products()) {
        if (p.state() == ProductReport.State.PLANNED) {
          console.warn("To go on: cornerturn resume " + p.root());
        }
      }
    }
  }

  private static String total(String verb, RunReport report) {
    int products = report.products().size();
    String head =
        String.format(Locale.ROOT, "%s: %d product%s", verb, products, products == 1 ? "" : "s");
    long in = report.bytesIn();
    long out = report.bytesOut();
    if (in == 0 && out == 0) {
      return head;
    }
    String read = in == 0 ? "" : ByteSize.inWords(in) + " read, ";
    return String.format(
        Locale.ROOT,
        "%s, %s%s written in %.1f s (%s %s)",
        head,
        read,
        ByteSize.inWords(out),
        report.seconds(),
        rate(in == 0 ? out : in, report.seconds()),
        in == 0 ? "written" : "read");
  }

  private static String rate(long bytes, double seconds) {
    return String.format(Locale.ROOT, "%.0f MB/s", bytes / 1e6 / Math.max(seconds, 1e-3));
  }

  private static List<Refusal> concat(List<Refusal> a, List<Refusal> b) {
    List<Refusal> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static String line(ProductReport p) {
    String state = p.state().name().toLowerCase(Locale.ROOT);
    if (p.state() == ProductReport.State.UNCHANGED) {
      return p.root() + ": unchanged";
    }
    return String.format(
        Locale.ROOT,
        "%s: %s, %d of %d tasks%s, %s%s in %.1f s",
        p.root(),
        state,
        p.doneBefore() + p.doneNow(),
        p.planned(),
        p.doneBefore() > 0 ? " (" + p.doneBefore() + " before)" : "",
        p.bytesIn() > 0 ? ByteSize.inWords(p.bytesIn()) + " -> " : "",
        ByteSize.inWords(p.bytesOut()),
        p.seconds());
  }

  private static Map<String, Object> document(RunReport report) {
    Map<String, Object> doc = new LinkedHashMap<>();
    doc.put("run", report.runId());
    doc.put("exit", report.exit().code());
    doc.put("seconds", report.seconds());
    doc.put("bytes_in", report.bytesIn());
    doc.put("bytes_out", report.bytesOut());
    doc.put("products", report.products());
    doc.put("refused_inputs", report.refusedInputs());
    if (report.message() != null) {
      doc.put("message", report.message());
    }
    return doc;
  }

  /** Draws the engine's progress. */
  private final class Listener implements Progress, AutoCloseable {
    private final String verb;
    private org.cornerturn.jobs.Progress bar = org.cornerturn.jobs.Progress.NONE;
    private long bytesLeft;
    private long tasksLeft;

    Listener(String verb) {
      this.verb = verb;
    }

    @Override
    public void started(long tasks, long done, long bytesIn) {
      bytesLeft = Math.max(bytesIn, tasks);
      tasksLeft = tasks;
      bar = console.progress(verb, bytesLeft);
    }

    @Override
    public void finished(Outcome outcome) {
      // The last task fills the bar, whatever estimates said.
      long step = --tasksLeft <= 0 ? bytesLeft : Math.min(bytesLeft, share(outcome));
      bytesLeft -= step;
      bar.advance(step);
    }

    /** What a task has read; where tasks read no input, equal shares. */
    private long share(Outcome outcome) {
      return outcome.bytesIn() > 0 ? outcome.bytesIn() : bytesLeft / (tasksLeft + 1);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
