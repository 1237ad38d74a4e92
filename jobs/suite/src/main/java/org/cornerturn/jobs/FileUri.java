package org.cornerturn.jobs;

/** The parts of a file's URI or path. */
public final class FileUri {
  private FileUri() {}

  /** The folder, as a store is opened of it. */
  public static String folder(String uri) {
    int slash = uri.lastIndexOf('/');
    return slash <= 0 ? "/" : uri.substring(0, slash);
  }

  /** The file's key in that store. */
  public static String key(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
