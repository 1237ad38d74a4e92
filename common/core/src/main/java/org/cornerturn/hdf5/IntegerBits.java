package org.cornerturn.hdf5;

import org.cornerturn.hdf5.StoredType.BitField;
import org.cornerturn.hdf5.StoredType.Floating;
import org.cornerturn.hdf5.StoredType.Int;

/** Numbers of any width up to 8 bytes, any byte order, any bits within. */
final class IntegerBits {
  private IntegerBits() {}

  static long raw(byte[] data, int at, int size, boolean bigEndian) {
    long v = 0;
    for (int i = 0; i < size; i++) {
      v = v << 8 | data[bigEndian ? at + i : at + size - 1 - i] & 0xff;
    }
    return v;
  }

  static void write(long v, byte[] data, int at, int size) {
    for (int i = 0; i < size; i++) {
      data[at + i] = (byte) (v >> 8 * i);
    }
  }

  /** The value; uint64 beyond 2^63 comes out negative. */
  static long read(byte[] data, int at, Int type) {
    long v = raw(data, at, type.size(), type.bigEndian()) >>> type.bitOffset();
    int unused = 64 - type.precision();
    return type.signed() ? v << unused >> unused : v << unused >>> unused;
  }

  static long read(byte[] data, int at, BitField type) {
    long v = raw(data, at, type.size(), type.bigEndian()) >>> type.bitOffset();
    int unused = 64 - type.precision();
    return v << unused >>> unused;
  }

  /** Whether every value of the type is exactly one of IEEE format with these parts. */
  static boolean widens(Floating f, int exponentBits, int mantissaBits) {
    if (f.vaxOrder() || f.size() > 8 || f.normalization() != 2 || f.bias() > 1 << 20) {
      return false;
    }
    if (f.exponentSize() > 11 || f.mantissaSize() > mantissaBits) {
      return false;
    }
    long bias = (1L << exponentBits - 1) - 1;
    long lowest = 1 - f.bias() - f.mantissaSize();
    long highest = (1L << f.exponentSize()) - 2 - f.bias();
    return lowest >= 1 - bias - mantissaBits && highest <= bias;
  }

  /** The value of a floating-point number that {@link #widens} to float64. */
  static double read(byte[] data, int at, Floating f) {
    long v = raw(data, at, f.size(), f.bigEndian());
    boolean negative = (v >>> f.signLocation() & 1) != 0;
    long exponent = v >>> f.exponentLocation() & (1L << f.exponentSize()) - 1;
    long mantissa = v >>> f.mantissaLocation() & (1L << f.mantissaSize()) - 1;
    double magnitude;
    if (exponent == (1L << f.exponentSize()) - 1) {
      magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = scale(mantissa, 1 - f.bias() - f.mantissaSize());
    } else {
      magnitude = scale(mantissa | 1L << f.mantissaSize(), exponent - f.bias() - f.mantissaSize());
    }
    return negative ? -magnitude : magnitude;
  }

  private static double scale(long mantissa, long exponent) {
    return Math.scalb((double) mantissa, (int) exponent);
  }
}
