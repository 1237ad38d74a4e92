package org.cornerturn.hdf5;

import java.util.List;

/**
 * A committed datatype.
 *
 * @param type the type in words
 * @param stored the type exactly as it stands in the file
 */
public record Hdf5NamedType(
    String path, String type, Hdf5Type stored, List<Hdf5Attribute> attributes)
    implements Hdf5Object {
  public Hdf5NamedType {
    attributes = List.copyOf(attributes);
  }
}
