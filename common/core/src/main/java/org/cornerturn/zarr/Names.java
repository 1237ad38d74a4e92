package org.cornerturn.zarr;

/** Names of metadata objects, and paths. */
final class Names {
  static final String V3 = "zarr.json";
  static final String V2_ARRAY = ".zarray";
  static final String V2_GROUP = ".zgroup";
  static final String V2_ATTRIBUTES = ".zattrs";
  static final String V2_CONSOLIDATED = ".zmetadata";

  private Names() {}

  static String join(String path, String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "/" + name;
  }
}
