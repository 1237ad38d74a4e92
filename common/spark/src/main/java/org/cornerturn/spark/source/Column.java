package org.cornerturn.spark.source;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.cornerturn.array.DataType.Field;

/**
 * A column of a table over a lattice.
 *
 * @param type of the column, in arrays where the content runs along a packed axis
 * @param hidden whether it is given only where a query names it
 */
record Column(String name, DataType type, Content content, boolean hidden) implements Serializable {

  /** Where a column's values come from. */
  sealed interface Content extends Serializable {}

  /** The position on an axis. */
  record Index(int axis) implements Content {}

  /** A value for each position of an axis, known beforehand. */
  record Coordinate(int axis, AxisValues values) implements Content {}

  /**
   * Elements of a stored array, or a part of each.
   *
   * @param array number of the array in the lattice
   * @param offset first byte of the part in the element
   * @param part the whole element, or a field of a record
   * @param names names of an enumeration's values that are shown in their place; empty for numbers
   */
  record Element(int array, int offset, Field part, Map<Long, String> names) implements Content {
    public Element {
      names = Map.copyOf(names);
    }
  }

  /** First position of the row's region on each axis. */
  record RegionStart() implements Content {}

  /** Extent of the row's region on each axis. */
  record RegionShape() implements Content {}

  /** URI of the file or store. */
  record FileUri() implements Content {}
}
