package org.cornerturn.hdf5;

import java.util.List;

/** A group; its members follow it in {@link Hdf5File#walk()}. */
public record Hdf5Group(String path, List<Hdf5Attribute> attributes) implements Hdf5Object {
  public Hdf5Group {
    attributes = List.copyOf(attributes);
  }
}
