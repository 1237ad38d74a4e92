package org.cornerturn.hdf5;

import java.math.BigInteger;
import org.cornerturn.hdf5.StoredType.Floating;

/** Floating-point numbers of more bits than float64 has, rounded to it. */
final class WideFloats {
  private static final int IMPLIED_LEADING_BIT = 2;
  private static final int DOUBLE_BITS = 53;

  private WideFloats() {}

  /** The nearest float64, ties to even; what is beyond its range becomes infinite or 0. */
  static double nearest(byte[] data, int at, Floating f) {
    byte[] big = new byte[f.size()];
    for (int i = 0; i < big.length; i++) {
      big[i] = data[f.bigEndian() ? at + i : at + big.length - 1 - i];
    }
    BigInteger bits = new BigInteger(1, big);
    boolean negative = bits.testBit(f.signLocation());
    BigInteger mantissa = part(bits, f.mantissaLocation(), f.mantissaSize());
    long exponent = part(bits, f.exponentLocation(), f.exponentSize()).longValueExact();
    long special = (1L << f.exponentSize()) - 1;
    boolean implied = f.normalization() == IMPLIED_LEADING_BIT;
    double magnitude;
    if (exponent == special) {
      // A leading bit that is written out is set in an infinity too.
      BigInteger fraction = implied ? mantissa : mantissa.clearBit(f.mantissaSize() - 1);
      magnitude = fraction.signum() == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      int fractionBits = implied ? f.mantissaSize() : f.mantissaSize() - 1;
      boolean leading = implied && exponent != 0;
      BigInteger whole = leading ? mantissa.setBit(f.mantissaSize()) : mantissa;
      long scale = Math.max(exponent, 1) - f.bias() - fractionBits;
      magnitude = scaled(whole, scale);
    }
    return negative ? -magnitude : magnitude;
  }

  private static BigInteger part(BigInteger bits, int location, int size) {
    return bits.shiftRight(location).and(BigInteger.ONE.shiftLeft(size).subtract(BigInteger.ONE));
  }

  private static double scaled(BigInteger whole, long scale) {
    if (whole.signum() == 0) {
      return 0;
    }
    // The exponent of the result's last bit: below that of the smallest float64 nothing remains.
    long lastBit =
        Math.max(whole.bitLength() + scale - DOUBLE_BITS, Double.MIN_EXPONENT - DOUBLE_BITS + 1);
    long drop = lastBit - scale;
    BigInteger kept = whole;
    long exponent = scale;
    if (drop > 0) {
      int n = (int) Math.min(drop, whole.bitLength() + 1L);
      BigInteger half = BigInteger.ONE.shiftLeft(n - 1);
      BigInteger rest = part(whole, 0, n);
      kept = whole.shiftRight(n);
      int side = rest.compareTo(half);
      if (side > 0 || side == 0 && kept.testBit(0)) {
        kept = kept.add(BigInteger.ONE);
      }
      exponent = scale + n;
    }
    int bounded = (int) Math.max(-5000, Math.min(5000, exponent));
    return Math.scalb((double) kept.longValueExact(), bounded);
  }
}
