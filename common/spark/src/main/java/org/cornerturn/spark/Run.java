package org.cornerturn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskRunner.Assignment;
import org.cornerturn.spark.TaskRunner.Result;
import org.cornerturn.spark.s3.LogStoreProbe;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The course of one {@link ChunkJob#run}. */
final class Run<T extends ChunkTask> implements Dispatcher.Sink {
  /** So many failures with no success between them, and the store is taken to be out of order. */
  private static final int HOPELESS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Dispatcher dispatcher;
  private final Map<String, String> hadoop;
  private final RunRequest<T> request;
  private final Kernel<T> kernel;
  private final Progress progress;
  private final String id = UUID.randomUUID().toString();
  private final long start = System.nanoTime();
  private final List<ProductRun<T>> products = new ArrayList<>();
  private final Map<String, ProductRun<T>> byCreation = new HashMap<>();

  private Lease lease;
  private RunTables tables;
  private Journal journal;
  private int failuresInARow;
  private volatile boolean stopped;
  private volatile boolean interrupted;
  private String message;

  Run(
      Dispatcher dispatcher,
      Map<String, String> hadoop,
      RunRequest<T> request,
      Kernel<T> kernel,
      Progress progress) {
    this.dispatcher = dispatcher;
    this.hadoop = hadoop;
    this.request = request;
    this.kernel = kernel;
    this.progress = progress;
  }

  RunReport execute() throws IOException {
    refuseIfAsked();
    for (ProductPlan<T> p : request.products()) {
      products.add(
          new ProductRun<>(p, Stores.open(p.objects(), hadoop), Stores.open(p.state(), hadoop)));
    }
    String workspace = request.workspace();
    ObjectStore state = Stores.open(workspace, hadoop);
    List<ProductOpening<T>> openings = new ArrayList<>();
    for (ProductRun<T> p : products) {
      openings.add(new ProductOpening<>(p, workspace, request.existing()));
    }
    if (request.isSingle()) {
      openings.get(0).check(); // Before the lease puts an object there.
    }
    if (workspace.startsWith("s3a:")) {
      LogStoreProbe.check(state, "probe");
    }
    try (Lease held = Lease.take(state, request.verb())) {
      lease = held;
      try (Interruption hook = new Interruption(this, held)) {
        return leased(checked(openings), state, hook);
      }
    }
  }

  /**
   * The products whose places can be written. One of many whose place is taken is refused, and the
   * others are made.
   *
   * @throws UserError when no place can be written, or when the user wants all or nothing
   */
  private List<ProductOpening<T>> checked(List<ProductOpening<T>> openings) throws IOException {
    List<ProductOpening<T>> free = new ArrayList<>();
    UserError first = null;
    for (int i = 0; i < openings.size(); i++) {
      try {
        openings.get(i).check();
        free.add(openings.get(i));
      } catch (UserError taken) {
        first = first == null ? taken : first;
        products.get(i).refuse(taken.reason() + ". " + taken.remedy());
      }
    }
    boolean all = request.onUnsupported() == RunRequest.OnUnsupported.FAIL;
    if (first != null && (free.isEmpty() || all)) {
      throw first;
    }
    return free;
  }

  private void refuseIfAsked() {
    List<Refusal> all = new ArrayList<>(request.refusedInputs());
    request.products().forEach(p -> all.addAll(p.refusals()));
    if (request.onUnsupported() == RunRequest.OnUnsupported.FAIL && !all.isEmpty()) {
      Refusal first = all.get(0);
      throw new UserError(
          first.object() + (all.size() > 1 ? " and " + (all.size() - 1) + " more" : ""),
          first.reason(),
          "Nothing was done; leave out what can't be read with --on-unsupported skip");
    }
  }

  private RunReport leased(List<ProductOpening<T>> openings, ObjectStore state, Interruption hook)
      throws IOException {
    FolderRecord folder = FolderRecord.begin(request, state);
    for (ProductOpening<T> o : openings) {
      o.open();
    }
    products.stream()
        .filter(p -> p.record != null)
        .forEach(p -> byCreation.put(p.record.creation(), p));
    Ledger ledger = new Ledger(Stores.open(state.uri() + "/" + Ledger.FOLDER, hadoop), id);
    if (products.stream().anyMatch(p -> p.begun)) {
      ledger.readDone(
          (creation, task, bytesOut) -> {
            ProductRun<T> p = byCreation.get(creation);
            if (p != null) {
              p.doneBefore(task, bytesOut);
            }
          });
      products.stream().filter(p -> p.begun).forEach(p -> p.doneBefore = p.index.doneCount());
      ledger.compactIfMany();
    }
    journal = new Journal(ledger, lease, this::committed);
    hook.watch(journal);
    if (request.warehouse() != null) {
      tables = new RunTables(request, id, hadoop);
      tables.started();
    }
    RunReport report;
    try {
      announceRefusals();
      runWaves();
      report = finish();
      folder.end(report.exit());
    } catch (IOException | RuntimeException e) {
      report = failed(e);
    } finally {
      journal.close();
    }
    if (tables != null) {
      tables.ended(report);
    }
    progress.ended(report);
    return report;
  }

  /**
   * Saves what was done before a fault ends the run. A fault of a store that the user can mend, and
   * the loss of the lease, leave the run incomplete; the folder's record stays open.
   */
  private RunReport failed(Exception fault) throws IOException {
    try {
      journal.flush();
    } catch (IOException | RuntimeException e) {
      fault.addSuppressed(e);
    }
    Optional<UserError> explained =
        interrupted || !(fault instanceof IOException || fault instanceof UserError)
            ? Optional.empty()
            : StoreFaults.explain(fault, request.folder());
    if (explained.isPresent()) {
      LOG.info("the run ends early", fault);
      stop(
          explained.get().getMessage()
              + ". What was done is kept: `cornerturn resume "
              + request.folder()
              + "` does the rest.");
      return report(RunReport.Exit.INCOMPLETE);
    }
    if (tables != null && !interrupted) {
      tables.failed(seconds(), fault.getMessage());
    }
    if (fault instanceof IOException e) {
      throw e;
    }
    throw (RuntimeException) fault;
  }

  private void announceRefusals() {
    for (Refusal r : request.refusedInputs()) {
      journal.add(
          new Ledger.Row(
              r.object(), id, Outcome.stopped(r.object(), Outcome.Status.REFUSED, r.reason())));
    }
    for (ProductRun<T> p : products) {
      if (p.standing == ProductReport.State.REFUSED) {
        for (Refusal r : p.refusals) {
          Outcome o = Outcome.stopped(r.object(), Outcome.Status.REFUSED, r.reason());
          journal.add(new Ledger.Row(p.plan.id(), id, o));
        }
      } else if (p.isOpen() && !p.begun) {
        for (Refusal r : p.plan.refusals()) {
          Outcome o = Outcome.stopped(r.object(), Outcome.Status.REFUSED, r.reason());
          journal.add(new Ledger.Row(p.plan.id(), p.record.creation(), o));
        }
      }
    }
  }

  private void runWaves() throws IOException {
    SortedMap<Integer, List<Assignment<T>>> waves = new TreeMap<>();
    long done = 0;
    for (int i = 0; i < products.size(); i++) {
      ProductRun<T> p = products.get(i);
      done += p.doneBefore;
      if (!p.isOpen()) {
        continue;
      }
      for (Map.Entry<Integer, List<T>> w : p.plan.chunks().waves().entrySet()) {
        List<Assignment<T>> wave = waves.computeIfAbsent(w.getKey(), k -> new ArrayList<>());
        for (T t : p.open(w.getValue())) {
          wave.add(new Assignment<>(i, t));
        }
      }
    }
    long tasks = waves.values().stream().mapToLong(List::size).sum();
    long bytes =
        waves.values().stream().flatMap(List::stream).mapToLong(a -> a.task().inputBytes()).sum();
    progress.started(tasks, done, bytes);
    publishReady();
    TaskRunner<T> runner =
        new TaskRunner<>(
            kernel, request.products().stream().map(ProductPlan::objects).toList(), hadoop);
    for (Map.Entry<Integer, List<Assignment<T>>> w : waves.entrySet()) {
      // A product with a hole in a lower wave can't go on.
      boolean[] goesOn = new boolean[products.size()];
      for (int i = 0; i < goesOn.length; i++) {
        goesOn[i] = products.get(i).isDoneBelow(w.getKey());
      }
      List<Assignment<T>> fit = w.getValue().stream().filter(a -> goesOn[a.product()]).toList();
      if (!fit.isEmpty() && !stopped) {
        dispatcher.dispatch(runner, fit, this);
        flush();
      }
    }
  }

  @Override
  public void accept(List<Result> results) {
    for (Result r : results) {
      ProductRun<T> p = products.get(r.product());
      Outcome o = r.outcome();
      p.count(o);
      journal.add(new Ledger.Row(p.plan.id(), p.record.creation(), o));
      progress.finished(o);
      switch (o.status()) {
        case DONE, REFUSED -> failuresInARow = 0;
        case FAILED -> {
          if (++failuresInARow >= HOPELESS) {
            stop(
                failuresInARow
                    + " tasks failed one after the other, the last with: "
                    + o.error()
                    + ". The rest was not tried; `cornerturn resume "
                    + request.folder()
                    + "` goes on when this is mended.");
          }
        }
        case STORE_FULL -> stop(full(p.plan.root()));
      }
    }
  }

  private String full(String where) {
    return "No space is left for "
        + where
        + ". What was done is kept: free some space, then `cornerturn resume "
        + request.folder()
        + "` does the rest.";
  }

  @Override
  public void idle() throws IOException {
    try {
      if (journal.flushIfDue()) {
        publishReady();
      }
    } catch (IOException e) {
      stopOrThrow(e);
    }
  }

  private void flush() throws IOException {
    try {
      journal.flush();
      publishReady();
    } catch (IOException e) {
      stopOrThrow(e);
    }
  }

  private void stopOrThrow(IOException e) throws IOException {
    if (!StoreFaults.isStoreFull(e)) {
      throw e;
    }
    stop(full(request.folder()));
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  private void stop(String why) {
    if (message == null) {
      message = why;
    }
    stopped = true;
  }

  /** The process is about to end: no further task starts. */
  void interrupt() {
    interrupted = true;
    stopped = true;
  }

  private void committed(List<Ledger.Row> rows) {
    for (Ledger.Row row : rows) {
      ProductRun<T> p = byCreation.get(row.creation());
      if (p != null && row.outcome().status() == Outcome.Status.DONE) {
        p.index.markDone(row.outcome().taskId());
      }
    }
  }

  private void publishReady() throws IOException {
    List<ProductRun<T>> ready = products.stream().filter(ProductRun::isReady).toList();
    if (ready.isEmpty()) {
      return;
    }
    // Publishing can't be undone by who has taken over: that nobody has is asked, not assumed.
    lease.renew();
    List<ProductRun<T>> visible = new ArrayList<>();
    for (ProductRun<T> p : ready) {
      lease.check();
      try {
        p.publish();
        visible.add(p);
      } catch (IOException e) {
        if (StoreFaults.isStoreFull(e)) {
          throw e;
        }
        p.fail("metadata of " + p.plan.root(), StoreFaults.line(e));
      } catch (UserError e) {
        p.fail("metadata of " + p.plan.root(), e.getMessage());
      }
    }
    if (tables != null && !visible.isEmpty()) {
      tables.published(visible);
    }
    lease.check();
    for (ProductRun<T> p : visible) {
      p.record(ProductRecord.State.COMPLETE);
      p.standing = ProductReport.State.COMPLETE;
      p.seconds = seconds();
      progress.published(p.plan.id(), p.plan.root());
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private RunReport finish() throws IOException {
    flush();
    if (interrupted) {
      // The lease is given back already: nothing more may be written.
      throw new InterruptedIOException("stopped by a signal");
    }
    boolean open = false;
    boolean refused = !request.refusedInputs().isEmpty();
    for (ProductRun<T> p : products) {
      if (!stopped && p.isHeldByRefusals()) {
        lease.check();
        p.standing = ProductReport.State.REFUSED;
        p.record(ProductRecord.State.REFUSED);
      }
      open |= p.isOpen();
      refused |= !p.refusals.isEmpty();
    }
    return report(
        open
            ? RunReport.Exit.INCOMPLETE
            : refused ? RunReport.Exit.REFUSED : RunReport.Exit.COMPLETE);
  }

  private RunReport report(RunReport.Exit exit) {
    double seconds = seconds();
    return new RunReport(
        id,
        products.stream().map(p -> p.report(seconds)).toList(),
        request.refusedInputs(),
        seconds,
        exit,
        message);
  }
}
