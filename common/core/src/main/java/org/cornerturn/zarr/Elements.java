package org.cornerturn.zarr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Text;

/** Arrays of elements as {@link org.cornerturn.array.Block} holds them. */
final class Elements {
  private Elements() {}

  static Object allocate(DataType type, int count) {
    if (type.isFixedSize()) {
      return new byte[Math.multiplyExact(count, type.itemSize())];
    }
    return type instanceof Text ? new String[count] : new byte[count][];
  }

  /** The fill value as an element: {@code byte[]} or, for texts, {@code String}. */
  static Object fill(ArrayMetadata m) {
    byte[] bytes = m.fill().bytes();
    return m.type() instanceof Text ? new String(bytes, StandardCharsets.UTF_8) : bytes;
  }

  /**
   * Sets all elements to the fill value.
   *
   * @param element of {@link #fill(ArrayMetadata)}
   */
  static void fill(Object elements, Object element, FillValue value) {
    if (elements instanceof byte[] b) {
      value.fill(b, 0, b.length);
    } else {
      Arrays.fill((Object[]) elements, element);
    }
  }
}
