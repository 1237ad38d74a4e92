package org.cornerturn.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Opens the store that a URI names. */
public final class Stores {
  private Stores() {}

  /**
   * @param uri a local path, {@code file:} URI, or any URI that Hadoop has a file system for
   *     ({@code s3a:}, {@code hdfs:})
   * @param hadoop Hadoop settings ({@code fs.*}); unused for local folders
   */
  public static ObjectStore open(String uri, Map<String, String> hadoop) throws IOException {
    return isLocal(uri) ? new LocalStore(localPath(uri)) : new HadoopStore(uri, hadoop);
  }

  /** Whether this names the local disk: no scheme, or {@code file:}. */
  public static boolean isLocal(String uri) {
    return uri.startsWith("file:") || !uri.matches("^[A-Za-z][A-Za-z0-9+.-]+:.*");
  }

  /** The local path of a path or {@code file:} URI. */
  public static Path localPath(String uri) {
    if (!uri.startsWith("file:")) {
      return Path.of(uri);
    }
    String path = uri.substring("file:".length());
    return Path.of(path.startsWith("//") ? path.replaceFirst("^//+", "/") : path);
  }
}
