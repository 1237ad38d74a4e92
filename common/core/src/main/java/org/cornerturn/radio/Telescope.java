package org.cornerturn.radio;

import java.io.Serializable;

/**
 * Where an array stands and what it is called.
 *
 * @param location reference point from which antenna positions count
 */
public record Telescope(String name, String instrument, Geodetic location) implements Serializable {

  /** The reference point in ITRS. */
  public Ecef ecef() {
    return location.toEcef();
  }
}
