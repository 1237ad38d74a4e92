package org.cornerturn.query.http;

/** A family of operations; each feature has one, listed in the server. */
@FunctionalInterface
public interface Routes {
  void register(Router router);
}
