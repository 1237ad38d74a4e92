package org.cornerturn.spark;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Decides what becomes of a product's place: make it anew, go on with it, leave it as it is, or
 * replace it. {@link #check} refuses before {@link #open} changes anything.
 */
final class ProductOpening<T extends ChunkTask> {
  private final ProductRun<T> run;
  private final String workspace;
  private final RunRequest.Existing existing;

  /**
   * @param workspace URI of the state folder with the run's lease and ledger
   */
  ProductOpening(ProductRun<T> run, String workspace, RunRequest.Existing existing) {
    this.run = run;
    this.workspace = workspace;
    this.existing = existing;
  }

  /**
   * @throws UserError when something else is in this place
   */
  void check() throws IOException {
    Optional<ProductRecord> found = ProductRecord.read(run.state);
    String root = run.plan.root();
    if (found.isEmpty()) {
      if (isOccupied()) {
        throw new UserError(
            "can't write " + place(),
            "there is something that is no product of Cornerturn",
            "Name another output, or remove it first");
      }
      return;
    }
    ProductRecord record = found.get();
    run.record = record;
    if (existing == RunRequest.Existing.OVERWRITE) {
      return;
    }
    if (!record.fingerprint().equals(run.plan.fingerprint())) {
      throw new UserError(
          "can't write " + place(),
          "there is a product of other inputs, parameters or versions (" + record.id() + ")",
          "Name another output, or replace it with --overwrite");
    }
    if (record.state() != ProductRecord.State.COMPLETE && !worksHere(record)) {
      String other = Locations.resolve(run.plan.state(), record.workspace());
      throw new UserError(
          "can't go on with " + root,
          "it was begun by a run whose ledger is in " + other,
          "Finish it with `cornerturn resume " + root + "`, or start again with --overwrite");
    }
  }

  /** What a message calls the product's place. */
  private String place() {
    String root = run.plan.root();
    return run.plan.isBranch() ? root + "/" + String.join(", ", run.plan.members()) : root;
  }

  private boolean isOccupied() throws IOException {
    for (String member : run.plan.members()) {
      if (!run.root.list(member + "/").isEmpty()) {
        return true;
      }
    }
    if (run.plan.isBranch()) {
      return false;
    }
    if (run.plan.isFile()) {
      String key = run.plan.fileKey();
      return run.root.status(key).isPresent() || !run.root.list(key + "/").isEmpty();
    }
    return run.root.hasObjectsBeside(ProductPlan.STATE);
  }

  private boolean worksHere(ProductRecord record) {
    return Locations.resolve(run.plan.state(), record.workspace()).equals(workspace);
  }

  /** Brings the place into the state in which tasks may start. Needs the lease. */
  void open() throws IOException {
    ProductRecord record = run.record;
    if (record == null) {
      run.record = ProductRecord.of(run.plan, workspace, ProductRecord.State.PLANNED);
      if (!run.state.putIfAbsent(ProductRecord.KEY, run.record.bytes())) {
        throw new UserError(
            "can't write " + run.plan.root(),
            "another run has begun a product there this moment",
            "Wait until it ends, or name another output");
      }
      return;
    }
    boolean same = record.fingerprint().equals(run.plan.fingerprint());
    boolean complete = record.state() == ProductRecord.State.COMPLETE;
    boolean gone = complete && run.plan.isFile() && run.root.status(run.plan.fileKey()).isEmpty();
    // Of many products those that are right are left alone; one that is named by itself is wanted
    // anew.
    boolean single = run.plan.state().equals(workspace);
    boolean wrong = !same || (complete ? single : !worksHere(record));
    if (gone || existing == RunRequest.Existing.OVERWRITE && wrong) {
      replace();
      return;
    }
    if (complete) {
      run.standing = ProductReport.State.UNCHANGED;
      run.doneBefore = run.plan.chunks().tasks().size();
      return;
    }
    run.begun = true;
    if (record.state() == ProductRecord.State.CLEARING) {
      clear();
    }
    if (record.state() != ProductRecord.State.PLANNED) {
      put(record.in(ProductRecord.State.PLANNED));
    }
  }

  private void replace() throws IOException {
    // First of all: whatever stops this run from here on, the next one sees that it is not whole.
    put(ProductRecord.of(run.plan, workspace, ProductRecord.State.CLEARING));
    clear();
    put(run.record.in(ProductRecord.State.PLANNED));
  }

  private void put(ProductRecord record) throws IOException {
    run.record = record;
    run.state.put(ProductRecord.KEY, record.bytes());
  }

  /**
   * Takes the earlier making from its readers, then removes its objects; its ledger rows name
   * another creation.
   */
  private void clear() throws IOException {
    run.plan.publisher().unpublish(run.root);
    if (run.plan.isFile()) {
      return; // A product of one file: unpublishing has removed it.
    }
    ObjectStore root = run.root;
    if (run.plan.isBranch()) {
      for (String member : run.plan.members()) {
        root.deleteFolder(member);
      }
      return;
    }
    Set<String> top = new LinkedHashSet<>();
    for (ObjectStatus s : root.list("")) {
      int slash = s.key().indexOf('/');
      top.add(slash < 0 ? s.key() : s.key().substring(0, slash + 1));
    }
    for (String name : top) {
      if (!name.endsWith("/")) {
        root.delete(name);
      } else if (!name.equals(ProductPlan.STATE + "/")) {
        root.deleteFolder(name.substring(0, name.length() - 1));
      }
    }
  }
}
