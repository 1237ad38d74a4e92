package org.cornerturn.jobs;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** What readers of a product see. */
public final class StoreContent {
  private static final Set<String> METADATA =
      Set.of(".zgroup", ".zarray", ".zattrs", ".zmetadata", "zarr.json");

  private StoreContent() {}

  /**
   * Size and checksums of every object by key, the engine's own left out. Two checksums that the
   * processor has instructions for: the first compiler, which tests make do with, takes twenty
   * times as long for SHA-256.
   */
  public static Map<String, String> of(String root, Map<String, String> hadoop) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (ObjectStore store = Stores.open(root, hadoop)) {
      for (ObjectStatus s : store.list("")) {
        if (!s.key().startsWith(ProductPlan.STATE + "/")) {
          byte[] bytes = store.get(s.key());
          CRC32C one = new CRC32C();
          one.update(bytes);
          CRC32 other = new CRC32();
          other.update(bytes);
          content.put(
              s.key(),
              "%d bytes, %08x %08x".formatted(bytes.length, one.getValue(), other.getValue()));
        }
      }
    }
    return content;
  }

  public static Map<String, String> of(String root) throws IOException {
    return of(root, Map.of());
  }

  /** Whether a key is one that a Zarr reader looks for to find a node. */
  public static boolean isMetadata(String key) {
    return METADATA.contains(key.substring(key.lastIndexOf('/') + 1));
  }
}
