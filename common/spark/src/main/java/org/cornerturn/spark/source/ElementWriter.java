package org.cornerturn.spark.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.ArrayMetadata;

/** Gathers the elements of one stored object from the rows of a column. */
final class ElementWriter {
  private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

  private final String column;
  private final int ordinal;
  private final org.apache.spark.sql.types.DataType given;
  private final ArrayMetadata metadata;
  private byte[] bytes;
  private ByteBuffer buffer;
  private String[] texts;
  private int count;

  ElementWriter(
      String column,
      int ordinal,
      org.apache.spark.sql.types.DataType given,
      ArrayMetadata metadata) {
    this.column = column;
    this.ordinal = ordinal;
    this.given = given;
    this.metadata = metadata;
  }

  /** Starts an object in which every element is the fill value. */
  void begin(int elements) {
    count = elements;
    byte[] fill = metadata.fill().bytes();
    if (metadata.type() instanceof DataType.Text) {
      texts = new String[elements];
      Arrays.fill(texts, new String(fill, java.nio.charset.StandardCharsets.UTF_8));
      return;
    }
    bytes = new byte[Math.multiplyExact(elements, fill.length)];
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      System.arraycopy(fill, 0, bytes, i * fill.length, fill.length);
    }
  }

  boolean isNull(InternalRow row) {
    return row.isNullAt(ordinal);
  }

  void put(InternalRow row, int element) {
    if (texts != null) {
      texts[element] = row.getUTF8String(ordinal).toString();
      return;
    }
    Primitive p = (Primitive) metadata.type();
    buffer.position(element * p.itemSize());
    switch (p) {
      case BOOL -> buffer.put((byte) (row.getBoolean(ordinal) ? 1 : 0));
      case FLOAT32 -> buffer.putFloat((float) real(row));
      case FLOAT64 -> buffer.putDouble(real(row));
      case COMPLEX64 -> {
        InternalRow pair = row.getStruct(ordinal, 2);
        buffer.putFloat(pair.getFloat(0)).putFloat(pair.getFloat(1));
      }
      case COMPLEX128 -> {
        InternalRow pair = row.getStruct(ordinal, 2);
        buffer.putDouble(pair.getDouble(0)).putDouble(pair.getDouble(1));
      }
      default -> integer(row, p);
    }
  }

  private double real(InternalRow row) {
    return given.equals(org.apache.spark.sql.types.DataTypes.FloatType)
        ? row.getFloat(ordinal)
        : row.getDouble(ordinal);
  }

  private void integer(InternalRow row, Primitive p) {
    if (given.equals(SparkTypes.UNSIGNED_LONG)) {
      decimal(row.getDecimal(ordinal, 20, 0).toJavaBigDecimal(), p);
      return;
    }
    long value =
        switch (given.defaultSize()) {
          case 1 -> row.getByte(ordinal);
          case 2 -> row.getShort(ordinal);
          case 4 -> row.getInt(ordinal);
          default -> row.getLong(ordinal);
        };
    try {
      putInteger(buffer, p, value);
    } catch (IllegalArgumentException e) {
      throw tooLarge(Long.toString(value), p);
    }
  }

  private void decimal(BigDecimal value, Primitive p) {
    BigInteger whole = value.toBigInteger();
    if (p == Primitive.UINT64 && whole.signum() >= 0 && whole.compareTo(UNSIGNED) < 0) {
      buffer.putLong(whole.longValue());
    } else if (p != Primitive.UINT64 && whole.bitLength() < Long.SIZE) {
      putInteger(buffer, p, whole.longValue());
    } else {
      throw tooLarge(whole.toString(), p);
    }
  }

  private UserError tooLarge(String value, Primitive p) {
    return new UserError(
        "column " + column,
        "its value " + value + " doesn't fit into " + p.name().toLowerCase(java.util.Locale.ROOT),
        "Give the option dtype a larger type");
  }

  /**
   * Puts an integer of a type.
   *
   * @throws IllegalArgumentException where it doesn't fit
   */
  static void putInteger(ByteBuffer target, Primitive p, long value) {
    int bits = 8 * p.itemSize();
    boolean fits =
        p.isUnsigned()
            ? value >= 0 && (bits == Long.SIZE || value < 1L << bits)
            : bits == Long.SIZE || value >= -1L << bits - 1 && value < 1L << bits - 1;
    if (!fits) {
      throw new IllegalArgumentException(value + " is beyond " + p);
    }
    switch (p.itemSize()) {
      case 1 -> target.put((byte) value);
      case 2 -> target.putShort((short) value);
      case 4 -> target.putInt((int) value);
      default -> target.putLong(value);
    }
  }

  /**
   * The elements gathered.
   *
   * @param shape of the object, cut at the array's edge
   */
  Block block(Shape shape) {
    if (shape.size() != count) {
      throw new IllegalStateException("gathered " + count + " elements of " + shape);
    }
    return new Block(metadata.type(), shape, texts != null ? texts : bytes);
  }
}
