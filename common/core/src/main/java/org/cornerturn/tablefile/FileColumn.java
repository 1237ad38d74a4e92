package org.cornerturn.tablefile;

import java.io.Serializable;

/**
 * A column of one value a row.
 *
 * @param name as the file has it
 * @param unit as the file has it; empty where it has none
 * @param ucd IVOA's descriptor; empty where the file has none
 * @param description empty where the file has none
 */
public record FileColumn(String name, Kind kind, String unit, String ucd, String description)
    implements Serializable {
  /** What its values are. */
  public enum Kind {
    TEXT,
    WHOLE,
    REAL
  }
}
