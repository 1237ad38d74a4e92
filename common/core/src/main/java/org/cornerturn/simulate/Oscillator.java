package org.cornerturn.simulate;

/**
 * Sine and cosine of {@code 2 pi f dt i} for consecutive i by the sum of angles: one exact pair per
 * block of 256 and a table of the angles within a block. Good to 1e-15 and the same wherever a
 * range starts.
 */
final class Oscillator {
  static final int BLOCK = 256;

  private final double cyclesPerSample;
  private final double[] sin = new double[BLOCK];
  private final double[] cos = new double[BLOCK];
  private double blockSin;
  private double blockCos;

  Oscillator(double frequencyHz, double intervalSeconds) {
    cyclesPerSample = frequencyHz * intervalSeconds;
    for (int i = 0; i < BLOCK; i++) {
      double angle = 2 * StrictMath.PI * (cyclesPerSample * i);
      sin[i] = StrictMath.sin(angle);
      cos[i] = StrictMath.cos(angle);
    }
  }

  /** Goes to the block that starts at a multiple of {@link #BLOCK}. */
  void block(long first) {
    double cycles = cyclesPerSample * first;
    double angle = 2 * StrictMath.PI * (cycles - Math.floor(cycles));
    blockSin = StrictMath.sin(angle);
    blockCos = StrictMath.cos(angle);
  }

  double sin(int inBlock) {
    return blockSin * cos[inBlock] + blockCos * sin[inBlock];
  }

  double cos(int inBlock) {
    return blockCos * cos[inBlock] - blockSin * sin[inBlock];
  }
}
