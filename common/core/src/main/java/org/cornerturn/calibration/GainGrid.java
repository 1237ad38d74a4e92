package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * Gains of one instant: (antenna, channel, receptor), and for full Jones matrices (antenna,
 * channel, receptor, receptor_2). NaN where there is none, which products keep.
 */
public final class GainGrid {
  private final int antennas;
  private final int channels;
  private final List<String> receptors;
  private final boolean full;
  private final int elements;
  private final double[] values;

  private GainGrid(int antennas, int channels, List<String> receptors, boolean full) {
    this.antennas = antennas;
    this.channels = channels;
    this.receptors = List.copyOf(receptors);
    this.full = full;
    elements = full ? receptors.size() * receptors.size() : receptors.size();
    values = new double[2 * antennas * channels * elements];
  }

  /** Gains of each receptor, all 1. */
  public static GainGrid diagonal(int antennas, int channels, List<String> receptors) {
    return new GainGrid(antennas, channels, receptors, false).setToOne();
  }

  /** Jones matrices of two receptors, all 1. */
  public static GainGrid full(int antennas, int channels, List<String> receptors) {
    if (receptors.size() != 2) {
      throw new IllegalArgumentException("full Jones matrices of the receptors " + receptors);
    }
    return new GainGrid(antennas, channels, receptors, true).setToOne();
  }

  /** Sets all gains to 1. */
  public GainGrid setToOne() {
    Arrays.fill(values, 0);
    int step = full ? 2 * 3 : 2;
    int matrix = 2 * elements;
    for (int m = 0; m < values.length; m += matrix) {
      for (int e = 0; e < matrix; e += step) {
        values[m + e] = 1;
      }
    }
    return this;
  }

  public int antennas() {
    return antennas;
  }

  public int channels() {
    return channels;
  }

  public List<String> receptors() {
    return receptors;
  }

  public boolean isFull() {
    return full;
  }

  /** Gains of one (antenna, channel). */
  public int elements() {
    return elements;
  }

  /** Real and imaginary parts in turn. The grid's own array. */
  public double[] values() {
    return values;
  }

  /** Place of a gain's real part. */
  public int index(int antenna, int channel, int element) {
    return 2 * ((antenna * channels + channel) * elements + element);
  }

  private void require(GainGrid other) {
    if (other.antennas != antennas
        || other.channels != channels
        || !other.receptors.equals(receptors)) {
      throw new IllegalArgumentException("gains of other antennas, channels or receptors");
    }
  }

  /**
   * Multiplies by the gains of a later term, from the right: the first term of a chain is nearest
   * to the data. Diagonal gains can't be multiplied by full ones; begin with a full grid.
   */
  public GainGrid multiply(GainGrid later) {
    require(later);
    if (full != later.full) {
      multiplyDiagonal(later);
    } else if (full) {
      multiplyFull(later);
    } else {
      for (int i = 0; i < values.length; i += 2) {
        multiply(i, later.values[i], later.values[i + 1]);
      }
    }
    return this;
  }

  private void multiply(int i, double re, double im) {
    double a = values[i];
    double b = values[i + 1];
    values[i] = a * re - b * im;
    values[i + 1] = a * im + b * re;
  }

  private void multiplyDiagonal(GainGrid later) {
    if (!full) {
      throw new IllegalArgumentException("diagonal gains times full ones");
    }
    for (int m = 0; m < values.length / 8; m++) {
      for (int e = 0; e < 4; e++) {
        int g = 2 * (2 * m + e % 2);
        multiply(2 * (4 * m + e), later.values[g], later.values[g + 1]);
      }
    }
  }

  private void multiplyFull(GainGrid later) {
    double[] product = new double[8];
    for (int m = 0; m < values.length; m += 8) {
      Jones.multiply(values, m, later.values, m, product, 0);
      System.arraycopy(product, 0, values, m, 8);
    }
  }

  /**
   * Blends the gains of two sets, linear in amplitude and in phase: where both have one, this one's
   * with 1 - share and the other's with share; where one has, that one; else none.
   */
  public GainGrid blend(GainGrid other, double share) {
    require(other);
    if (full != other.full) {
      throw new IllegalArgumentException("diagonal gains and full ones");
    }
    for (int i = 0; i < values.length; i += 2) {
      if (Double.isNaN(values[i])) {
        values[i] = other.values[i];
        values[i + 1] = other.values[i + 1];
      } else if (!Double.isNaN(other.values[i])) {
        between(values, i, other.values, i, share, values, i);
      }
    }
    return this;
  }

  /** A gain between two, linear in amplitude and in phase, the shorter way round. */
  static void between(double[] a, int ai, double[] b, int bi, double share, double[] out, int at) {
    double ar = a[ai];
    double aj = a[ai + 1];
    double br = b[bi];
    double bj = b[bi + 1];
    if (share == 0 || ar == br && aj == bj) {
      out[at] = ar;
      out[at + 1] = aj;
      return;
    }
    double first = Math.sqrt(ar * ar + aj * aj);
    double second = Math.sqrt(br * br + bj * bj);
    if (first == 0 || second == 0) {
      out[at] = ar + share * (br - ar);
      out[at + 1] = aj + share * (bj - aj);
      return;
    }
    double turn = share * Math.atan2(ar * bj - aj * br, ar * br + aj * bj);
    double scale = (first + share * (second - first)) / first;
    double c = scale * Math.cos(turn);
    double s = scale * Math.sin(turn);
    out[at] = ar * c - aj * s;
    out[at + 1] = ar * s + aj * c;
  }
}
