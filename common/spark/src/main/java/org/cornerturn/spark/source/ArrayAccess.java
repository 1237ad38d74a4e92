package org.cornerturn.spark.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Box;

/** The way to a lattice's arrays, as it travels to a task. */
interface ArrayAccess extends Serializable {
  /**
   * No more than reading one box of the lattice needs.
   *
   * @param lattice whose stored arrays these are
   * @param arrays numbers of those that will be read
   */
  ArrayAccess slice(Lattice lattice, List<Integer> arrays, Box box);

  /**
   * @param hadoop settings of stores
   */
  ArrayReader open(Map<String, String> hadoop) throws IOException;
}
