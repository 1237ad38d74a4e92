package org.cornerturn.spark.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.cornerturn.array.DataType.Primitive;

/** Columns of texts: of any length, of a fixed number of bytes, or names of an enumeration. */
abstract class TextVector extends BlockVector {
  final Positions rows;

  TextVector(DataType type, Positions rows) {
    super(type);
    this.rows = rows;
  }

  static UTF8String text(String s) {
    return UTF8String.fromBytes(s.getBytes(StandardCharsets.UTF_8));
  }

  /** NUL-padded bytes as text: UTF-8, or Latin-1 where they aren't UTF-8. */
  static UTF8String unpadded(byte[] bytes, int at, int length) {
    int end = at + length;
    boolean ascii = true;
    while (end > at && bytes[end - 1] == 0) {
      end--;
    }
    for (int i = at; i < end; i++) {
      ascii &= bytes[i] >= 0;
    }
    if (!ascii) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, end - at));
      } catch (CharacterCodingException e) {
        return text(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
      }
    }
    return UTF8String.fromBytes(bytes, at, end - at);
  }

  /** Texts of any length. */
  static final class Strings extends TextVector {
    private final String[] texts;

    Strings(DataType type, String[] texts, Positions rows) {
      super(type, rows);
      this.texts = texts;
    }

    @Override
    public boolean hasNull() {
      for (String t : texts) {
        if (t == null) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean isNullAt(int row) {
      return texts[rows.of(row)] == null;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return text(texts[rows.of(row)]);
    }
  }

  /** Texts in a fixed number of bytes. */
  static final class Padded extends TextVector {
    private final byte[] bytes;
    private final int base;
    private final int stride;
    private final int length;

    Padded(DataType type, byte[] bytes, int base, int stride, int length, Positions rows) {
      super(type, rows);
      this.bytes = bytes;
      this.base = base;
      this.stride = stride;
      this.length = length;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return unpadded(bytes, base + rows.of(row) * stride, length);
    }
  }

  /** Names of an enumeration's values; a value without a name is shown as a number. */
  static final class Names extends TextVector {
    private final NumberVector values;
    private final Primitive primitive;
    private final Map<Long, UTF8String> names = new HashMap<>();

    Names(DataType type, NumberVector values, Primitive primitive, Map<Long, String> names) {
      super(type, Positions.START);
      this.values = values;
      this.primitive = primitive;
      names.forEach((value, name) -> this.names.put(value, text(name)));
    }

    @Override
    public UTF8String getUTF8String(int row) {
      long value =
          switch (primitive) {
            case BOOL -> values.getBoolean(row) ? 1 : 0;
            case INT8 -> values.getByte(row);
            case UINT8, INT16 -> values.getShort(row);
            case UINT16, INT32 -> values.getInt(row);
            case UINT32, INT64 -> values.getLong(row);
            default -> throw new IllegalStateException("an enumeration of " + primitive);
          };
      UTF8String name = names.get(value);
      return name != null ? name : text(Long.toString(value));
    }
  }
}
