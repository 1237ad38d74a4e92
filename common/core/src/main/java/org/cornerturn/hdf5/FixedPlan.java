package org.cornerturn.hdf5;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.hdf5.StoredType.BitField;
import org.cornerturn.hdf5.StoredType.Floating;
import org.cornerturn.hdf5.StoredType.Int;
import org.cornerturn.hdf5.StoredType.Padding;

/**
 * How an element of fixed size becomes packed little-endian bytes: byte orders turned, padding
 * within compounds dropped, odd numbers widened, strings NUL-padded.
 *
 * @param storedSize bytes of an element in the file
 * @param dataType the type that comes out
 */
record FixedPlan(int storedSize, DataType dataType, List<Step> steps) implements Serializable {

  /** One piece of an element; {@code from} and {@code to} are byte offsets within it. */
  sealed interface Step extends Serializable {}

  record Copy(int from, int to, int bytes) implements Step {}

  record Swap(int from, int to, int width, int count) implements Step {}

  record OddInt(int from, int to, Int type, int bytes) implements Step {}

  record OddBits(int from, int to, BitField type, int bytes) implements Step {}

  record OddFloat(int from, int to, Floating type, int bytes) implements Step {}

  record Text(int from, int to, int bytes, Padding padding) implements Step {}

  record Repeat(int from, int to, int count, int fromStride, int toStride, List<Step> steps)
      implements Step {}

  int itemSize() {
    return dataType.itemSize();
  }

  /** Whether stored bytes are what comes out. */
  boolean isIdentity() {
    return storedSize == itemSize()
        && steps.size() == 1
        && steps.get(0) instanceof Copy c
        && c.bytes == storedSize;
  }

  /** Converts {@code n} elements; source and target must not overlap. */
  void convert(byte[] source, int at, byte[] target, int to, int n) {
    int size = itemSize();
    if (steps.size() == 1 && storedSize == size) {
      if (steps.get(0) instanceof Copy c && c.bytes == size) {
        System.arraycopy(source, at, target, to, n * size);
        return;
      }
      if (steps.get(0) instanceof Swap s && s.width * s.count == size) {
        swap(source, at, target, to, s.width, n * s.count);
        return;
      }
    }
    for (int i = 0; i < n; i++) {
      apply(steps, source, at + i * storedSize, target, to + i * size);
    }
  }

  /** Whether stored bytes can be made again of what {@link #convert} gives, paddings apart. */
  boolean isReversible() {
    return steps.stream().allMatch(FixedPlan::isReversible);
  }

  private static boolean isReversible(Step step) {
    return step instanceof Copy
        || step instanceof Swap
        || step instanceof Repeat r && r.steps.stream().allMatch(FixedPlan::isReversible);
  }

  /** The way back of {@link #convert}; bytes that no part of an element covers stay as they are. */
  void restore(byte[] packed, int at, byte[] stored, int to, int n) {
    int size = itemSize();
    if (isIdentity()) {
      System.arraycopy(packed, at, stored, to, n * size);
      return;
    }
    for (int i = 0; i < n; i++) {
      unapply(steps, packed, at + i * size, stored, to + i * storedSize);
    }
  }

  private static void unapply(List<Step> steps, byte[] packed, int at, byte[] stored, int to) {
    for (Step step : steps) {
      if (step instanceof Copy c) {
        System.arraycopy(packed, at + c.to, stored, to + c.from, c.bytes);
      } else if (step instanceof Swap s) {
        swap(packed, at + s.to, stored, to + s.from, s.width, s.count);
      } else if (step instanceof Repeat r) {
        for (int k = 0; k < r.count; k++) {
          unapply(
              r.steps, packed, at + r.to + k * r.toStride, stored, to + r.from + k * r.fromStride);
        }
      } else {
        throw new IllegalStateException("no way back of " + step);
      }
    }
  }

  private static void apply(List<Step> steps, byte[] source, int at, byte[] target, int to) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step instanceof Copy c) {
        System.arraycopy(source, at + c.from, target, to + c.to, c.bytes);
      } else if (step instanceof Swap s) {
        swap(source, at + s.from, target, to + s.to, s.width, s.count);
      } else if (step instanceof OddInt o) {
        IntegerBits.write(
            IntegerBits.read(source, at + o.from, o.type), target, to + o.to, o.bytes);
      } else if (step instanceof OddBits o) {
        IntegerBits.write(
            IntegerBits.read(source, at + o.from, o.type), target, to + o.to, o.bytes);
      } else if (step instanceof OddFloat f) {
        double v = IntegerBits.read(source, at + f.from, f.type);
        long bits = f.bytes == 4 ? Float.floatToIntBits((float) v) : Double.doubleToLongBits(v);
        IntegerBits.write(bits, target, to + f.to, f.bytes);
      } else if (step instanceof Text t) {
        text(t, source, at + t.from, target, to + t.to);
      } else if (step instanceof Repeat r) {
        for (int k = 0; k < r.count; k++) {
          apply(
              r.steps, source, at + r.from + k * r.fromStride, target, to + r.to + k * r.toStride);
        }
      }
    }
  }

  private static void text(Text t, byte[] source, int at, byte[] target, int to) {
    int n = textLength(t.padding, source, at, t.bytes);
    System.arraycopy(source, at, target, to, n);
    java.util.Arrays.fill(target, to + n, to + t.bytes, (byte) 0);
  }

  /** Bytes of a fixed string before its padding. */
  static int textLength(Padding padding, byte[] source, int at, int size) {
    int n = size;
    switch (padding) {
      case NUL_TERMINATED -> {
        n = 0;
        while (n < size && source[at + n] != 0) {
          n++;
        }
      }
      case NUL_PADDED -> {
        while (n > 0 && source[at + n - 1] == 0) {
          n--;
        }
      }
      case SPACE_PADDED -> {
        while (n > 0 && source[at + n - 1] == ' ') {
          n--;
        }
      }
    }
    return n;
  }

  private static void swap(byte[] source, int at, byte[] target, int to, int width, int count) {
    if (count < 8) {
      for (int k = 0; k < count * width; k += width) {
        for (int b = 0; b < width; b++) {
          target[to + k + b] = source[at + k + width - 1 - b];
        }
      }
      return;
    }
    // Views of different byte orders are copied by the JDK's own bulk swap.
    int bytes = count * width;
    ByteBuffer s = ByteBuffer.wrap(source, at, bytes).slice().order(ByteOrder.BIG_ENDIAN);
    ByteBuffer t = ByteBuffer.wrap(target, to, bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    switch (width) {
      case 2 -> t.asShortBuffer().put(s.asShortBuffer());
      case 4 -> t.asIntBuffer().put(s.asIntBuffer());
      default -> t.asLongBuffer().put(s.asLongBuffer());
    }
  }

  /** Joins steps that continue each other, so that long runs are moved at once. */
  static List<Step> joined(List<Step> steps) {
    List<Step> out = new ArrayList<>();
    for (Step s : steps) {
      Step last = out.isEmpty() ? null : out.get(out.size() - 1);
      if (last instanceof Copy a
          && s instanceof Copy b
          && a.from + a.bytes == b.from
          && a.to + a.bytes == b.to) {
        out.set(out.size() - 1, new Copy(a.from, a.to, a.bytes + b.bytes));
      } else if (last instanceof Swap a
          && s instanceof Swap b
          && a.width == b.width
          && a.from + a.width * a.count == b.from
          && a.to + a.width * a.count == b.to) {
        out.set(out.size() - 1, new Swap(a.from, a.to, a.width, a.count + b.count));
      } else {
        out.add(s);
      }
    }
    return List.copyOf(out);
  }
}
