package org.cornerturn.query.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;

/** Numbers as bytes for other programs. */
public final class Numbers {
  private Numbers() {}

  /** Numbers and booleans, what NumPy counts as numeric. */
  public static boolean isNumeric(DataType type) {
    return type instanceof Primitive;
  }

  /** NumPy's name of a little-endian type. */
  public static String descr(Primitive type) {
    String size = Integer.toString(type.itemSize());
    String mark = type.componentSize() == 1 ? "|" : "<";
    if (type == Primitive.BOOL) {
      return "|b1";
    } else if (type.isComplex()) {
      return mark + "c" + size;
    } else if (type.isFloat()) {
      return mark + "f" + size;
    }
    return mark + (type.isUnsigned() ? "u" : "i") + size;
  }

  /** Little-endian bytes as big-endian ones. */
  public static byte[] bigEndian(Primitive type, byte[] little) {
    int width = type.componentSize();
    byte[] out = new byte[little.length];
    ByteBuffer from = ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.wrap(out).order(ByteOrder.BIG_ENDIAN);
    switch (width) {
      case 1 -> to.put(from);
      case 2 -> to.asShortBuffer().put(from.asShortBuffer());
      case 4 -> to.asIntBuffer().put(from.asIntBuffer());
      default -> to.asLongBuffer().put(from.asLongBuffer());
    }
    return out;
  }

  /** float16 as float32, which JavaScript has an array for; others as they are. */
  public static Block widened(Block block) {
    if (block.type() != Primitive.FLOAT16) {
      return block;
    }
    double[] values = block.toDoubles();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Block(Primitive.FLOAT32, block.shape(), Block.toBytes(floats));
  }

  /** Complex numbers as interleaved reals, reals as they are; both as doubles. */
  static double[] parts(Block block) {
    return switch ((Primitive) block.type()) {
      case COMPLEX64 -> {
        float[] f = block.floats();
        double[] d = new double[f.length];
        Arrays.setAll(d, i -> f[i]);
        yield d;
      }
      case COMPLEX128 -> block.doubles();
      default -> block.toDoubles();
    };
  }
}
