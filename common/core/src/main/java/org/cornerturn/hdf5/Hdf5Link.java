package org.cornerturn.hdf5;

import java.util.List;
import java.util.Optional;

/**
 * A name for an object that has its place elsewhere.
 *
 * @param path the link's own path
 * @param target what the file says: a path, or {@code file:path} of an external link
 * @param resolved path under which {@link Hdf5File#walk()} gives the object; empty for an external
 *     link, which is never followed, and where the link leads nowhere
 */
public record Hdf5Link(String path, Kind kind, String target, Optional<String> resolved)
    implements Hdf5Object {

  /** How the link names its object. */
  public enum Kind {
    /** A further hard link to an object that another path showed first. */
    HARD,
    SOFT,
    EXTERNAL,
    /** A link class registered by an application; only it knows what is meant. */
    USER_DEFINED
  }

  @Override
  public List<Hdf5Attribute> attributes() {
    return List.of();
  }
}
