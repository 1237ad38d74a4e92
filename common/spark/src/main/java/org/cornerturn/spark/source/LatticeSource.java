package org.cornerturn.spark.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** The files or stores of one table, of one format. */
interface LatticeSource extends Serializable {
  /** Their URIs, at least one. */
  List<String> uris();

  /** What the user asked for. */
  SourceOptions options();

  /**
   * Reads the structure of a file or store, not its data.
   *
   * @throws IOException with the mark {@link org.cornerturn.InputFault} where the file is at fault
   */
  Lattice open(String uri) throws IOException;
}
