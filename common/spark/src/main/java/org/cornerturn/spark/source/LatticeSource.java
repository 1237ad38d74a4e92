package org.cornerturn.spark.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/** The files or stores of one table, of one format. */
interface LatticeSource extends Serializable {
  /** Their URIs, at least one. */
  List<String> uris();

  /** What the user asked for. */
  SourceOptions options();

  /**
   * Reads the structure of a file or store, and the values on axes that are asked for; no data.
   *
   * @param needed names of coordinate columns whose values are needed; others may come without
   * @throws IOException with the mark {@link org.cornerturn.InputFault} where the file is at fault
   */
  Lattice open(String uri, Set<String> needed) throws IOException;
}
