package org.cornerturn.spark;

import java.util.List;

/**
 * What a run did.
 *
 * @param runId the run's row in {@code runs}
 * @param products in the request's order
 * @param refusedInputs inputs without a product
 * @param seconds wall time of the run, planning excluded
 * @param exit how the command ends
 * @param message one paragraph when the run stopped early (no space left), else null
 */
public record RunReport(
    String runId,
    List<ProductReport> products,
    List<Refusal> refusedInputs,
    double seconds,
    Exit exit,
    String message) {

  /** Exit codes of a run that did not throw. */
  public enum Exit {
    COMPLETE(0),
    /** {@code resume} finishes it. */
    INCOMPLETE(3),
    /** All done except what was refused. */
    REFUSED(4);

    private final int code;

    Exit(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  public long bytesIn() {
    return products.stream().mapToLong(ProductReport::bytesIn).sum();
  }

  public long bytesOut() {
    return products.stream().mapToLong(ProductReport::bytesOut).sum();
  }
}
