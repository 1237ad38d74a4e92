package org.cornerturn.hdf5;

import java.util.List;

/** A committed datatype; {@code type} describes it in words. */
public record Hdf5NamedType(String path, String type, List<Hdf5Attribute> attributes)
    implements Hdf5Object {
  public Hdf5NamedType {
    attributes = List.copyOf(attributes);
  }
}
