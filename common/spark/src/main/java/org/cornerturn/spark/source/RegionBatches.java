package org.cornerturn.spark.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.Column.Coordinate;
import org.cornerturn.spark.source.Column.Element;
import org.cornerturn.spark.source.Column.FileUri;
import org.cornerturn.spark.source.Column.Index;
import org.cornerturn.spark.source.Column.RegionStart;

/**
 * The rows of one region: every position on the axes that are not packed, in C order. Columns show
 * the blocks read; a column that doesn't run along all these axes has a map from rows to elements,
 * shared by all columns of the same axes.
 */
final class RegionBatches {
  private final Lattice lattice;
  private final Box box;
  private final Map<Integer, Block> blocks = new HashMap<>();
  private final int rows;
  private int done;

  RegionBatches(Lattice lattice, Box box) {
    this.lattice = lattice;
    this.box = box;
    this.rows = Math.toIntExact(lattice.rows(box));
  }

  /**
   * Reads all that the columns show.
   *
   * @param before the region before this one of the same lattice, or null: an array that doesn't
   *     run along the axis on which they differ is not read again
   * @return chunks read
   */
  long read(ArrayReader reader, RegionBatches before) throws IOException {
    long chunks = 0;
    for (int number : lattice.arraysRead()) {
      StoredArray array = lattice.arrays().get(number);
      Box part = array.part(box);
      if (before != null && before.lattice == lattice && array.part(before.box).equals(part)) {
        blocks.put(number, before.blocks.get(number));
      } else {
        Block block = reader.read(number, part);
        blocks.put(number, Packing.packedLast(block, array, lattice.packed()));
        chunks += array.chunks(box);
      }
    }
    return chunks;
  }

  boolean hasNext() {
    return done < rows;
  }

  ColumnarBatch next(int most) {
    int from = done;
    int n = Math.min(most, rows - from);
    Map<Long, Positions> maps = new HashMap<>();
    List<Column> columns = lattice.columns();
    ColumnVector[] vectors = new ColumnVector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vector(columns.get(i), from, n, maps);
    }
    done += n;
    return new ColumnarBatch(vectors, n);
  }

  private ColumnVector vector(Column column, int from, int n, Map<Long, Positions> maps) {
    if (column.content() instanceof Index i) {
      return new Vectors.Indexes(
          box.start(i.axis()), positions(new int[] {i.axis()}, from, n, maps));
    }
    if (column.content() instanceof Coordinate c) {
      return coordinate(column, c, from, n, maps);
    }
    if (column.content() instanceof Element e) {
      Block block = blocks.get(e.array());
      int[] axes = lattice.arrays().get(e.array()).axes();
      return packed(
          column.type(),
          axes,
          positions(axes, from, n, maps),
          (type, rows) -> Vectors.of(type, block, e.offset(), e.part(), e.names(), rows));
    }
    if (column.content() instanceof FileUri) {
      return new Vectors.Constant(lattice.uri());
    }
    long[] values = column.content() instanceof RegionStart ? box.start() : box.shape().dims();
    return longs(column.type(), values, n);
  }

  private ColumnVector coordinate(
      Column column, Coordinate c, int from, int n, Map<Long, Positions> maps) {
    AxisValues here = c.values().slice(box.start(c.axis()), box.end(c.axis()));
    int[] axes = {c.axis()};
    return packed(
        column.type(),
        axes,
        positions(axes, from, n, maps),
        (type, rows) ->
            here.type() instanceof Primitive p && !p.isComplex()
                ? NumberVector.of(type, p, here.bytes(), 0, p.itemSize(), rows)
                : Vectors.of(
                    type, here.block(), 0, new Field("", here.type(), Shape.of()), Map.of(), rows));
  }

  private static ColumnVector longs(DataType type, long[] values, int n) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    DataType element = ((ArrayType) type).elementType();
    NumberVector items =
        NumberVector.of(element, Primitive.INT64, bytes.array(), 0, Long.BYTES, Positions.START);
    return new Vectors.Packed(type, items, values.length, new Positions(0, new int[n]));
  }

  private interface Maker {
    BlockVector vector(DataType type, Positions rows);
  }

  /** The vector itself, or arrays of its elements where some of its axes are packed. */
  private ColumnVector packed(DataType type, int[] axes, Positions rows, Maker maker) {
    long each = 1;
    boolean any = false;
    for (int axis : axes) {
      if (lattice.packed()[axis]) {
        any = true;
        each *= box.extent(axis);
      }
    }
    if (!any) {
      return maker.vector(type, rows);
    }
    BlockVector elements = maker.vector(((ArrayType) type).elementType(), Positions.START);
    return new Vectors.Packed(type, elements, Math.toIntExact(each), rows);
  }

  /**
   * For rows of this region the place of each in a block over these axes, counted in whole rows of
   * the block's packed axes.
   */
  private Positions positions(int[] axes, int from, int n, Map<Long, Positions> maps) {
    long key = 0;
    for (int axis : axes) {
      key |= lattice.packed()[axis] ? 0 : 1L << axis;
    }
    long all = 0;
    for (int axis = 0; axis < lattice.packed().length; axis++) {
      all |= lattice.packed()[axis] ? 0 : 1L << axis;
    }
    if (key == all) {
      return new Positions(from, null);
    }
    long set = key;
    return maps.computeIfAbsent(key, k -> new Positions(0, map(set, from, n)));
  }

  private int[] map(long set, int from, int n) {
    int rank = 0;
    int[] extent = new int[lattice.packed().length];
    int[] stride = new int[extent.length];
    int own = 1;
    for (int axis = extent.length - 1; axis >= 0; axis--) {
      if (!lattice.packed()[axis]) {
        extent[rank] = Math.toIntExact(box.extent(axis));
        boolean in = (set >> axis & 1) != 0;
        stride[rank] = in ? own : 0;
        own *= in ? extent[rank] : 1;
        rank++;
      }
    }
    return Odometer.places(extent, stride, rank, from, n);
  }
}
