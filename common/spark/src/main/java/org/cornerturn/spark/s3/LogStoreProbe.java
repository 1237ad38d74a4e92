package org.cornerturn.spark.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;

/**
 * Asks an S3 store whether it honours conditional writes, on which leases, ledgers and tables rest;
 * some compatible servers ignore the condition and let the last writer win.
 */
public final class LogStoreProbe {
  private LogStoreProbe() {}

  /**
   * Writes one object twice under the condition that there is none, then removes it.
   *
   * @param folder key of a folder in which the probe may write
   * @throws UserError when the second write is not refused
   */
  public static void check(ObjectStore store, String folder) throws IOException {
    String key = folder + "/probe-" + UUID.randomUUID();
    byte[] content = key.getBytes(StandardCharsets.UTF_8);
    boolean first = store.putIfAbsent(key, content);
    boolean second = store.putIfAbsent(key, content);
    store.delete(key);
    if (!first || second) {
      throw new UserError(
          store.uri() + " can't hold a product",
          "its server ignores conditional writes (PUT with If-None-Match), so two runs could"
              + " destroy each other's work unseen",
          "Write to a server that has them (AWS S3, Ceph, S3Proxy, MinIO), or to a disk");
    }
  }
}
