package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.SortedSet;
import org.cornerturn.storage.ObjectStore;

/**
 * A group in a store, for reading. What consolidated metadata covers costs no further request;
 * without them children are found by listing.
 */
public final class ZarrGroup {
  private ZarrGroup() {}

  /**
   * Opens a group of either format: one request where it is Zarr v3, two where it is consolidated
   * v2.
   *
   * @param path of the group in the store, without slashes at its ends; empty for the root
   * @throws ZarrException when there is no group, or it can't be read
   */
  public static ZarrGroup open(ObjectStore store, String path) throws IOException {
    throw new UnsupportedOperationException();
  }

  public ZarrFormat format() {
    throw new UnsupportedOperationException();
  }

  /** Path in the store, empty for the root. */
  public String path() {
    throw new UnsupportedOperationException();
  }

  public ObjectNode attributes() {
    throw new UnsupportedOperationException();
  }

  /** Names of the arrays directly in this group. */
  public SortedSet<String> arrayNames() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Names of the groups directly in this group. */
  public SortedSet<String> groupNames() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * @param relative path below this group
   * @throws ZarrException when there is none
   */
  public ZarrArray array(String relative) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * @param relative path below this group
   * @throws ZarrException when there is none
   */
  public ZarrGroup group(String relative) throws IOException {
    throw new UnsupportedOperationException();
  }
}
