package org.cornerturn.measurementset;

import java.io.Serializable;
import org.cornerturn.array.Block;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * An array of one chunk with its elements.
 *
 * @param path in the store
 * @param metadata with its attributes
 * @param data as in {@link Block}
 */
public record SmallArray(String path, ArrayMetadata metadata, Object data) implements Serializable {

  public Block block() {
    return new Block(metadata.type(), metadata.shape(), data);
  }
}
