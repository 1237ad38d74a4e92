package org.cornerturn.jobs.crossmatch;

import java.io.Serializable;
import org.cornerturn.jobs.catalogue.TableSource;

/**
 * One of the two catalogues: the table, and which of its columns say what.
 *
 * @param letter l or r
 * @param id null for the row's number
 * @param idKind whether ids are whole numbers
 * @param raDegrees factor that makes degrees of right ascensions
 * @param decDegrees of declinations
 * @param raErr null for none; arcsec on the sky
 * @param decErr null for none
 * @param flux null for none
 * @param rows number of rows, estimated where the file doesn't say
 * @param units pieces that can be read apart
 */
record Side(
    String letter,
    TableSource source,
    String id,
    IdKind idKind,
    String ra,
    String dec,
    double raDegrees,
    double decDegrees,
    String raErr,
    String decErr,
    String flux,
    long rows,
    long units)
    implements Serializable {
  /** What tells a row from others. */
  enum IdKind {
    NUMBER,
    WHOLE,
    TEXT
  }

  boolean hasErrors() {
    return raErr != null;
  }

  boolean hasFlux() {
    return flux != null;
  }

  /** Fields of a record of {@link RunFile}: dec, ra, row, id and what else there is. */
  int fields() {
    return 4 + (hasErrors() ? 2 : 0) + (hasFlux() ? 1 : 0);
  }
}
