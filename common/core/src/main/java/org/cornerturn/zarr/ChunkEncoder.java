package org.cornerturn.zarr;

import java.util.Objects;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Text;

/** Cuts chunks out of larger blocks, pads them at the array's edge, and encodes them. */
final class ChunkEncoder {
  private final ArrayMetadata metadata;
  private final ChunkCodec codec;
  private final EmptyChunks emptyChunks;
  private final int width;
  private final Object fill;
  private Object scratch;

  ChunkEncoder(ArrayMetadata metadata, EmptyChunks emptyChunks) {
    this.metadata = metadata;
    this.codec = new ChunkCodec(metadata);
    // Without a fill value (Zarr v2 has none for sequences) readers would see nothing at all.
    boolean v2 = metadata.format() == ZarrFormat.V2;
    this.emptyChunks =
        v2 && (metadata.type() instanceof Sequence || !metadata.fill().isStated())
            ? EmptyChunks.WRITE
            : emptyChunks;
    this.width = Math.max(1, metadata.type().itemSize());
    this.fill = Elements.fill(metadata);
  }

  /** A block's elements in the array's stored type. */
  Object elements(Block block) {
    if (metadata.type() instanceof Text && block.type() instanceof FixedText) {
      return Texts.unpadded(block);
    }
    DataType stored = StoredType.of(block.type(), metadata.format());
    if (!stored.equals(metadata.type()) && !block.type().equals(metadata.type())) {
      throw new IllegalArgumentException(
          "block of " + block.type() + " for an array of " + metadata.type());
    }
    return block.data();
  }

  /**
   * A chunk's bytes, or null when it holds nothing but the fill value and such chunks are omitted.
   *
   * @param elements dense over {@code from}
   * @param full the chunk's box
   * @param cut the chunk's box inside the array
   */
  byte[] encode(Object elements, Box from, Box full, Box cut) {
    byte[] bytes = view(elements, from, full, cut);
    return bytes != null && (bytes == elements || bytes == scratch) ? bytes.clone() : bytes;
  }

  /**
   * As {@link #encode}, for bytes that are passed on at once: what no codec changes is not copied.
   */
  byte[] view(Object elements, Box from, Box full, Box cut) {
    Object chunk;
    if (from.equals(full) && cut.equals(full)) {
      chunk = elements;
    } else {
      chunk = scratch();
      if (!cut.equals(full)) {
        Elements.fill(chunk, fill, metadata.fill());
      }
      // Only what lies inside the array: the rest of a full block is padding of unknown content.
      BoxCopy.copy(elements, from, chunk, full, cut, width);
    }
    if (emptyChunks == EmptyChunks.OMIT && isEmpty(chunk)) {
      return null;
    }
    return codec.encode(chunk);
  }

  private Object scratch() {
    if (scratch == null) {
      scratch = Elements.allocate(metadata.type(), Math.toIntExact(metadata.chunk().size()));
    }
    return scratch;
  }

  private boolean isEmpty(Object chunk) {
    if (chunk instanceof byte[] b) {
      return metadata.fill().fills(b, 0, b.length);
    }
    for (Object o : (Object[]) chunk) {
      if (!Objects.deepEquals(o, fill)) {
        return false;
      }
    }
    return true;
  }
}
