package org.cornerturn.hdf5;

import java.util.List;

/** An object whose header can't be read, with the reason. */
public record Hdf5Unreadable(String path, String reason) implements Hdf5Object {
  @Override
  public List<Hdf5Attribute> attributes() {
    return List.of();
  }
}
