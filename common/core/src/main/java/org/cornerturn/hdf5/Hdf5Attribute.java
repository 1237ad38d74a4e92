package org.cornerturn.hdf5;

import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;

/**
 * An attribute of a group, dataset or committed datatype.
 *
 * @param storedType the type as it stands in the file, in words
 * @param block the value; empty for a null dataspace and where {@code unreadable} says why
 * @param value the same as a tree of {@code Long}, {@code BigInteger} (uint64 beyond long), {@code
 *     Double}, {@code Boolean}, {@code String}, {@code List} (axes, sequences, complex pairs) and
 *     {@code Map} (compounds), fit for JSON but for NaN and infinities; null where there is no
 *     block
 * @param enumNames names of an enumeration's values, else empty
 * @param unreadable why the value can't be given
 * @param type the type exactly as it stands in the file; empty where even that can't be read
 * @param shape extent of the dataspace, without the axes of an array type; empty for a null
 *     dataspace and where even the type can't be read
 * @param stored type and elements exactly as they stand in the file; empty where they point
 *     elsewhere (references, sequences) and where {@code unreadable} says why
 */
public record Hdf5Attribute(
    String name,
    String storedType,
    Optional<Block> block,
    Object value,
    Map<String, Long> enumNames,
    Optional<String> unreadable,
    Optional<Hdf5Type> type,
    Optional<Shape> shape,
    Optional<Hdf5Value> stored) {

  /** Whether the attribute has a type but no value (null dataspace). */
  public boolean isEmpty() {
    return block.isEmpty() && unreadable.isEmpty();
  }
}
