package org.cornerturn.spark;

import java.io.IOException;
import org.cornerturn.storage.ObjectStore;

/** Makes a product visible, and invisible again. Runs on the driver; both may run twice. */
public interface Publisher {
  /**
   * Writes the metadata, the root's last; called once every task is in the ledger.
   *
   * @param root the product's root; of a product of one file, the folder that it lies in
   */
  void publish(ObjectStore root) throws IOException;

  /**
   * Removes the root's metadata (of any format that this product could have had before), so that no
   * reader finds the product while it is replaced.
   */
  void unpublish(ObjectStore root) throws IOException;
}
