package org.cornerturn.flagging;

/**
 * Loops over planes that are kept as steps of equally many lanes: element (step, lane) at {@code
 * step * lanes + lane}. Whole planes are one loop each, without borders, so that the compiler uses
 * vector instructions however short an axis is. It does so only where all arrays have the same
 * index; what is shifted is copied first, which costs little.
 *
 * <p>Each loop is a method of its own: a method of ten of them takes the compiler seconds, in which
 * all others wait for theirs and run twenty times as slowly.
 */
final class Lanes {
  private static final int TILE = 8;

  private Lanes() {}

  /**
   * The plane with steps for lanes: {@code to[at + lane * steps + step] = from[step * lanes +
   * lane]}.
   */
  static void transpose(float[] from, int steps, int lanes, float[] to, int at) {
    int s = 0;
    for (; s + TILE <= steps; s += TILE) {
      transposeTile(from, s * lanes, lanes, to, at + s, steps);
    }
    for (; s < steps; s++) {
      transposeStep(from, s * lanes, lanes, to, at + s, steps);
    }
  }

  /** Eight steps at once: eight lines are read along, and eight neighbours written each time. */
  private static void transposeTile(
      float[] from, int first, int lanes, float[] to, int at, int steps) {
    int out = at;
    for (int l = first; l < first + lanes; l++, out += steps) {
      to[out] = from[l];
      to[out + 1] = from[l + lanes];
      to[out + 2] = from[l + 2 * lanes];
      to[out + 3] = from[l + 3 * lanes];
      to[out + 4] = from[l + 4 * lanes];
      to[out + 5] = from[l + 5 * lanes];
      to[out + 6] = from[l + 6 * lanes];
      to[out + 7] = from[l + 7 * lanes];
    }
  }

  private static void transposeStep(
      float[] from, int first, int lanes, float[] to, int at, int steps) {
    int out = at;
    for (int l = first; l < first + lanes; l++, out += steps) {
      to[out] = from[l];
    }
  }

  /** {@code to[i] = from[i] + from[i + shift]}. */
  static void addShifted(float[] from, int shift, float[] to, int length) {
    System.arraycopy(from, shift, to, 0, length);
    for (int i = 0; i < length; i++) {
      to[i] += from[i];
    }
  }

  /** {@code to[i] = |sums[i]| - threshold * counts[i]}. */
  static void excess(float[] sums, float[] counts, float threshold, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = Math.abs(sums[i]) - threshold * counts[i];
    }
  }

  /** {@code to[i] = |sums[i]| / counts[i]}; counts are whole numbers, and 0 only where sums are. */
  static void moduli(float[] sums, float[] counts, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = Math.abs(sums[i]) / (counts[i] + Float.MIN_NORMAL);
    }
  }

  /**
   * The largest of some numbers, none of them below 0: one half against the other, until few are
   * left.
   *
   * @param values overwritten
   * @param room as long
   */
  static float largest(float[] values, float[] room, int length) {
    int n = length;
    while (n > TILE * TILE) {
      int half = (n + 1) / 2;
      System.arraycopy(values, half, room, 0, n - half);
      larger(room, values, n - half);
      n = half;
    }
    float most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, values[i]);
    }
    return most;
  }

  /** {@code to[i] = max(to[i], a[i])}. */
  private static void larger(float[] a, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = Math.max(to[i], a[i]);
    }
  }

  /** Index from {@code at} on of the first element above 0, or length. */
  static int firstPositive(float[] values, int at, int length) {
    int i = at;
    for (; i + 3 < length; i += 4) {
      if (values[i] > 0 || values[i + 1] > 0 || values[i + 2] > 0 || values[i + 3] > 0) {
        break;
      }
    }
    while (i < length && !(values[i] > 0)) {
      i++;
    }
    return i;
  }

  /** {@code to[i] = a[i] * b[i]}. */
  static void multiply(float[] a, float[] b, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = a[i] * b[i];
    }
  }

  /** {@code to[i] -= a[i] * b[i]}. */
  static void subtractProduct(float[] a, float[] b, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] -= a[i] * b[i];
    }
  }

  /** {@code to[i] = a[i] - b[i] - c[i]}. */
  static void subtract(float[] a, float[] b, float[] c, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = a[i] - b[i] - c[i];
    }
  }

  /** {@code to[i] = min(high, max(low, a[i])) * b[i]}. */
  static void clampProduct(float[] a, float low, float high, float[] b, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = Math.min(high, Math.max(low, a[i])) * b[i];
    }
  }

  /** {@code values[i] = min(most, max(-most, (values[i] - centre) * scale)) * use[i]}. */
  static void standardize(
      float[] values, float centre, float scale, float most, float[] use, int length) {
    for (int i = 0; i < length; i++) {
      float v = (values[i] - centre) * scale;
      values[i] = Math.min(most, Math.max(-most, v)) * use[i];
    }
  }
}
