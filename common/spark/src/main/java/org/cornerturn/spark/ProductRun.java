package org.cornerturn.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.ObjectStore;

/** One product in the course of a run: its record, what is done, what was refused. */
final class ProductRun<T extends ChunkTask> {
  private static final int NAMED = 100;

  final ProductPlan<T> plan;
  final ObjectStore root;
  final ObjectStore state;
  final TaskIndex<T> index;
  final List<Refusal> refusals;
  private final List<Refusal> failures = new ArrayList<>();

  ProductRecord record;

  /** Whether an earlier run has begun it: the ledger may know some of its tasks. */
  boolean begun;

  ProductReport.State standing = ProductReport.State.PLANNED;
  long doneBefore;
  long doneNow;
  private boolean taskRefused;
  private long failed;
  private long bytesIn;
  private long bytesOut;
  private long bytesBefore;
  double seconds;

  ProductRun(ProductPlan<T> plan, ObjectStore root, ObjectStore state) {
    this.plan = plan;
    this.root = root;
    this.state = state;
    this.index = new TaskIndex<>(plan.chunks().tasks());
    this.refusals = new ArrayList<>(plan.refusals());
  }

  boolean isOpen() {
    return standing == ProductReport.State.PLANNED;
  }

  /** Leaves out the whole product: nothing was and nothing will be written. */
  void refuse(String why) {
    refusals.clear();
    refusals.add(new Refusal(plan.root(), why));
    record = null;
    standing = ProductReport.State.REFUSED;
  }

  /** Whether every task is in the ledger and publishing has not failed. */
  boolean isReady() {
    return isOpen() && failed == 0 && index.allDone();
  }

  /** Whether nothing but refused tasks keeps it from being complete. */
  boolean isHeldByRefusals() {
    return isOpen() && taskRefused && failed == 0;
  }

  /** Whether every task of the waves below is in the ledger. */
  boolean isDoneBelow(int wave) {
    return plan.chunks().tasks().stream().allMatch(t -> t.wave() >= wave || index.isDone(t));
  }

  /** Makes the product visible, and keeps what its metadata are. */
  void publish() throws IOException {
    if (begun) {
      removeUnfinished();
    }
    RecordingStore recorded = new RecordingStore(root);
    plan.publisher().publish(recorded);
    new PublishedMetadata(record.creation(), recorded.written()).put(state);
  }

  /** Records where the product stands. */
  void record(ProductRecord.State next) throws IOException {
    ProductRecord now = record.in(next);
    state.put(ProductRecord.KEY, now.bytes());
    record = now;
  }

  /** Removes what a dead driver's tasks were writing. */
  private void removeUnfinished() throws IOException {
    if (plan.isFile()) {
      root.removeUnfinished(plan.fileKey()); // What else is in its folder is none of ours.
    } else if (plan.isBranch()) {
      for (String member : plan.members()) {
        root.removeUnfinishedIn(member);
      }
    } else {
      root.removeUnfinished();
    }
  }

  /** What the ledger of an earlier run says: a task of this product is done. */
  void doneBefore(String task, long bytesOut) {
    index.markDone(task);
    bytesBefore += bytesOut;
  }

  /** Bytes of the whole product, earlier runs included. */
  long bytes() {
    return bytesBefore + bytesOut;
  }

  /** Counts an outcome; {@link TaskIndex#markDone} waits for the ledger. */
  void count(Outcome o) {
    bytesIn += o.bytesIn();
    bytesOut += o.bytesOut();
    switch (o.status()) {
      case DONE -> doneNow++;
      case REFUSED -> {
        taskRefused = true;
        if (refusals.size() < plan.refusals().size() + NAMED) {
          refusals.add(new Refusal(o.taskId(), o.error()));
        }
      }
      case FAILED, STORE_FULL -> fail(o.taskId(), o.error());
    }
  }

  void fail(String what, String why) {
    failed++;
    if (failures.size() < NAMED) {
      failures.add(new Refusal(what, why));
    }
  }

  /** Tasks of a wave that the ledger does not have. */
  List<T> open(List<T> tasks) {
    List<T> open = new ArrayList<>();
    for (T t : tasks) {
      if (!index.isDone(t)) {
        open.add(t);
      }
    }
    return open;
  }

  ProductReport report(double runSeconds) {
    return new ProductReport(
        plan.id(),
        plan.root(),
        standing,
        plan.chunks().tasks().size(),
        doneBefore,
        doneNow,
        bytesIn,
        bytesOut,
        standing == ProductReport.State.COMPLETE ? seconds : runSeconds,
        List.copyOf(refusals),
        List.copyOf(failures),
        failed);
  }
}
