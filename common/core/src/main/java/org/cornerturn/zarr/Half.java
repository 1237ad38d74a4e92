package org.cornerturn.zarr;

/** IEEE 754 half-precision numbers as bit patterns. */
final class Half {
  private static final int EXPONENT_BIAS = 15;
  private static final int FRACTION = 10;

  private Half() {}

  static double toDouble(short bits) {
    int exponent = bits >> FRACTION & 0x1f;
    int fraction = bits & 0x3ff;
    double value;
    if (exponent == 0x1f) {
      value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      value = Math.scalb((double) fraction, 1 - EXPONENT_BIAS - FRACTION);
    } else {
      value = Math.scalb((double) (fraction | 0x400), exponent - EXPONENT_BIAS - FRACTION);
    }
    return bits < 0 ? -value : value;
  }

  /** The nearest half, ties to even; beyond the largest, infinity. */
  static short of(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
    double magnitude = Math.abs(value);
    if (Double.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    int exponent = Math.max(Math.getExponent(magnitude), 1 - EXPONENT_BIAS);
    // In units of the last place; a carry out of the fraction runs into the exponent as it should.
    int units = (int) Math.rint(Math.scalb(magnitude, FRACTION - exponent));
    int bits = ((exponent + EXPONENT_BIAS - 1) << FRACTION) + units;
    return (short) (sign | bits);
  }
}
