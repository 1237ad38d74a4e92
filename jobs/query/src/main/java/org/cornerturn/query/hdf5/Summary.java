package org.cornerturn.query.hdf5;

import java.math.BigInteger;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;

/**
 * Least, greatest, mean and standard deviation (of the population) of numbers that come in pieces;
 * NaN and infinities are left out. Extremes are exact for integers of 64 bits too.
 */
public final class Summary {
  private final Primitive type;
  private long count;
  private double mean;
  private double squares;
  private final Least all;
  private final Least positive;
  private final Least strictlyPositive;

  /**
   * @throws IllegalArgumentException for complex numbers, which have no order
   */
  public Summary(Primitive type) {
    if (type.isComplex()) {
      throw new IllegalArgumentException("complex numbers have no order");
    }
    this.type = type;
    this.all = new Least();
    this.positive = new Least();
    this.strictlyPositive = new Least();
  }

  /** Extremes as doubles, and as sortable integers where those are what counts. */
  private static final class Least {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long minKey = Long.MAX_VALUE;
    private long maxKey = Long.MIN_VALUE;
    private boolean any;

    void add(double v) {
      any = true;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }

    void addKey(long key) {
      minKey = Math.min(minKey, key);
      maxKey = Math.max(maxKey, key);
    }
  }

  private boolean isLong() {
    return type == Primitive.INT64 || type == Primitive.UINT64;
  }

  /** Takes a piece of the type. */
  public void add(Block block) {
    double[] values = block.toDoubles();
    long[] exact = isLong() ? block.longs() : null;
    double pieceMean = 0;
    long n = 0;
    for (int i = 0; i < values.length; i++) {
      double v = values[i];
      if (!Double.isFinite(v)) {
        continue;
      }
      n++;
      pieceMean += v;
      add(all, v, exact, i);
      if (v >= 0) {
        add(positive, v, exact, i);
      }
      if (v > 0) {
        add(strictlyPositive, v, exact, i);
      }
    }
    if (n == 0) {
      return;
    }
    pieceMean /= n;
    double pieceSquares = 0;
    for (double v : values) {
      if (Double.isFinite(v)) {
        pieceSquares += (v - pieceMean) * (v - pieceMean);
      }
    }
    // Two sets' means and squares joined (Chan, Golub, LeVeque 1979).
    double delta = pieceMean - mean;
    long total = count + n;
    squares += pieceSquares + delta * delta * ((double) count * n / total);
    mean += delta * n / total;
    count = total;
  }

  private void add(Least least, double v, long[] exact, int i) {
    least.add(v);
    if (exact != null) {
      least.addKey(type == Primitive.UINT64 ? exact[i] ^ Long.MIN_VALUE : exact[i]);
    }
  }

  public long count() {
    return count;
  }

  public Number min() {
    return number(all, true);
  }

  public Number max() {
    return number(all, false);
  }

  /** The least that is 0 or more; null where there is none. */
  public Number positiveMin() {
    return number(positive, true);
  }

  /** The least that is more than 0; null where there is none. */
  public Number strictPositiveMin() {
    return number(strictlyPositive, true);
  }

  private Number number(Least least, boolean isMin) {
    if (!least.any) {
      return null;
    }
    if (isLong()) {
      long key = isMin ? least.minKey : least.maxKey;
      return type == Primitive.INT64
          ? (Number) key
          : new BigInteger(Long.toUnsignedString(key ^ Long.MIN_VALUE));
    }
    double v = isMin ? least.min : least.max;
    return type.isFloat() ? (Number) v : (Number) (long) v;
  }

  /** Null where there are no numbers. */
  public Double mean() {
    return count == 0 ? null : (Double) mean;
  }

  public Double standardDeviation() {
    return count == 0 ? null : (Double) Math.sqrt(squares / count);
  }
}
