package org.cornerturn.simulate;

/**
 * Standard normal deviates from 32 random bits by Marsaglia and Tsang's ziggurat of 128 layers:
 * exact in distribution, down to the resolution of 25 bits. 1.2 % of the draws need more bits,
 * which come from hashing the first ones, so that a deviate depends on its own bits only.
 */
final class Ziggurat {
  private static final int LAYERS = 128;
  // Start of the tail and area of a layer, for 128 layers (Marsaglia and Tsang 2000).
  private static final double TAIL = 3.442619855899;
  private static final double AREA = 9.91256303526217e-3;

  private static final double[] EDGE = new double[LAYERS + 1];
  private static final double[] DENSITY = new double[LAYERS + 1];
  // Layer edge per unit of place, and the place below which a point is inside.
  private static final double[] SCALE = new double[LAYERS];
  private static final double[] INSIDE = new double[LAYERS];

  static {
    double f = StrictMath.exp(-0.5 * TAIL * TAIL);
    EDGE[0] = AREA / f;
    EDGE[1] = TAIL;
    EDGE[LAYERS] = 0;
    for (int i = 2; i < LAYERS; i++) {
      double x = EDGE[i - 1];
      double y = AREA / x + StrictMath.exp(-0.5 * x * x);
      EDGE[i] = StrictMath.sqrt(-2 * StrictMath.log(y));
    }
    for (int i = 0; i <= LAYERS; i++) {
      DENSITY[i] = StrictMath.exp(-0.5 * EDGE[i] * EDGE[i]);
    }
    for (int i = 0; i < LAYERS; i++) {
      SCALE[i] = EDGE[i] * 0x1p-24;
      INSIDE[i] = EDGE[i + 1] / EDGE[i] * 0x1p24;
    }
  }

  private Ziggurat() {}

  /** The deviate that these bits stand for: 7 choose the layer, 25 the place and its sign. */
  static double normal(int bits) {
    int layer = bits & 127;
    // Places are symmetric about zero: -2^24 + 0.5 to 2^24 - 0.5. No branch on the sign, which
    // no processor could predict.
    double place = (bits >> 7) + 0.5;
    return Math.abs(place) < INSIDE[layer] ? place * SCALE[layer] : slow(bits);
  }

  private static double slow(int first) {
    long z = first & 0xffffffffL;
    int bits = first;
    while (true) {
      int layer = bits & 127;
      double place = (bits >> 7) + 0.5;
      double sign = Math.signum(place);
      double x = Math.abs(place) * SCALE[layer];
      if (Math.abs(place) < INSIDE[layer]) {
        return sign * x;
      }
      z = CounterRandom.mix(z + 0x632be59bd9b4e019L);
      double u = ((z >>> 11) + 0.5) * 0x1p-53;
      if (layer == 0) {
        z = CounterRandom.mix(z);
        double v = ((z >>> 11) + 0.5) * 0x1p-53;
        double t = -StrictMath.log(u) / TAIL;
        if (-2 * StrictMath.log(v) >= t * t) {
          return sign * (TAIL + t);
        }
      } else if (DENSITY[layer] + u * (DENSITY[layer + 1] - DENSITY[layer])
          < StrictMath.exp(-0.5 * x * x)) {
        return sign * x;
      }
      z = CounterRandom.mix(z);
      bits = (int) (z >>> 32);
    }
  }
}
