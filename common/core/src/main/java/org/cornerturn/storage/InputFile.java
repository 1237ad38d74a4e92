package org.cornerturn.storage;

import java.io.Serializable;

/**
 * One input of a command.
 *
 * @param folder URI or path of the store that holds it
 * @param key its key there
 * @param size bytes
 * @param version etag, or size and time: changes when the content does
 * @param modifiedMillis when it was last written, milliseconds since 1970
 * @param relativeName what distinguishes it from the command's other inputs: its path below the
 *     argument that named it
 */
public record InputFile(
    String folder, String key, long size, String version, long modifiedMillis, String relativeName)
    implements Serializable {
  public String uri() {
    return folder.endsWith("/") ? folder + key : folder + "/" + key;
  }

  /** Last part of the key without its extension. */
  public String stem() {
    return stem(key);
  }

  /** Relative name without its extension. */
  public String relativeStem() {
    return relativeName.substring(0, relativeName.lastIndexOf('/') + 1) + stem(relativeName);
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
