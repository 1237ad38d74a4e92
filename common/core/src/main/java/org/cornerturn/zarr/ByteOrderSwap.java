package org.cornerturn.zarr;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Struct;

/** Turns the bytes of every number in a fixed-size type around, in place. */
final class ByteOrderSwap {
  private ByteOrderSwap() {}

  static void swap(byte[] data, DataType type) {
    List<int[]> numbers = new ArrayList<>();
    collect(type, 0, numbers);
    int item = type.itemSize();
    for (int at = 0; at + item <= data.length; at += item) {
      for (int[] n : numbers) {
        reverse(data, at + n[0], n[1]);
      }
    }
  }

  /** Offset and size of each number of more than one byte. */
  private static void collect(DataType type, int offset, List<int[]> numbers) {
    if (type instanceof Primitive p && p.componentSize() > 1) {
      for (int i = 0; i < p.itemSize(); i += p.componentSize()) {
        numbers.add(new int[] {offset + i, p.componentSize()});
      }
    } else if (type instanceof Struct s) {
      int at = offset;
      for (Field f : s.fields()) {
        for (long i = 0; i < f.shape().size(); i++) {
          collect(f.type(), at, numbers);
          at += f.type().itemSize();
        }
      }
    }
  }

  private static void reverse(byte[] data, int offset, int size) {
    for (int i = offset, j = offset + size - 1; i < j; i++, j--) {
      byte b = data[i];
      data[i] = data[j];
      data[j] = b;
    }
  }
}
