package org.cornerturn.spark.source;

import java.io.Serializable;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * The values along an axis, or along a stretch of it.
 *
 * @param type of a value: a number, a boolean or text
 * @param first position of the first value on the axis
 * @param bytes little-endian values of fixed size, else null
 * @param texts the values of varying size, else null
 */
record AxisValues(DataType type, long first, byte[] bytes, String[] texts) implements Serializable {
  /** Values that nobody has asked for. */
  static AxisValues absent(DataType type) {
    return new AxisValues(type, 0, null, null);
  }

  static AxisValues of(double[] values) {
    return new AxisValues(DataType.Primitive.FLOAT64, 0, Block.toBytes(values), null);
  }

  static AxisValues of(int[] values) {
    return new AxisValues(DataType.Primitive.INT32, 0, Block.toBytes(values), null);
  }

  static AxisValues of(long[] values) {
    return new AxisValues(DataType.Primitive.INT64, 0, Block.toBytes(values), null);
  }

  static AxisValues of(String[] values) {
    return new AxisValues(new DataType.Text(), 0, null, values);
  }

  /** A missing text becomes an empty one: values on axes are never null. */
  static AxisValues of(Block block) {
    if (!(block.data() instanceof String[] texts)) {
      return new AxisValues(block.type(), 0, block.bytes(), null);
    }
    String[] known = texts.clone();
    Arrays.setAll(known, i -> known[i] == null ? "" : known[i]);
    return new AxisValues(block.type(), 0, null, known);
  }

  int count() {
    return texts != null ? texts.length : bytes.length / type.itemSize();
  }

  Block block() {
    return new Block(type, Shape.of(count()), texts != null ? texts : bytes);
  }

  /** The values from one position to another. */
  AxisValues slice(long start, long end) {
    int from = Math.toIntExact(start - first);
    int to = Math.toIntExact(end - first);
    if (from == 0 && to == count()) {
      return this;
    }
    if (texts != null) {
      return new AxisValues(type, start, null, Arrays.copyOfRange(texts, from, to));
    }
    int size = type.itemSize();
    return new AxisValues(type, start, Arrays.copyOfRange(bytes, from * size, to * size), null);
  }
}
