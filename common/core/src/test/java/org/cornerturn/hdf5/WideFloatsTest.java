package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cornerturn.hdf5.StoredType.Floating;
import org.junit.jupiter.api.Test;

class WideFloatsTest {
  /** Extended precision of x86 in 16 bytes: the leading bit of the mantissa is written out. */
  private static final Floating EXTENDED =
      new Floating(16, false, false, 0, 80, 79, 64, 15, 0, 64, 0, 16383);

  private static final Floating QUADRUPLE =
      new Floating(16, true, false, 0, 128, 127, 112, 15, 0, 112, 2, 16383);

  private static byte[] extended(int signAndExponent, long mantissa) {
    byte[] b = new byte[16];
    for (int i = 0; i < 8; i++) {
      b[i] = (byte) (mantissa >> 8 * i);
    }
    b[8] = (byte) signAndExponent;
    b[9] = (byte) (signAndExponent >> 8);
    return b;
  }

  @Property
  void everyFloat64ComesBack(@ForAll double v) {
    if (Double.isNaN(v) || v != 0 && Math.abs(v) < Double.MIN_NORMAL) {
      return;
    }
    long bits = Double.doubleToLongBits(v);
    int sign = (int) (bits >>> 63) << 15;
    int exponent = (int) (bits >>> 52 & 0x7ff);
    long mantissa = bits & (1L << 52) - 1;
    int wide = v == 0 ? 0 : exponent == 0x7ff ? 0x7fff : exponent - 1023 + 16383;
    long leading = v == 0 ? 0 : Long.MIN_VALUE;
    byte[] x = extended(sign | wide, leading | mantissa << 11);
    assertThat(WideFloats.nearest(x, 0, EXTENDED)).isEqualTo(v);

    BigInteger q =
        BigInteger.valueOf(sign | wide)
            .shiftLeft(112)
            .or(BigInteger.valueOf(mantissa).shiftLeft(60));
    byte[] big = new byte[16];
    byte[] magnitude = q.toByteArray();
    int n = Math.min(16, magnitude.length);
    System.arraycopy(magnitude, magnitude.length - n, big, 16 - n, n);
    assertThat(WideFloats.nearest(big, 0, QUADRUPLE)).isEqualTo(v);
  }

  @Test
  void roundsToTheNearestTiesToEven() {
    // 1 + 2^-53 is halfway between 1 and the next float64.
    assertThat(WideFloats.nearest(extended(16383, 0x8000_0000_0000_0400L), 0, EXTENDED))
        .isEqualTo(1.0);
    assertThat(WideFloats.nearest(extended(16383, 0x8000_0000_0000_0401L), 0, EXTENDED))
        .isEqualTo(Math.nextUp(1.0));
    assertThat(WideFloats.nearest(extended(16383, 0x8000_0000_0000_0c00L), 0, EXTENDED))
        .isEqualTo(1 + 2 * Math.ulp(1.0));
  }

  @Test
  void beyondTheRangeOfFloat64() {
    assertThat(WideFloats.nearest(extended(0x7ffe, Long.MIN_VALUE), 0, EXTENDED)).isInfinite();
    assertThat(WideFloats.nearest(extended(0x8001, Long.MIN_VALUE), 0, EXTENDED)).isEqualTo(-0.0);
    assertThat(WideFloats.nearest(extended(0x7fff, 0xc000_0000_0000_0000L), 0, EXTENDED)).isNaN();
    // The smallest subnormal float64, and half of it, which rounds to 0.
    assertThat(WideFloats.nearest(extended(16383 - 1074, Long.MIN_VALUE), 0, EXTENDED))
        .isEqualTo(Double.MIN_VALUE);
    assertThat(WideFloats.nearest(extended(16383 - 1075, Long.MIN_VALUE), 0, EXTENDED)).isZero();
  }
}
