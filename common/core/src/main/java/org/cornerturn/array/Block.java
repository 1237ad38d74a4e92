package org.cornerturn.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A dense piece of an array in C order. {@code data} is {@code byte[]} (little-endian, {@code
 * shape.size() * itemSize} bytes) for fixed-size types, {@code String[]} for {@link DataType.Text},
 * {@code byte[][]} for {@link DataType.Sequence}.
 */
public record Block(DataType type, Shape shape, Object data) {
  public Block {
    long n = shape.size();
    boolean ok;
    if (type instanceof DataType.Text) {
      ok = data instanceof String[] s && s.length == n;
    } else if (type instanceof DataType.Sequence) {
      ok = data instanceof byte[][] b && b.length == n;
    } else {
      ok = data instanceof byte[] b && b.length == n * type.itemSize();
    }
    if (!ok) {
      throw new IllegalArgumentException("data do not fit " + type + " " + shape);
    }
  }

  /** The little-endian bytes of a fixed-size block; not a copy. */
  public byte[] bytes() {
    return (byte[]) data;
  }

  public String[] text() {
    return (String[]) data;
  }

  public byte[][] sequences() {
    return (byte[][]) data;
  }

  private ByteBuffer little() {
    return ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** 2-byte elements as a new {@code short[]}. */
  public short[] shorts() {
    short[] a = new short[bytes().length / Short.BYTES];
    little().asShortBuffer().get(a);
    return a;
  }

  public int[] ints() {
    int[] a = new int[bytes().length / Integer.BYTES];
    little().asIntBuffer().get(a);
    return a;
  }

  public long[] longs() {
    long[] a = new long[bytes().length / Long.BYTES];
    little().asLongBuffer().get(a);
    return a;
  }

  /** float32 elements, or complex64 as interleaved (real, imaginary), as a new {@code float[]}. */
  public float[] floats() {
    float[] a = new float[bytes().length / Float.BYTES];
    little().asFloatBuffer().get(a);
    return a;
  }

  public double[] doubles() {
    double[] a = new double[bytes().length / Double.BYTES];
    little().asDoubleBuffer().get(a);
    return a;
  }

  /**
   * Real numbers and booleans of any type as a new {@code double[]}; integers beyond 2^53 are
   * rounded.
   *
   * @throws IllegalArgumentException for other types
   */
  public double[] toDoubles() {
    if (!(type instanceof DataType.Primitive p) || p.isComplex()) {
      throw new IllegalArgumentException("not real numbers: " + type);
    }
    double[] a = new double[bytes().length / p.itemSize()];
    ByteBuffer b = little();
    for (int i = 0; i < a.length; i++) {
      a[i] =
          switch (p) {
            case BOOL, UINT8 -> b.get() & 0xff;
            case INT8 -> b.get();
            case INT16 -> b.getShort();
            case UINT16 -> b.getShort() & 0xffff;
            case FLOAT16 -> half(b.getShort());
            case INT32 -> b.getInt();
            case UINT32 -> b.getInt() & 0xffffffffL;
            case FLOAT32 -> b.getFloat();
            case INT64 -> b.getLong();
            case UINT64 -> unsigned(b.getLong());
            default -> b.getDouble();
          };
    }
    return a;
  }

  /** IEEE 754 binary16. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    double magnitude;
    if (exponent == 0x1f) {
      magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) mantissa, -24);
    } else {
      magnitude = Math.scalb((double) (mantissa + 1024), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  private static double unsigned(long v) {
    return v >= 0 ? v : (v >>> 1 | v & 1) * 2.0;
  }

  public static byte[] toBytes(short[] a) {
    byte[] b = new byte[Math.multiplyExact(a.length, Short.BYTES)];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(a);
    return b;
  }

  public static byte[] toBytes(int[] a) {
    byte[] b = new byte[Math.multiplyExact(a.length, Integer.BYTES)];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(a);
    return b;
  }

  public static byte[] toBytes(long[] a) {
    byte[] b = new byte[Math.multiplyExact(a.length, Long.BYTES)];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(a);
    return b;
  }

  public static byte[] toBytes(float[] a) {
    byte[] b = new byte[Math.multiplyExact(a.length, Float.BYTES)];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(a);
    return b;
  }

  public static byte[] toBytes(double[] a) {
    byte[] b = new byte[Math.multiplyExact(a.length, Double.BYTES)];
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(a);
    return b;
  }

  /** Little-endian bytes as floats. */
  public static void copy(byte[] from, float[] to) {
    ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(to);
  }

  /** Little-endian bytes as numbers of two bytes. */
  public static void copy(byte[] from, short[] to) {
    ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(to);
  }

  /** Floats as little-endian bytes. */
  public static void copy(float[] from, byte[] to) {
    ByteBuffer.wrap(to).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(from);
  }

  /** Numbers of two bytes as little-endian bytes. */
  public static void copy(short[] from, byte[] to) {
    ByteBuffer.wrap(to).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(from);
  }
}
