package org.cornerturn.query.http;

/** How much an operation's requests weigh; each kind has its own allowance of requests. */
public enum Cost {
  /** Answered without the allowance of a principal: health, the page's files. */
  FREE,
  /** Lists, metadata, small windows. */
  READ,
  /** Something changes. */
  WRITE,
  /** Whole exports, SQL. */
  HEAVY
}
