package org.cornerturn.spark.source;

import java.io.Closeable;
import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;

/** Reads boxes of a lattice's arrays; for one thread. */
interface ArrayReader extends Closeable {
  /**
   * @param array number of the array in the lattice
   * @param box of the array's own axes
   */
  Block read(int array, Box box) throws IOException;

  /** Range requests sent so far. */
  long requests();

  /** Bytes received so far. */
  long bytesRead();
}
