package org.cornerturn.spark;

import java.util.List;

/**
 * What a run did for one product.
 *
 * @param id the product's id
 * @param root where it lies
 * @param planned tasks in its plan
 * @param doneBefore tasks that the ledger had already
 * @param doneNow tasks that this run finished
 * @param bytesIn bytes that this run read for it
 * @param bytesOut bytes that this run wrote for it
 * @param seconds from the start of the run until the product was published, or the run's end
 * @param refusals tasks and objects refused, by name
 * @param failures tasks that failed, by name; the first hundred
 * @param failed number of tasks that failed
 */
public record ProductReport(
    String id,
    String root,
    State state,
    long planned,
    long doneBefore,
    long doneNow,
    long bytesIn,
    long bytesOut,
    double seconds,
    List<Refusal> refusals,
    List<Refusal> failures,
    long failed) {

  /** Where a product stands. */
  public enum State {
    /** Its record exists, its tasks are not all in the ledger. */
    PLANNED,
    /** Published by this run. */
    COMPLETE,
    /** Was complete before; nothing was done. */
    UNCHANGED,
    /** A task found the input at fault, or the place is taken; it is not published. */
    REFUSED
  }
}
