package org.cornerturn.spark.source;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.types.UTF8String;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.Shape;

/** Makes columns that show blocks. */
final class Vectors {
  private Vectors() {}

  /**
   * @param type {@link SparkTypes#of} of the part
   * @param offset first byte of the part in an element
   * @param part what is shown of each element
   * @param names of an enumeration's values, empty for none
   */
  static BlockVector of(
      DataType type, Block block, int offset, Field part, Map<Long, String> names, Positions rows) {
    if (block.data() instanceof String[] texts) {
      return new TextVector.Strings(type, texts, rows);
    }
    if (block.data() instanceof byte[][] sequences) {
      org.cornerturn.array.DataType element = ((Sequence) block.type()).element();
      return new Sequences((ArrayType) type, element, sequences, rows);
    }
    int stride = block.type().itemSize();
    if (!names.isEmpty()) {
      Primitive p = (Primitive) part.type();
      NumberVector values =
          NumberVector.of(SparkTypes.of(p), p, block.bytes(), offset, stride, rows);
      return new TextVector.Names(type, values, p, names);
    }
    return part.shape().rank() == 0
        ? fixed(type, part.type(), block.bytes(), offset, stride, rows)
        : new FieldArrays((ArrayType) type, part, block.bytes(), offset, stride, rows);
  }

  private static BlockVector fixed(
      DataType type,
      org.cornerturn.array.DataType part,
      byte[] bytes,
      int base,
      int stride,
      Positions rows) {
    if (part instanceof Primitive p) {
      return p.isComplex()
          ? new Parts((StructType) type, complex(p), bytes, base, stride, rows)
          : NumberVector.of(type, p, bytes, base, stride, rows);
    }
    if (part instanceof FixedText t) {
      return new TextVector.Padded(type, bytes, base, stride, t.length(), rows);
    }
    if (part instanceof Opaque o) {
      return new Binaries(type, bytes, base, stride, o.length(), rows);
    }
    return new Parts((StructType) type, (Struct) part, bytes, base, stride, rows);
  }

  private static Struct complex(Primitive p) {
    Primitive half = p == Primitive.COMPLEX64 ? Primitive.FLOAT32 : Primitive.FLOAT64;
    Shape one = Shape.of();
    return new Struct(List.of(new Field("real", half, one), new Field("imag", half, one)));
  }

  /** Records and complex numbers: a column for each field. */
  private static final class Parts extends BlockVector {
    private final BlockVector[] fields;

    Parts(StructType type, Struct struct, byte[] bytes, int base, int stride, Positions rows) {
      super(type);
      fields = new BlockVector[struct.fields().size()];
      int at = base;
      for (int i = 0; i < fields.length; i++) {
        Field f = struct.fields().get(i);
        DataType field = type.fields()[i].dataType();
        fields[i] =
            f.shape().rank() == 0
                ? fixed(field, f.type(), bytes, at, stride, rows)
                : new FieldArrays((ArrayType) field, f, bytes, at, stride, rows);
        at += f.byteSize();
      }
    }

    @Override
    public ColumnVector getChild(int ordinal) {
      return fields[ordinal];
    }
  }

  /** Arrays held in a field of records, their axes flattened. */
  static final class FieldArrays extends BlockVector {
    private final Field field;
    private final byte[] bytes;
    private final int base;
    private final int stride;
    private final Positions rows;

    FieldArrays(ArrayType type, Field field, byte[] bytes, int base, int stride, Positions rows) {
      super(type);
      this.field = field;
      this.bytes = bytes;
      this.base = base;
      this.stride = stride;
      this.rows = rows;
    }

    @Override
    public ColumnarArray getArray(int row) {
      DataType element = ((ArrayType) type).elementType();
      int at = base + rows.of(row) * stride;
      BlockVector items =
          fixed(element, field.type(), bytes, at, field.type().itemSize(), Positions.START);
      return new ColumnarArray(items, 0, (int) field.shape().size());
    }
  }

  /** Uninterpreted bytes. */
  private static final class Binaries extends BlockVector {
    private final byte[] bytes;
    private final int base;
    private final int stride;
    private final int length;
    private final Positions rows;

    Binaries(DataType type, byte[] bytes, int base, int stride, int length, Positions rows) {
      super(type);
      this.bytes = bytes;
      this.base = base;
      this.stride = stride;
      this.length = length;
      this.rows = rows;
    }

    @Override
    public byte[] getBinary(int row) {
      int at = base + rows.of(row) * stride;
      return Arrays.copyOfRange(bytes, at, at + length);
    }
  }

  /** Sequences of any length. */
  private static final class Sequences extends BlockVector {
    private final org.cornerturn.array.DataType element;
    private final byte[][] sequences;
    private final Positions rows;

    Sequences(
        ArrayType type, org.cornerturn.array.DataType element, byte[][] sequences, Positions rows) {
      super(type);
      this.element = element;
      this.sequences = sequences;
      this.rows = rows;
    }

    @Override
    public ColumnarArray getArray(int row) {
      byte[] bytes = sequences[rows.of(row)];
      int size = element.itemSize();
      DataType type = ((ArrayType) dataType()).elementType();
      BlockVector items = fixed(type, element, bytes, 0, size, Positions.START);
      return new ColumnarArray(items, 0, bytes.length / size);
    }
  }

  /** Elements along packed axes: each row's lie one after the other. */
  static final class Packed extends BlockVector {
    private final ColumnVector elements;
    private final int each;
    private final Positions rows;

    /**
     * @param each elements of a row
     */
    Packed(DataType type, ColumnVector elements, int each, Positions rows) {
      super(type);
      this.elements = elements;
      this.each = each;
      this.rows = rows;
    }

    @Override
    public ColumnarArray getArray(int row) {
      return new ColumnarArray(elements, rows.of(row) * each, each);
    }
  }

  /** Positions on an axis. */
  static final class Indexes extends BlockVector {
    private final long start;
    private final Positions rows;

    Indexes(long start, Positions rows) {
      super(DataTypes.LongType);
      this.start = start;
      this.rows = rows;
    }

    @Override
    public long getLong(int row) {
      return start + rows.of(row);
    }
  }

  /** The same text in every row. */
  static final class Constant extends BlockVector {
    private final UTF8String text;

    Constant(String text) {
      super(DataTypes.StringType);
      this.text = TextVector.text(text);
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return text;
    }
  }
}
