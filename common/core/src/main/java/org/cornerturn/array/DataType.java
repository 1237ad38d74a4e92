package org.cornerturn.array;

import java.io.Serializable;
import java.util.List;

/**
 * Type of an array's element. Fixed-size types travel as little-endian bytes in {@code byte[]};
 * {@link Text} as {@code String[]} and {@link Sequence} as {@code byte[][]} (each the little-endian
 * bytes of its elements).
 */
public sealed interface DataType extends Serializable {

  /** Bytes of an element; -1 where elements vary in size. */
  int itemSize();

  /**
   * Bytes of the unit that byte shuffling works on: a complex number's component, a number's size,
   * else 1.
   */
  default int componentSize() {
    return 1;
  }

  default boolean isFixedSize() {
    return itemSize() >= 0;
  }

  /**
   * Numbers and booleans. Complex numbers are (real, imaginary) pairs; a boolean is one byte, 0 or
   * 1.
   */
  enum Primitive implements DataType {
    BOOL(1, 1),
    INT8(1, 1),
    INT16(2, 2),
    INT32(4, 4),
    INT64(8, 8),
    UINT8(1, 1),
    UINT16(2, 2),
    UINT32(4, 4),
    UINT64(8, 8),
    FLOAT16(2, 2),
    FLOAT32(4, 4),
    FLOAT64(8, 8),
    COMPLEX64(8, 4),
    COMPLEX128(16, 8);

    private final int itemSize;
    private final int componentSize;

    Primitive(int itemSize, int componentSize) {
      this.itemSize = itemSize;
      this.componentSize = componentSize;
    }

    @Override
    public int itemSize() {
      return itemSize;
    }

    @Override
    public int componentSize() {
      return componentSize;
    }

    public boolean isComplex() {
      return this == COMPLEX64 || this == COMPLEX128;
    }

    public boolean isFloat() {
      return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    public boolean isUnsigned() {
      return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    public boolean isInteger() {
      return this != BOOL && !isFloat() && !isComplex();
    }
  }

  /** Text of a fixed number of bytes, NUL-padded (NumPy {@code S<n>}); UTF-8 or ASCII. */
  record FixedText(int length) implements DataType {
    @Override
    public int itemSize() {
      return length;
    }
  }

  /** Text of any length, UTF-8. */
  record Text() implements DataType {
    @Override
    public int itemSize() {
      return -1;
    }
  }

  /** Uninterpreted bytes (NumPy {@code V<n>}). */
  record Opaque(int length) implements DataType {
    @Override
    public int itemSize() {
      return length;
    }
  }

  /** A sequence of any length of a fixed-size type. */
  record Sequence(DataType element) implements DataType {
    @Override
    public int itemSize() {
      return -1;
    }
  }

  /** A packed record; its fields follow each other without padding and are of fixed size. */
  record Struct(List<Field> fields) implements DataType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public int itemSize() {
      int n = 0;
      for (Field f : fields) {
        n = Math.addExact(n, f.byteSize());
      }
      return n;
    }
  }

  /**
   * A field of a {@link Struct}; {@code shape} is rank 0 for a single value, else the shape of the
   * array held in the field.
   */
  record Field(String name, DataType type, Shape shape) implements Serializable {
    public int byteSize() {
      return Math.toIntExact(Math.multiplyExact((long) type.itemSize(), shape.size()));
    }
  }
}
