package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * Values of given ranks, exactly and in linear time: values are counted in bins of equal width, as
 * wide as a few of the values suggest, and those of a rank's bin are sorted. Holds room for one
 * plane, used again.
 */
final class OrderStatistics {
  private static final int BINS = 1 << 10;

  /** Values that tell how wide bins are. */
  private static final int PROBES = 64;

  private final float[] kept;
  private final int[] places;
  private final float[] few;
  private final float[] others;
  private final int[] bins = new int[BINS];
  private int count;

  OrderStatistics(int most) {
    kept = new float[most];
    places = new int[most];
    few = new float[most];
    others = new float[most];
  }

  /**
   * Takes values in.
   *
   * @param values finite
   * @param use values whose entry is not 0 count
   * @return how many
   */
  int take(float[] values, float[] use, int length) {
    count = keep(values, use, length, kept);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i += 1 + count / PROBES) {
      low = Math.min(low, kept[i]);
      high = Math.max(high, kept[i]);
    }
    double width = (double) high - low;
    Arrays.fill(bins, 0);
    place(kept, low, width > 0 ? BINS / width : 0, count, places, bins);
    return count;
  }

  /** The values taken in, in their order. */
  float[] kept() {
    return kept;
  }

  private static int keep(float[] values, float[] use, int length, float[] to) {
    int n = 0;
    // Written always, counted where it is one of them: no branch to guess.
    for (int i = 0; i < length; i++) {
      to[n] = values[i];
      n += use[i] != 0 ? 1 : 0;
    }
    return n;
  }

  /** Bins never descend as values ascend; of doubles, since differences of floats may overflow. */
  private static void place(
      float[] values, float low, double perUnit, int count, int[] places, int[] bins) {
    for (int i = 0; i < count; i++) {
      int bin = Math.min(BINS - 1, Math.max(0, (int) ((values[i] - (double) low) * perUnit)));
      places[i] = bin;
      bins[bin]++;
    }
  }

  private int rank(double part) {
    if (count == 0) {
      throw new IllegalStateException("no values");
    }
    return (int) Math.min(count - 1, Math.floor(part * (count - 1)));
  }

  /** The bin of a rank. */
  private int bin(int rank) {
    int bin = 0;
    for (int before = bins[0]; rank >= before; before += bins[bin]) {
      bin++;
    }
    return bin;
  }

  private float of(int rank, int bin, float[] members) {
    int before = 0;
    for (int b = 0; b < bin; b++) {
      before += bins[b];
    }
    Arrays.sort(members, 0, bins[bin]);
    return members[rank - before];
  }

  /**
   * @param part 0 the smallest, 0.5 the lower median, 1 the largest of the values taken in
   */
  float quantile(double part) {
    return quantiles(part, part)[0];
  }

  /** Two of them at once. */
  float[] quantiles(double one, double two) {
    int first = rank(one);
    int second = rank(two);
    int a = bin(first);
    int b = bin(second);
    gather(kept, places, count, a, few, b, others);
    return new float[] {of(first, a, few), of(second, b, others)};
  }

  private static void gather(
      float[] values, int[] places, int count, int one, float[] few, int two, float[] others) {
    int n = 0;
    int m = 0;
    for (int i = 0; i < count; i++) {
      few[n] = values[i];
      others[m] = values[i];
      n += places[i] == one ? 1 : 0;
      m += places[i] == two ? 1 : 0;
    }
  }
}
