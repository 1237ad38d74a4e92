package org.cornerturn.observation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * A file as a store lists it.
 *
 * @param uri where it is; identifies it
 * @param sizeBytes its length
 * @param version etag, or size and time: changes when the content does
 * @param modifiedMillis when it was last written, milliseconds since 1970
 */
public record FileVersion(String uri, long sizeBytes, String version, long modifiedMillis)
    implements Serializable {
  /** Latest first; files of the same moment in the order of their names, the last first. */
  static final Comparator<FileVersion> NEWEST_FIRST =
      Comparator.comparingLong(FileVersion::modifiedMillis)
          .thenComparing(FileVersion::uri)
          .reversed();

  public FileVersion {
    Objects.requireNonNull(uri);
    Objects.requireNonNull(version);
  }

  /** Last part of the URI. */
  public String name() {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  /** The name without its extension. */
  public String stem() {
    String name = name();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
