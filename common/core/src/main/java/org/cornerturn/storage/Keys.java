package org.cornerturn.storage;

/** Checks of object keys, so that none can leave its store's root. */
final class Keys {
  private Keys() {}

  static String checked(String key) {
    if (key.isEmpty() || key.startsWith("/") || key.endsWith("/") || key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("not an object key: " + key);
      }
    }
    return key;
  }
}
