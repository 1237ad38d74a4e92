package org.cornerturn.pyramid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.cornerturn.array.DataType.Primitive;

/** The definition, sample by sample, as an oracle: no keys, no levels, no blocks. */
final class NaiveBins {
  private static final Map<Float, Short> HALVES = new HashMap<>();

  static {
    for (int bits = 0; bits < 1 << 16; bits++) {
      HALVES.put(halfValue((short) bits), (short) bits);
    }
  }

  private NaiveBins() {}

  /** A sample as a number to compare, or null for NaN. */
  private static Comparable<?> value(Primitive type, ByteBuffer b, int i) {
    int at = i * type.itemSize();
    return switch (type) {
      case BOOL, UINT8 -> b.get(at) & 0xff;
      case INT8 -> (int) b.get(at);
      case INT16 -> (int) b.getShort(at);
      case UINT16 -> b.getShort(at) & 0xffff;
      case INT32 -> b.getInt(at);
      case UINT32 -> b.getInt(at) & 0xffffffffL;
      case INT64 -> b.getLong(at);
      case UINT64 -> new BigInteger(Long.toUnsignedString(b.getLong(at)));
      case FLOAT16 -> nanToNull(halfValue(b.getShort(at)));
      case FLOAT32 -> nanToNull(b.getFloat(at));
      case FLOAT64 -> Double.isNaN(b.getDouble(at)) ? null : (Double) b.getDouble(at);
      case COMPLEX64 -> {
        double re = b.getFloat(at);
        double im = b.getFloat(at + 4);
        yield nanToNull((float) Math.sqrt(re * re + im * im));
      }
      case COMPLEX128 -> {
        double v = StrictMath.hypot(b.getDouble(at), b.getDouble(at + 8));
        yield Double.isNaN(v) ? null : (Double) v;
      }
    };
  }

  private static Float nanToNull(float f) {
    return Float.isNaN(f) ? null : f;
  }

  private static float halfValue(short bits) {
    double sign = bits < 0 ? -1 : 1;
    int e = (bits >> 10) & 31;
    double f = (bits & 1023) / 1024.0;
    if (e == 31) {
      return f == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
    }
    return (float) (sign * (e == 0 ? f * Math.pow(2, -14) : (1 + f) * Math.pow(2, e - 15)));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @SuppressWarnings("unchecked") // the values of one type are comparable with each other
  private static int compare(Comparable<?> a, Comparable<?> b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static void put(Primitive type, ByteBuffer out, Comparable<?> v) {
    switch (type) {
      case BOOL, UINT8, INT8 -> out.put(((Number) v).byteValue());
      case INT16, UINT16 -> out.putShort(((Number) v).shortValue());
      case INT32, UINT32 -> out.putInt(((Number) v).intValue());
      case INT64, UINT64 -> out.putLong(((Number) v).longValue());
      case FLOAT32, COMPLEX64 -> out.putFloat(v == null ? Float.NaN : (Float) v);
      case FLOAT64, COMPLEX128 -> out.putDouble(v == null ? Double.NaN : (Double) v);
      case FLOAT16 -> out.putShort(halfBits((Float) v));
    }
  }

  private static short halfBits(Float v) {
    return v == null ? 0x7e00 : HALVES.get(v);
  }

  /** Minimum or maximum (null when all are NaN) of samples from..to-1. */
  private static Comparable<?> extreme(Primitive type, ByteBuffer b, int from, int to, int sign) {
    Comparable<?> best = null;
    for (int i = from; i < to; i++) {
      Comparable<?> v = value(type, b, i);
      if (v != null && (best == null || sign * compare(v, best) > 0)) {
        best = v;
      }
    }
    return best;
  }

  static byte[] minMax(Primitive type, byte[] samples, long width) {
    ByteBuffer b = little(samples);
    int n = samples.length / type.itemSize();
    int size = WaveformPyramid.valueType(type).itemSize();
    ByteBuffer out = little(new byte[2 * size * (int) ((n + width - 1) / width)]);
    for (long from = 0; from < n; from += width) {
      int to = (int) Math.min(n, from + width);
      put(type, out, extreme(type, b, (int) from, to, -1));
      put(type, out, extreme(type, b, (int) from, to, 1));
    }
    return out.array();
  }

  /**
   * Minimum and maximum of each bucket of a window.
   *
   * @param edges first sample of each bucket, and the sample behind the last
   */
  static byte[] envelope(Primitive type, byte[] samples, long[] edges) {
    ByteBuffer b = little(samples);
    int size = WaveformPyramid.valueType(type).itemSize();
    ByteBuffer out = little(new byte[2 * size * (edges.length - 1)]);
    for (int i = 0; i + 1 < edges.length; i++) {
      put(type, out, extreme(type, b, (int) edges[i], (int) edges[i + 1], -1));
      put(type, out, extreme(type, b, (int) edges[i], (int) edges[i + 1], 1));
    }
    return out.array();
  }

  static long[] nanCounts(Primitive type, byte[] samples, long width) {
    int n = samples.length / type.itemSize();
    ByteBuffer b = little(samples);
    long[] counts = new long[(int) ((n + width - 1) / width)];
    for (int i = 0; i < n; i++) {
      if (value(type, b, i) == null) {
        counts[(int) (i / width)]++;
      }
    }
    return counts;
  }

  static double[] means(Primitive type, byte[] samples, long width) {
    int n = samples.length / type.itemSize();
    ByteBuffer b = little(samples);
    double[] means = new double[(int) ((n + width - 1) / width)];
    for (int bin = 0; bin < means.length; bin++) {
      BigDecimal sum = BigDecimal.ZERO;
      int count = 0;
      for (int i = (int) (bin * width); i < Math.min(n, (bin + 1) * width); i++) {
        Comparable<?> v = value(type, b, i);
        if (v != null) {
          sum = sum.add(new BigDecimal(v.toString()));
          count++;
        }
      }
      means[bin] =
          count == 0
              ? Double.NaN
              : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64).doubleValue();
    }
    return means;
  }

  /** Shape (2, N), the tail dropped. */
  static byte[] overview(Primitive type, byte[] samples) {
    ByteBuffer b = little(samples);
    int n = samples.length / type.itemSize();
    int width = Math.max(1, n / 4000);
    int bins = n / width;
    int size = WaveformPyramid.valueType(type).itemSize();
    ByteBuffer out = little(new byte[2 * size * bins]);
    for (int sign = -1; sign <= 1; sign += 2) {
      for (int i = 0; i < bins; i++) {
        put(type, out, extreme(type, b, i * width, (i + 1) * width, sign));
      }
    }
    return out.array();
  }
}
