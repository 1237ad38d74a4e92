package org.cornerturn.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What became of one task: all that travels back to the driver.
 *
 * @param taskId the task's {@link org.cornerturn.plan.ChunkTask#id()}
 * @param objects what it wrote; empty unless done
 * @param bytesIn bytes read from the inputs
 * @param bytesOut bytes written to the product
 * @param millis time in the task, retries included
 * @param error one line for the user; null when done
 */
public record Outcome(
    String taskId,
    Status status,
    List<WrittenObject> objects,
    long bytesIn,
    long bytesOut,
    long millis,
    String error)
    implements Serializable {

  /** How a task ended. */
  public enum Status {
    DONE,
    /** The input is at fault: trying again is useless. */
    REFUSED,
    /** Reading or writing failed after bounded retries: a later run may succeed. */
    FAILED,
    /** The output has no room left: every other task would fail too. */
    STORE_FULL
  }

  public Outcome {
    objects = List.copyOf(objects);
  }

  /**
   * The outcome a kernel returns; the engine adds the time.
   *
   * @param bytesIn bytes read from the inputs
   */
  public static Outcome done(String taskId, List<WrittenObject> objects, long bytesIn) {
    long out = objects.stream().mapToLong(WrittenObject::size).sum();
    return new Outcome(taskId, Status.DONE, objects, bytesIn, out, 0, null);
  }

  static Outcome stopped(String taskId, Status status, String error) {
    return new Outcome(taskId, status, List.of(), 0, 0, 0, error);
  }

  Outcome after(long millis) {
    return new Outcome(taskId, status, objects, bytesIn, bytesOut, millis, error);
  }
}
