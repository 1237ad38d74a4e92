package org.cornerturn.spark.source;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of a batch that shows elements where they lie; never null but for missing texts. */
abstract class BlockVector extends ColumnVector {
  BlockVector(DataType type) {
    super(type);
  }

  private UnsupportedOperationException not(String what) {
    return new UnsupportedOperationException("a column of " + type + " has no " + what);
  }

  @Override
  public void close() {
    // Elements belong to the garbage collector.
  }

  @Override
  public boolean hasNull() {
    return false;
  }

  @Override
  public int numNulls() {
    return 0;
  }

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public boolean getBoolean(int row) {
    throw not("booleans");
  }

  @Override
  public byte getByte(int row) {
    throw not("bytes");
  }

  @Override
  public short getShort(int row) {
    throw not("shorts");
  }

  @Override
  public int getInt(int row) {
    throw not("ints");
  }

  @Override
  public long getLong(int row) {
    throw not("longs");
  }

  @Override
  public float getFloat(int row) {
    throw not("floats");
  }

  @Override
  public double getDouble(int row) {
    throw not("doubles");
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw not("arrays");
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw not("maps");
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw not("decimals");
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw not("texts");
  }

  @Override
  public byte[] getBinary(int row) {
    throw not("bytes");
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw not("parts");
  }
}
