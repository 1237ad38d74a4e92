package org.cornerturn.query.access;

/** What somebody may do; each includes those before it. */
public enum Scope {
  /** Nothing that needs leave. */
  NONE,
  READ,
  WRITE,
  ADMIN
}
