package org.cornerturn.storage;

/**
 * What a store says of an object.
 *
 * @param key name relative to the store's root, with {@code /} between parts
 * @param size bytes
 * @param etag the store's own version mark, or null where it has none
 * @param modifiedMillis milliseconds since 1970
 */
public record ObjectStatus(String key, long size, String etag, long modifiedMillis) {
  /** What changes when the object's content changes: the etag, else size and time. */
  public String version() {
    return etag != null ? etag : size + "@" + modifiedMillis;
  }
}
