package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.Column.Content;
import org.cornerturn.spark.source.Column.Coordinate;
import org.cornerturn.spark.source.Column.Element;
import org.cornerturn.spark.source.Column.FileUri;
import org.cornerturn.spark.source.Column.Index;
import org.cornerturn.spark.source.Column.RegionShape;
import org.cornerturn.spark.source.Column.RegionStart;

/** Collects arrays and columns of a lattice; gives columns their types and distinct names. */
final class LatticeBuilder {
  /** The hidden column of the file's URI. */
  static final String FILE = "_file";

  private final String uri;
  private final Shape shape;
  private final boolean[] packed;
  private final boolean wholeRegions;
  private final Set<String> needed;
  private final List<StoredArray> arrays = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(FILE));

  /**
   * @param wholeRegions whether each region makes one row; then all axes are packed
   * @param needed names of coordinate columns whose values are read
   */
  LatticeBuilder(
      String uri, Shape shape, boolean[] packed, boolean wholeRegions, Set<String> needed) {
    this.needed = Set.copyOf(needed);
    this.uri = uri;
    this.shape = shape;
    this.packed = packed.clone();
    this.wholeRegions = wholeRegions;
    if (wholeRegions) {
      DataType positions = DataTypes.createArrayType(DataTypes.LongType, false);
      column("start", positions, new RegionStart(), false);
      column("shape", positions, new RegionShape(), false);
    }
  }

  private void column(String name, DataType type, Content content, boolean hidden) {
    columns.add(new Column(distinct(name), type, content, hidden));
  }

  private String distinct(String name) {
    String distinct = name;
    // SQL takes names that differ in case alone for one.
    for (int n = 2; !names.add(distinct.toLowerCase(Locale.ROOT)); n++) {
      distinct = name + "_" + n;
    }
    return distinct;
  }

  /** A column of positions on an axis; none where the axis is packed. */
  LatticeBuilder index(String name, int axis, boolean hidden) {
    if (!packed[axis]) {
      column(name, DataTypes.LongType, new Index(axis), hidden);
    }
    return this;
  }

  /** Columns {@code i0, i1, ...} of positions on the axes that are not packed. */
  LatticeBuilder indexes(boolean hidden) {
    for (int axis = 0; axis < packed.length; axis++) {
      index("i" + axis, axis, hidden);
    }
    return this;
  }

  /** Reads the values on an axis. */
  interface Values {
    AxisValues read() throws IOException;
  }

  /** A column of values on an axis, which are read only where they are needed. */
  LatticeBuilder coordinate(String name, int axis, ValueType type, Values values)
      throws IOException {
    boolean along = packed[axis];
    String distinct = distinct(name);
    AxisValues known = needed.contains(distinct) ? values.read() : AxisValues.absent(type.stored());
    DataType shown = along ? array(type.shown(), false) : type.shown();
    columns.add(new Column(distinct, shown, new Coordinate(axis, known), false));
    return this;
  }

  /**
   * Type of coordinates.
   *
   * @param shown in the table; a timestamp over 64-bit integers means microseconds since 1970
   */
  record ValueType(org.cornerturn.array.DataType stored, DataType shown) {
    static ValueType of(org.cornerturn.array.DataType stored) {
      return new ValueType(stored, SparkTypes.of(stored));
    }
  }

  /**
   * @return number of the array
   */
  int array(StoredArray array) {
    arrays.add(array);
    return arrays.size() - 1;
  }

  /** Columns for an array's elements: one for each field of records, else one. */
  LatticeBuilder elements(String name, int array, Map<Long, String> enumNames) {
    StoredArray a = arrays.get(array);
    if (!(a.type() instanceof Struct struct)) {
      return element(name, array, 0, new Field(name, a.type(), Shape.of()), enumNames);
    }
    int offset = 0;
    for (Field f : struct.fields()) {
      element(f.name(), array, offset, f, Map.of());
      offset += f.byteSize();
    }
    return this;
  }

  /** A column of a part of each element. */
  LatticeBuilder element(
      String name, int array, int offset, Field part, Map<Long, String> enumNames) {
    boolean along = false;
    for (int axis : arrays.get(array).axes()) {
      along |= packed[axis];
    }
    boolean named = !enumNames.isEmpty() && part.type() instanceof Primitive;
    DataType type = named ? DataTypes.StringType : SparkTypes.of(part);
    boolean missing = part.type() instanceof Text;
    column(
        name,
        along ? array(type, missing) : type,
        new Element(array, offset, part, named ? enumNames : Map.of()),
        false);
    return this;
  }

  private static DataType array(DataType element, boolean containsNull) {
    return DataTypes.createArrayType(element, containsNull);
  }

  Lattice build(ArrayAccess access) {
    names.remove(FILE);
    column(FILE, DataTypes.StringType, new FileUri(), true);
    return new Lattice(uri, shape, packed, wholeRegions, arrays, columns, access);
  }
}
