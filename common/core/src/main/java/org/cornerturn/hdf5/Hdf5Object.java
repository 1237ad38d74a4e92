package org.cornerturn.hdf5;

import java.util.List;
import java.util.Optional;

/** What a path of an HDF5 file names. */
public sealed interface Hdf5Object
    permits Hdf5Group, Hdf5Dataset, Hdf5Link, Hdf5NamedType, Hdf5Unreadable {
  /** Absolute path; {@code /} for the root group. */
  String path();

  /** Attributes in the order of their names; empty for what has none. */
  List<Hdf5Attribute> attributes();

  default Optional<Hdf5Attribute> attribute(String name) {
    return attributes().stream().filter(a -> a.name().equals(name)).findFirst();
  }
}
