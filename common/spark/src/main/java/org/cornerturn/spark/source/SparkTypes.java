package org.cornerturn.spark.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;

/**
 * Types of elements as SQL has them. An unsigned integer takes the next larger type, the largest a
 * decimal; a complex number is a struct of {@code real} and {@code imag}.
 */
final class SparkTypes {
  /** Holds every unsigned integer of 64 bits. */
  static final DataType UNSIGNED_LONG = DataTypes.createDecimalType(20, 0);

  private SparkTypes() {}

  static DataType of(org.cornerturn.array.DataType type) {
    if (type instanceof Primitive p) {
      return of(p);
    }
    if (type instanceof FixedText || type instanceof Text) {
      return DataTypes.StringType;
    }
    if (type instanceof Opaque) {
      return DataTypes.BinaryType;
    }
    if (type instanceof Sequence s) {
      return DataTypes.createArrayType(of(s.element()), false);
    }
    List<StructField> fields = new ArrayList<>();
    for (Field f : ((Struct) type).fields()) {
      fields.add(DataTypes.createStructField(f.name(), of(f), false));
    }
    return DataTypes.createStructType(fields);
  }

  static DataType of(Field field) {
    DataType type = of(field.type());
    return field.shape().rank() == 0 ? type : DataTypes.createArrayType(type, false);
  }

  static DataType of(Primitive p) {
    return switch (p) {
      case BOOL -> DataTypes.BooleanType;
      case INT8 -> DataTypes.ByteType;
      case UINT8, INT16 -> DataTypes.ShortType;
      case UINT16, INT32 -> DataTypes.IntegerType;
      case UINT32, INT64 -> DataTypes.LongType;
      case UINT64 -> UNSIGNED_LONG;
      case FLOAT16, FLOAT32 -> DataTypes.FloatType;
      case FLOAT64 -> DataTypes.DoubleType;
      case COMPLEX64 -> pair(DataTypes.FloatType);
      case COMPLEX128 -> pair(DataTypes.DoubleType);
    };
  }

  private static DataType pair(DataType part) {
    return DataTypes.createStructType(
        List.of(
            DataTypes.createStructField("real", part, false),
            DataTypes.createStructField("imag", part, false)));
  }
}
