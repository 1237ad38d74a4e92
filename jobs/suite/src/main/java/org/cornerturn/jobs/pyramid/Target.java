package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrNode;

/**
 * What the user named.
 *
 * @param store opened at the root of the Zarr store: the topmost group above the node
 * @param path of the node in the store, empty for the root
 */
record Target(ObjectStore store, String path, ZarrNode node) {
  /**
   * Finds the node and the store around it.
   *
   * @throws UserError when there is nothing to be read
   */
  static Target find(String uri, Map<String, String> hadoop) throws IOException {
    ObjectStore store = Stores.open(uri, hadoop);
    ZarrNode node;
    try {
      node =
          ZarrNode.at(store, "")
              .orElseThrow(
                  () ->
                      new UserError(
                          uri,
                          "no Zarr array and no group is here",
                          "See what a store holds with: cornerturn inspect STORE"));
    } catch (ZarrException e) {
      throw new UserError(uri, e.getMessage(), "Nothing was written", e);
    }
    String path = "";
    for (String at = above(uri); at != null; at = above(at)) {
      ObjectStore higher = Stores.open(at, hadoop);
      if (!isGroup(higher, node)) {
        break;
      }
      store = higher;
      path = uri.substring(at.length() + 1);
    }
    return new Target(store, path, node);
  }

  private static boolean isGroup(ObjectStore store, ZarrNode below) throws IOException {
    try {
      Optional<ZarrNode> node = ZarrNode.at(store, "");
      return node.isPresent() && !node.get().isArray() && node.get().format() == below.format();
    } catch (AccessDeniedException | ZarrException e) {
      // A place that isn't ours to read, or no Zarr after all, is no part of the store.
      return false;
    }
  }

  /** The folder or prefix above, or null where there is none. */
  private static String above(String uri) {
    if (Stores.isLocal(uri)) {
      Path parent = Stores.localPath(uri).getParent();
      return parent == null || parent.getParent() == null ? null : parent.toString();
    }
    int slash = uri.lastIndexOf('/');
    return uri.charAt(slash - 1) == '/' ? null : uri.substring(0, slash);
  }

  /** A path or URI as {@link #find} and the product want it: absolute, without a slash behind. */
  static String absolute(String uri) {
    return Stores.isLocal(uri)
        ? Stores.localPath(uri).toAbsolutePath().normalize().toString()
        : uri.replaceAll("/+$", "");
  }
}
