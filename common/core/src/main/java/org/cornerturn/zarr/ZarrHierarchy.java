package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cornerturn.storage.ObjectStore;

/**
 * The metadata of a whole store, written when all its chunks are there: arrays first, then groups,
 * the root's consolidated metadata last. Until then no reader sees anything. Intermediate groups
 * are made as needed. Equal content gives equal bytes, whatever the order of calls.
 */
public final class ZarrHierarchy {
  private final ZarrFormat format;

  public ZarrHierarchy(ZarrFormat format) {
    this.format = format;
  }

  /**
   * Adds a group, or gives an intermediate one its attributes.
   *
   * @param path escaped (see {@link NodeName}); empty for the root
   */
  public ZarrHierarchy group(String path, ObjectNode attributes) {
    throw new UnsupportedOperationException(format.toString());
  }

  /**
   * @param path escaped (see {@link NodeName}); empty where the root is an array
   */
  public ZarrHierarchy array(String path, ArrayMetadata metadata) {
    throw new UnsupportedOperationException();
  }

  /** Every metadata object by key relative to the root, in the order of writing. */
  public Map<String, byte[]> objects() {
    return new LinkedHashMap<>();
  }

  /**
   * Writes {@link #objects} in order.
   *
   * @param root of the Zarr store inside the object store, without slashes at its ends; empty for
   *     the object store's own root
   */
  public void publish(ObjectStore store, String root) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Removes the root's metadata of either format, so that readers see no store any more. */
  public static void unpublish(ObjectStore store, String root) throws IOException {
    throw new UnsupportedOperationException();
  }
}
