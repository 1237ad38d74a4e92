package org.cornerturn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cornerturn.InputFault;
import org.cornerturn.SharedByTasks;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/**
 * Runs one task where it is: on an executor, or in the driver's loop. Here the faults are sorted:
 * the input's, the store's, ours.
 */
final class TaskRunner<T extends ChunkTask> implements SharedByTasks {
  private static final long serialVersionUID = 1L;
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 250;

  /** Stores opened in this JVM, by settings and URI. */
  private static final Map<Map<String, String>, Map<String, ObjectStore>> OPEN =
      new ConcurrentHashMap<>();

  private final Kernel<T> kernel;
  private final List<String> roots;
  private final Map<String, String> hadoop;

  TaskRunner(Kernel<T> kernel, List<String> roots, Map<String, String> hadoop) {
    this.kernel = kernel;
    this.roots = List.copyOf(roots);
    this.hadoop = Map.copyOf(hadoop);
  }

  /**
   * A task and the product it belongs to.
   *
   * @param product position of the product in the request
   */
  record Assignment<T extends ChunkTask>(int product, T task) implements Serializable {}

  /** An outcome and the product it belongs to. */
  record Result(int product, Outcome outcome) implements Serializable {}

  Result run(Assignment<T> assignment) throws InterruptedIOException {
    long start = System.nanoTime();
    T task = assignment.task();
    Outcome outcome;
    MemoryBudget.Share memory = MemoryBudget.OF_THIS_JVM.take(task.peakBytes());
    try {
      outcome = attempt(task, roots.get(assignment.product()));
    } finally {
      memory.close();
    }
    return new Result(assignment.product(), outcome.after((System.nanoTime() - start) / 1_000_000));
  }

  private Outcome attempt(T task, String root) throws InterruptedIOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return kernel.run(task, new JobStores(root));
      } catch (UserError e) {
        return Outcome.stopped(task.id(), Outcome.Status.REFUSED, e.getMessage());
      } catch (IOException e) {
        Outcome end = judged(task, e, attempt);
        if (end != null) {
          return end;
        }
      } catch (UncheckedIOException e) {
        Outcome end = judged(task, e.getCause(), attempt);
        if (end != null) {
          return end;
        }
      } catch (RuntimeException e) {
        if (e instanceof InputFault) {
          return Outcome.stopped(task.id(), Outcome.Status.REFUSED, StoreFaults.line(e));
        }
        throw e; // Ours: the run fails with a stack.
      } catch (OutOfMemoryError e) {
        // Let out, it would end the whole executor; what the task held is free again.
        return Outcome.stopped(task.id(), Outcome.Status.FAILED, outOfMemory(task, e));
      }
    }
  }

  private static String outOfMemory(ChunkTask task, OutOfMemoryError e) {
    return String.format(
        Locale.ROOT,
        "out of memory (%s): the heap has %d MB, this task alone was planned with %d MB. Set"
            + " CORNERTURN_HEAP higher, as in CORNERTURN_HEAP=4g (on a cluster"
            + " spark.executor.memory)",
        e.getMessage(),
        Runtime.getRuntime().maxMemory() >> 20,
        (task.peakBytes() + (1 << 20) - 1) >> 20);
  }

  /** How an I/O fault ends the task, or null to try again. */
  private static <T extends ChunkTask> Outcome judged(T task, IOException e, int attempt)
      throws InterruptedIOException {
    if (e instanceof InputFault) {
      return Outcome.stopped(task.id(), Outcome.Status.REFUSED, StoreFaults.line(e));
    }
    if (Thread.currentThread().isInterrupted()) {
      // Killed: another attempt won, or the run stops.
      throw (InterruptedIOException) new InterruptedIOException(task.id()).initCause(e);
    }
    if (StoreFaults.isStoreFull(e)) {
      return Outcome.stopped(task.id(), Outcome.Status.STORE_FULL, StoreFaults.line(e));
    }
    if (attempt == ATTEMPTS || StoreFaults.isPermanent(e)) {
      return Outcome.stopped(task.id(), Outcome.Status.FAILED, StoreFaults.line(e));
    }
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << 2 * (attempt - 1));
    } catch (InterruptedException i) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException(task.id()).initCause(i);
    }
    return null;
  }

  private ObjectStore store(String uri) throws IOException {
    Map<String, ObjectStore> known = OPEN.computeIfAbsent(hadoop, h -> new ConcurrentHashMap<>());
    ObjectStore store = known.get(uri);
    if (store == null) {
      ObjectStore fresh = Stores.open(uri, hadoop);
      ObjectStore other = known.putIfAbsent(uri, fresh);
      store = other == null ? fresh : other;
    }
    return store;
  }

  private final class JobStores implements TaskStores {
    private final RecordingStore product;

    JobStores(String root) throws IOException {
      product = new RecordingStore(store(root));
    }

    @Override
    public ObjectStore product() {
      return product;
    }

    @Override
    public ObjectStore open(String uri) throws IOException {
      return store(uri);
    }

    @Override
    public List<WrittenObject> written() {
      return product.written();
    }
  }
}
