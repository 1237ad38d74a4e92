package org.cornerturn.query.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name for logs and rate limits: a key's id, a token's subject, an address
 * @param scope the most that is allowed
 * @param roots names of the roots that may be read; empty: all of them
 */
public record Principal(String name, Scope scope, Optional<Set<String>> roots) {
  public Principal {
    roots = roots.map(Set::copyOf);
  }

  public boolean may(Scope needed) {
    return scope.compareTo(needed) >= 0;
  }

  public boolean mayRead(String root) {
    return roots.map(r -> r.contains(root)).orElse(true);
  }
}
