package org.cornerturn.observation;

import java.util.Objects;

/**
 * A file that is part of an observation.
 *
 * @param number its subband, from name or frequency; {@link SubbandFile#UNNUMBERED} where it is an
 *     observation by itself
 */
public record Member(int number, SubbandFile file) {
  public Member {
    Objects.requireNonNull(file);
  }
}
