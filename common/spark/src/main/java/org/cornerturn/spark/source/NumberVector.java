package org.cornerturn.spark.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.cornerturn.array.DataType.Primitive;

/**
 * Numbers and booleans in little-endian bytes, a fixed distance apart: neighbours, one part of
 * complex numbers, one field of records. There is a class for each type, so that a loop over a
 * column compiles to plain loads.
 */
abstract class NumberVector extends BlockVector {
  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;
  private final int base;
  private final int stride;
  private final int first;
  private final int[] map;

  NumberVector(DataType type, byte[] bytes, int base, int stride, Positions rows) {
    super(type);
    this.bytes = bytes;
    this.base = base;
    this.stride = stride;
    this.first = rows.first();
    this.map = rows.map();
  }

  final int at(int row) {
    return base + (map == null ? first + row : map[row]) * stride;
  }

  /**
   * @param type of the column; {@link SparkTypes#of} of the primitive, or a timestamp in
   *     microseconds over {@code INT64}
   * @param base first byte of the first element
   * @param stride bytes from one element to the next
   */
  static NumberVector of(
      DataType type, Primitive primitive, byte[] bytes, int base, int stride, Positions rows) {
    return switch (primitive) {
      case BOOL -> new Booleans(type, bytes, base, stride, rows);
      case INT8 -> new Bytes(type, bytes, base, stride, rows);
      case UINT8 -> new UnsignedBytes(type, bytes, base, stride, rows);
      case INT16 -> new Shorts(type, bytes, base, stride, rows);
      case UINT16 -> new UnsignedShorts(type, bytes, base, stride, rows);
      case INT32 -> new Ints(type, bytes, base, stride, rows);
      case UINT32 -> new UnsignedInts(type, bytes, base, stride, rows);
      case INT64 -> new Longs(type, bytes, base, stride, rows);
      case UINT64 -> new UnsignedLongs(type, bytes, base, stride, rows);
      case FLOAT16 -> new Halves(type, bytes, base, stride, rows);
      case FLOAT32 -> new Floats(type, bytes, base, stride, rows);
      case FLOAT64 -> new Doubles(type, bytes, base, stride, rows);
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException("complex numbers are pairs");
    };
  }

  private static final class Booleans extends NumberVector {
    Booleans(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public boolean getBoolean(int row) {
      return bytes[at(row)] != 0;
    }
  }

  private static final class Bytes extends NumberVector {
    Bytes(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public byte getByte(int row) {
      return bytes[at(row)];
    }
  }

  private static final class UnsignedBytes extends NumberVector {
    UnsignedBytes(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public short getShort(int row) {
      return (short) (bytes[at(row)] & 0xff);
    }
  }

  private static final class Shorts extends NumberVector {
    Shorts(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public short getShort(int row) {
      return (short) SHORT.get(bytes, at(row));
    }
  }

  private static final class UnsignedShorts extends NumberVector {
    UnsignedShorts(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public int getInt(int row) {
      return (short) SHORT.get(bytes, at(row)) & 0xffff;
    }
  }

  private static final class Ints extends NumberVector {
    Ints(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public int getInt(int row) {
      return (int) INT.get(bytes, at(row));
    }
  }

  private static final class UnsignedInts extends NumberVector {
    UnsignedInts(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public long getLong(int row) {
      return (int) INT.get(bytes, at(row)) & 0xffffffffL;
    }
  }

  private static final class Longs extends NumberVector {
    Longs(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public long getLong(int row) {
      return (long) LONG.get(bytes, at(row));
    }
  }

  private static final class UnsignedLongs extends NumberVector {
    UnsignedLongs(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
      long bits = (long) LONG.get(bytes, at(row));
      BigDecimal value =
          bits >= 0
              ? BigDecimal.valueOf(bits)
              : new BigDecimal(new BigInteger(Long.toUnsignedString(bits)));
      return Decimal.apply(value, precision, scale);
    }
  }

  private static final class Halves extends NumberVector {
    Halves(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    /** IEEE 754 binary16. */
    @Override
    public float getFloat(int row) {
      int bits = (short) SHORT.get(bytes, at(row));
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      float magnitude;
      if (exponent == 0x1f) {
        magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
      } else if (exponent == 0) {
        magnitude = Math.scalb((float) fraction, -24);
      } else {
        magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
      }
      return bits < 0 ? -magnitude : magnitude;
    }
  }

  private static final class Floats extends NumberVector {
    Floats(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public float getFloat(int row) {
      return (float) FLOAT.get(bytes, at(row));
    }
  }

  private static final class Doubles extends NumberVector {
    Doubles(DataType type, byte[] bytes, int base, int stride, Positions rows) {
      super(type, bytes, base, stride, rows);
    }

    @Override
    public double getDouble(int row) {
      return (double) DOUBLE.get(bytes, at(row));
    }
  }
}
