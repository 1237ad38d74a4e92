package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;

/**
 * Where the items of a UVH5 header are: a file, or a product that keeps them. Paths are those of
 * the UVH5 file, {@code /Header/time_array} say.
 */
public interface HeaderSource {
  /** Name of the file, for faults. */
  String name();

  /** Whether there is a group at this path. */
  boolean isGroup(String path) throws IOException;

  /** Names of a group's members, sorted. */
  List<String> members(String group) throws IOException;

  /** Shape of the dataset at this path; {@code [0]} of a null dataspace; empty where none is. */
  Optional<Shape> shape(String path) throws IOException;

  /**
   * All elements of a dataset; empty where there is none, or where it has a null dataspace.
   *
   * @throws org.cornerturn.InputFault as an exception, where it can't be read
   */
  Optional<Block> read(String path) throws IOException;

  /**
   * Some rows of a dataset that exists.
   *
   * @param first of the rows along its first axis
   */
  Block read(String path, long first, long count) throws IOException;
}
