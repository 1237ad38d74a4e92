package org.cornerturn.simulate;

/**
 * Random numbers by counter: draw i of a stream is a hash of the stream's key and i (SplitMix64's
 * finalizer, Stafford's variant 13), so a draw needs none before it.
 */
final class CounterRandom {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long key;

  /**
   * @param names numbers that name the stream: a seed, then whatever sets streams apart
   */
  CounterRandom(long... names) {
    long k = 0;
    for (long n : names) {
      k = mix(k + GOLDEN ^ mix(n + GOLDEN));
    }
    key = k;
  }

  /** 64 random bits. */
  long bits(long counter) {
    return mix(counter * GOLDEN ^ key);
  }

  /** Uniform in [0, 1). */
  double uniform(long counter) {
    return (bits(counter) >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  double uniform(long counter, double low, double high) {
    return low + (high - low) * uniform(counter);
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
