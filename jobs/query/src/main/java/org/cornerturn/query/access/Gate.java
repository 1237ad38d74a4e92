package org.cornerturn.query.access;

import java.util.List;
import java.util.Optional;

/** Finds out who asks. */
public final class Gate {
  /** Something that knows some tokens. */
  public interface Authority {
    /**
     * Whose token this is.
     *
     * @return empty when it is none of this authority's, or is no longer good
     */
    Optional<Principal> principal(String token);
  }

  private final List<Authority> authorities;

  /**
   * @param authorities none: everybody may do everything
   */
  public Gate(List<Authority> authorities) {
    this.authorities = List.copyOf(authorities);
  }

  public boolean isOpen() {
    return authorities.isEmpty();
  }

  /**
   * Who asks; somebody who says nothing may do nothing, where anything has to be said.
   *
   * @return empty when the token is nobody's
   */
  public Optional<Principal> principal(Credentials credentials) {
    if (isOpen()) {
      return Optional.of(new Principal(credentials.address(), Scope.ADMIN, Optional.empty()));
    }
    if (credentials.token().isEmpty()) {
      return Optional.of(new Principal(credentials.address(), Scope.NONE, Optional.empty()));
    }
    for (Authority a : authorities) {
      Optional<Principal> p = a.principal(credentials.token().get());
      if (p.isPresent()) {
        return p;
      }
    }
    return Optional.empty();
  }
}
