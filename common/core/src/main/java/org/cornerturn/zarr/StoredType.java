package org.cornerturn.zarr;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;

/** The type under which elements are stored in a format (docs/decisions/0005-zarr-types.md). */
public final class StoredType {
  /** Arrays inside a record up to this many elements become a record of elements in Zarr v3. */
  private static final int MAX_UNROLLED = 256;

  private StoredType() {}

  /**
   * Zarr v2 stores every type as it is. Zarr v3 stores {@link FixedText} as {@link Text}, and an
   * array inside a record as a nested record with the fields {@code 0}, {@code 1}, ... (beyond 256
   * elements: as opaque bytes). Apart from fixed text the bytes of an element stay the same, so
   * blocks of the original type can be encoded as they are.
   */
  public static DataType of(DataType type, ZarrFormat format) {
    if (format == ZarrFormat.V2) {
      return type;
    }
    return type instanceof FixedText ? new Text() : inRecord(type);
  }

  private static DataType inRecord(DataType type) {
    if (!(type instanceof Struct struct)) {
      return type;
    }
    List<Field> fields = new ArrayList<>();
    for (Field f : struct.fields()) {
      DataType element = inRecord(f.type());
      if (f.shape().rank() == 0) {
        fields.add(new Field(f.name(), element, f.shape()));
      } else if (f.shape().size() > MAX_UNROLLED || f.shape().size() == 0) {
        fields.add(new Field(f.name(), new Opaque(f.byteSize()), Shape.of()));
      } else {
        List<Field> unrolled = new ArrayList<>();
        for (int i = 0; i < f.shape().size(); i++) {
          unrolled.add(new Field(Integer.toString(i), element, Shape.of()));
        }
        fields.add(new Field(f.name(), new Struct(unrolled), Shape.of()));
      }
    }
    return new Struct(fields);
  }
}
