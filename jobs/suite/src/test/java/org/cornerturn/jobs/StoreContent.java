package org.cornerturn.jobs;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** What readers of a product see. */
public final class StoreContent {
  private static final Set<String> METADATA =
      Set.of(".zgroup", ".zarray", ".zattrs", ".zmetadata", "zarr.json");

  private StoreContent() {}

  /** SHA-256 of every object by key, the engine's own left out. */
  public static Map<String, String> of(String root, Map<String, String> hadoop) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (ObjectStore store = Stores.open(root, hadoop)) {
      for (ObjectStatus s : store.list("")) {
        if (!s.key().startsWith(ProductPlan.STATE + "/")) {
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(store.get(s.key()));
          content.put(s.key(), HexFormat.of().formatHex(hash));
        }
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
