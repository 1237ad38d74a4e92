package org.cornerturn.uvh5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;

/**
 * How the file keeps visibilities: complex numbers, or pairs of another number.
 *
 * @param part type of real and imaginary part
 * @param imaginaryFirst whether a pair's imaginary part comes first
 */
record VisibilityType(Primitive part, boolean imaginaryFirst, boolean complex) {

  /**
   * @throws IllegalArgumentException where these are no visibilities
   */
  static VisibilityType of(DataType type) {
    if (type == Primitive.COMPLEX64) {
      return new VisibilityType(Primitive.FLOAT32, false, true);
    }
    if (type == Primitive.COMPLEX128) {
      return new VisibilityType(Primitive.FLOAT64, false, true);
    }
    if (type instanceof DataType.Struct s && s.fields().size() == 2) {
      List<DataType.Field> f = s.fields();
      boolean first = isReal(f.get(0)) && isImaginary(f.get(1));
      boolean second = isReal(f.get(1)) && isImaginary(f.get(0));
      if ((first || second)
          && f.get(0).type() instanceof Primitive p
          && f.get(1).type() == p
          && !p.isComplex()
          && p != Primitive.BOOL) {
        return new VisibilityType(p, second, false);
      }
    }
    throw new IllegalArgumentException("elements are " + type + ", no complex numbers");
  }

  private static boolean isReal(DataType.Field f) {
    return (f.name().equals("r") || f.name().equals("real")) && f.shape().rank() == 0;
  }

  private static boolean isImaginary(DataType.Field f) {
    return (f.name().equals("i") || f.name().equals("imag")) && f.shape().rank() == 0;
  }

  Primitive exact() {
    return switch (part) {
      case INT8, UINT8, INT16, UINT16, FLOAT16, FLOAT32 -> Primitive.COMPLEX64;
      default -> Primitive.COMPLEX128;
    };
  }

  /**
   * The way back of {@link #toComplex}: elements of the file's type from complex numbers.
   *
   * @param from COMPLEX64 or COMPLEX128
   */
  byte[] ofComplex(byte[] values, Primitive from) {
    if (complex && from == exact()) {
      return values;
    }
    Shape pairs = Shape.of(values.length / from.componentSize());
    Primitive component = from == Primitive.COMPLEX64 ? Primitive.FLOAT32 : Primitive.FLOAT64;
    double[] parts = new Block(component, pairs, values).toDoubles();
    if (imaginaryFirst) {
      for (int i = 0; i < parts.length; i += 2) {
        double real = parts[i];
        parts[i] = parts[i + 1];
        parts[i + 1] = real;
      }
    }
    return Numbers.of(parts, part);
  }

  /** Little-endian complex numbers of a type; the block's own bytes where they are that already. */
  byte[] toComplex(Block block, Primitive target) {
    if (complex && block.type() == target) {
      return block.bytes();
    }
    Shape pairs = block.shape().append(2);
    double[] parts = new Block(part, pairs, block.bytes()).toDoubles();
    if (imaginaryFirst) {
      for (int i = 0; i < parts.length; i += 2) {
        double real = parts[i + 1];
        parts[i + 1] = parts[i];
        parts[i] = real;
      }
    }
    if (target == Primitive.COMPLEX128) {
      return Block.toBytes(parts);
    }
    byte[] out = new byte[Math.multiplyExact(parts.length, Float.BYTES)];
    ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : parts) {
      b.putFloat((float) v);
    }
    return out;
  }
}
