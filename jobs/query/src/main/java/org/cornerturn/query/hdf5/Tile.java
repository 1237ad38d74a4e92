package org.cornerturn.query.hdf5;

import org.cornerturn.array.Block;
import org.cornerturn.array.Box;

/**
 * A decoded piece of a dataset.
 *
 * @param box its place; it may reach past the dataset's edge
 * @param block the elements, dense over the box
 */
public record Tile(Box box, Block block) {
  private static final long OBJECT_BYTES = 56;

  /** Memory that it takes. */
  long bytes() {
    Object data = block.data();
    if (data instanceof byte[] b) {
      return b.length + OBJECT_BYTES;
    }
    long n = 0;
    if (data instanceof String[] texts) {
      for (String t : texts) {
        n += OBJECT_BYTES + 2L * t.length();
      }
    } else {
      for (byte[] b : (byte[][]) data) {
        n += OBJECT_BYTES + b.length;
      }
    }
    return n;
  }
}
