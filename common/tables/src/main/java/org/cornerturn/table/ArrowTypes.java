package org.cornerturn.table;

import com.google.flatbuffers.FlatBufferBuilder;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Delta's types as Arrow's (Schema.fbs). Units and comments of columns become their metadata. */
final class ArrowTypes {
  private ArrowTypes() {}

  /** Bytes of a value of a type of fixed size. */
  static int width(DataType type) {
    if (type instanceof ByteType) {
      return 1;
    }
    if (type instanceof ShortType) {
      return 2;
    }
    if (type instanceof IntegerType || type instanceof FloatType || type instanceof DateType) {
      return 4;
    }
    return type instanceof DecimalType ? 16 : 8;
  }

  static int schema(FlatBufferBuilder b, StructType schema) {
    int fields = Schema.createFieldsVector(b, fields(b, schema));
    Schema.startSchema(b);
    Schema.addEndianness(b, Endianness.Little);
    Schema.addFields(b, fields);
    return Schema.endSchema(b);
  }

  private static int[] fields(FlatBufferBuilder b, StructType schema) {
    return schema.fields().stream().mapToInt(f -> field(b, f)).toArray();
  }

  private static int field(FlatBufferBuilder b, StructField f) {
    DataType type = f.getDataType();
    int children = Field.createChildrenVector(b, children(b, type));
    int name = b.createString(f.getName());
    int about = about(b, f.getMetadata());
    byte kind = kind(type);
    int offset = type(b, type);
    Field.startField(b);
    Field.addName(b, name);
    Field.addNullable(b, f.isNullable());
    Field.addTypeType(b, kind);
    Field.addType(b, offset);
    Field.addChildren(b, children);
    Field.addCustomMetadata(b, about);
    return Field.endField(b);
  }

  private static int about(FlatBufferBuilder b, FieldMetadata metadata) {
    int[] entries =
        List.of("unit", "comment").stream()
            .filter(k -> metadata.get(k) instanceof String)
            .mapToInt(
                k -> {
                  int key = b.createString(k);
                  int value = b.createString(metadata.getString(k));
                  return KeyValue.createKeyValue(b, key, value);
                })
            .toArray();
    return Field.createCustomMetadataVector(b, entries);
  }

  private static int[] children(FlatBufferBuilder b, DataType type) {
    if (type instanceof StructType struct) {
      return fields(b, struct);
    }
    if (type instanceof ArrayType array) {
      return new int[] {field(b, new StructField("item", array.getElementType(), true))};
    }
    if (type instanceof MapType map) {
      StructType entries =
          new StructType()
              .add(new StructField("key", map.getKeyType(), false))
              .add(new StructField("value", map.getValueType(), true));
      return new int[] {field(b, new StructField("entries", entries, false))};
    }
    return new int[0];
  }

  private static byte kind(DataType type) {
    if (type instanceof BooleanType) {
      return Type.Bool;
    }
    if (type instanceof StringType) {
      return Type.Utf8;
    }
    if (type instanceof BinaryType) {
      return Type.Binary;
    }
    if (type instanceof FloatType || type instanceof DoubleType) {
      return Type.FloatingPoint;
    }
    if (type instanceof DecimalType) {
      return Type.Decimal;
    }
    if (type instanceof DateType) {
      return Type.Date;
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Type.Timestamp;
    }
    if (type instanceof ArrayType) {
      return Type.List;
    }
    if (type instanceof MapType) {
      return Type.Map;
    }
    if (type instanceof StructType) {
      return Type.Struct_;
    }
    if (ColumnBuilder.isWhole(type)) {
      return Type.Int;
    }
    throw new IllegalArgumentException("a column of type " + type);
  }

  private static int type(FlatBufferBuilder b, DataType type) {
    switch (kind(type)) {
      case Type.Bool:
        Bool.startBool(b);
        return Bool.endBool(b);
      case Type.Utf8:
        Utf8.startUtf8(b);
        return Utf8.endUtf8(b);
      case Type.Binary:
        Binary.startBinary(b);
        return Binary.endBinary(b);
      case Type.FloatingPoint:
        return FloatingPoint.createFloatingPoint(
            b, type instanceof FloatType ? Precision.SINGLE : Precision.DOUBLE);
      case Type.Decimal:
        DecimalType d = (DecimalType) type;
        return Decimal.createDecimal(b, d.getPrecision(), d.getScale(), 128);
      case Type.Date:
        return Date.createDate(b, DateUnit.DAY);
      case Type.Timestamp:
        int zone = type instanceof TimestampType ? b.createString("UTC") : 0;
        return Timestamp.createTimestamp(b, TimeUnit.MICROSECOND, zone);
      case Type.List:
        org.apache.arrow.flatbuf.List.startList(b);
        return org.apache.arrow.flatbuf.List.endList(b);
      case Type.Map:
        return Map.createMap(b, false);
      case Type.Struct_:
        Struct_.startStruct_(b);
        return Struct_.endStruct_(b);
      default:
        return Int.createInt(b, 8 * width(type), true);
    }
  }
}
