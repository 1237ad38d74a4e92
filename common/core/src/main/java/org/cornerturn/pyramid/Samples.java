package org.cornerturn.pyramid;

import org.cornerturn.array.DataType.Primitive;

/** Sample values as numbers, and the types that results have. */
final class Samples {
  private Samples() {}

  /** Type of a minimum or maximum: the samples' own, or the magnitude's of a complex type. */
  static Primitive valueType(Primitive type) {
    return switch (type) {
      case COMPLEX64 -> Primitive.FLOAT32;
      case COMPLEX128 -> Primitive.FLOAT64;
      default -> type;
    };
  }

  /** Type of a mean: float32 for values of up to 16 bits and for float32, else float64. */
  static Primitive meanType(Primitive type) {
    return switch (type) {
      case BOOL, INT8, UINT8, INT16, UINT16, FLOAT16, FLOAT32, COMPLEX64 -> Primitive.FLOAT32;
      default -> Primitive.FLOAT64;
    };
  }

  /**
   * Samples as doubles; integers of 64 bits are rounded.
   *
   * @param at byte offset of the first sample
   */
  static void toDoubles(Primitive type, byte[] src, int at, double[] dst, int n) {
    switch (type) {
      case BOOL, UINT8 -> bytes(src, at, dst, n, 0xff);
      case INT8 -> bytes(src, at, dst, n, -1);
      case INT16 -> shorts(src, at, dst, n, -1);
      case UINT16 -> shorts(src, at, dst, n, 0xffff);
      case FLOAT16 -> halves(src, at, dst, n);
      case INT32 -> ints(src, at, dst, n, -1L);
      case UINT32 -> ints(src, at, dst, n, 0xffffffffL);
      case FLOAT32 -> floats(src, at, dst, n);
      case INT64 -> longs(src, at, dst, n);
      case UINT64 -> unsignedLongs(src, at, dst, n);
      case FLOAT64 -> doubles(src, at, dst, n);
      case COMPLEX64 -> magnitudes32(src, at, dst, n);
      case COMPLEX128 -> magnitudes64(src, at, dst, n);
    }
  }

  private static void bytes(byte[] src, int at, double[] dst, int n, int mask) {
    for (int i = 0; i < n; i++) {
      dst[i] = src[at + i] & mask;
    }
  }

  private static void shorts(byte[] src, int at, double[] dst, int n, int mask) {
    for (int i = 0; i < n; i++) {
      dst[i] = (short) KeyBins.SHORT.get(src, at + 2 * i) & mask;
    }
  }

  private static void halves(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = half((short) KeyBins.SHORT.get(src, at + 2 * i));
    }
  }

  private static void ints(byte[] src, int at, double[] dst, int n, long mask) {
    for (int i = 0; i < n; i++) {
      dst[i] = (int) KeyBins.INT.get(src, at + 4 * i) & mask;
    }
  }

  private static void floats(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = (float) KeyBins.FLOAT.get(src, at + 4 * i);
    }
  }

  private static void longs(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = (long) KeyBins.LONG.get(src, at + 8 * i);
    }
  }

  private static void unsignedLongs(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = unsigned((long) KeyBins.LONG.get(src, at + 8 * i));
    }
  }

  private static void doubles(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = (double) KeyBins.DOUBLE.get(src, at + 8 * i);
    }
  }

  private static void magnitudes32(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = magnitude32(src, at + 8 * i);
    }
  }

  private static void magnitudes64(byte[] src, int at, double[] dst, int n) {
    for (int i = 0; i < n; i++) {
      dst[i] = magnitude64(src, at + 16 * i);
    }
  }

  /** Numbers as little-endian float32 or float64; every NaN becomes the same one. */
  static byte[] fromDoubles(Primitive type, double[] src, int n) {
    byte[] dst = new byte[Math.multiplyExact(n, type.itemSize())];
    for (int i = 0; i < n; i++) {
      if (type == Primitive.FLOAT32) {
        KeyBins.INT.set(dst, 4 * i, Float.floatToIntBits((float) src[i]));
      } else {
        KeyBins.LONG.set(dst, 8 * i, Double.doubleToLongBits(src[i]));
      }
    }
    return dst;
  }

  /** A number as the type can hold it. */
  static double rounded(Primitive type, double value) {
    return type == Primitive.FLOAT32 ? (float) value : value;
  }

  static float magnitude32(byte[] src, int at) {
    double re = (float) KeyBins.FLOAT.get(src, at);
    double im = (float) KeyBins.FLOAT.get(src, at + 4);
    return (float) Math.sqrt(re * re + im * im);
  }

  static double magnitude64(byte[] src, int at) {
    double re = (double) KeyBins.DOUBLE.get(src, at);
    double im = (double) KeyBins.DOUBLE.get(src, at + 8);
    return StrictMath.hypot(re, im);
  }

  private static double unsigned(long bits) {
    // Halving with a sticky last bit keeps the rounding right above 2^63.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
