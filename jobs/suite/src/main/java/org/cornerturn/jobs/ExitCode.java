package org.cornerturn.jobs;

/**
 * How a command ended, as the shell sees it. Signals give 130 and 143, which the JVM does alone.
 */
public enum ExitCode {
  /** All done, or sound. */
  COMPLETE(0),
  /** A fault of the program; the stack is in the log. */
  FAULT(1),
  /** A mistake of the user; nothing was done. */
  USER(2),
  /** Work is left, or objects are missing: {@code cornerturn resume URI} goes on. */
  INCOMPLETE(3),
  /** All done except inputs or objects that were refused, each listed in the ledger. */
  REFUSED(4),
  /** Objects whose bytes are not what was written. */
  CORRUPT(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
