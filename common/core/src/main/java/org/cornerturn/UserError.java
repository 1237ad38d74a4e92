package org.cornerturn;

/**
 * A mistake of the user or a fault of their input: what is wrong, why, and what to do. The only
 * exception whose message reaches the user as it is; everything else is our fault and goes to the
 * log with its stack.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String problem;
  private final String reason;
  private final String remedy;

  /**
   * @param problem what failed, naming the file and the object in it
   * @param reason why, in the user's terms
   * @param remedy what to do about it
   */
  public UserError(String problem, String reason, String remedy) {
    this(problem, reason, remedy, null);
  }

  public UserError(String problem, String reason, String remedy, Throwable cause) {
    super(problem + ": " + reason + ". " + remedy, cause);
    this.problem = problem;
    this.reason = reason;
    this.remedy = remedy;
  }

  public String problem() {
    return problem;
  }

  public String reason() {
    return reason;
  }

  public String remedy() {
    return remedy;
  }
}
