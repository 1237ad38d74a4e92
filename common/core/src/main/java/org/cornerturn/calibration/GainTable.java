package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * Solutions of one term: (time, antenna, frequency, receptor), and for full Jones matrices (time,
 * antenna, frequency, receptor, receptor_2), in C order. A new table has no gains: all is NaN and
 * {@link SolutionFlag#NO_DATA}.
 */
public final class GainTable {
  private final SolutionAxis time;
  private final SolutionAxis frequency;
  private final List<String> antennas;
  private final List<String> receptors;
  private final boolean full;
  private final int elements;
  private final double[] gains;
  private final byte[] flags;
  private final float[] snr;
  private final float[] chiSquared;
  private final int[] iterations;

  private GainTable(
      SolutionAxis time,
      SolutionAxis frequency,
      List<String> antennas,
      List<String> receptors,
      boolean full) {
    this.time = time;
    this.frequency = frequency;
    this.antennas = List.copyOf(antennas);
    this.receptors = List.copyOf(receptors);
    this.full = full;
    elements = full ? receptors.size() * receptors.size() : receptors.size();
    long cells = (long) time.count() * antennas.size() * frequency.count() * elements;
    int n = Math.toIntExact(cells);
    gains = new double[Math.multiplyExact(2, n)];
    flags = new byte[n];
    snr = new float[n];
    chiSquared = new float[n];
    iterations = new int[n];
    Arrays.fill(gains, Double.NaN);
    Arrays.fill(flags, SolutionFlag.NO_DATA.code());
    Arrays.fill(snr, Float.NaN);
    Arrays.fill(chiSquared, Float.NaN);
  }

  /** A table of a gain for each receptor. */
  public static GainTable diagonal(
      SolutionAxis time, SolutionAxis frequency, List<String> antennas, List<String> receptors) {
    return new GainTable(time, frequency, antennas, receptors, false);
  }

  /** A table of Jones matrices, 2 by 2. */
  public static GainTable full(
      SolutionAxis time, SolutionAxis frequency, List<String> antennas, List<String> receptors) {
    if (receptors.size() != 2) {
      throw new IllegalArgumentException("full Jones matrices of the receptors " + receptors);
    }
    return new GainTable(time, frequency, antennas, receptors, true);
  }

  /** Bytes of a table of so many elements (time x antenna x frequency x elements of a matrix). */
  public static long bytes(long elements) {
    return elements * (2 * Double.BYTES + 1 + 2 * Float.BYTES + Integer.BYTES);
  }

  public SolutionAxis time() {
    return time;
  }

  public SolutionAxis frequency() {
    return frequency;
  }

  public List<String> antennas() {
    return antennas;
  }

  public List<String> receptors() {
    return receptors;
  }

  /** Whether gains are full Jones matrices. */
  public boolean isFull() {
    return full;
  }

  /** Gains of one (time, antenna, frequency): receptors, or the elements of a matrix. */
  public int elements() {
    return elements;
  }

  /** Place of an element in all arrays but the gains', where it is twice that. */
  public int index(int t, int antenna, int f, int element) {
    return ((t * antennas.size() + antenna) * frequency.count() + f) * elements + element;
  }

  /** Complex gains, real and imaginary parts in turn; NaN where flagged. The table's own array. */
  public double[] gains() {
    return gains;
  }

  /** Codes of {@link SolutionFlag}. The table's own array. */
  public byte[] flags() {
    return flags;
  }

  /** Signal over noise of the gain; NaN where none was computed. The table's own array. */
  public float[] snr() {
    return snr;
  }

  /** Reduced chi^2 of the antenna's residuals. The table's own array. */
  public float[] chiSquared() {
    return chiSquared;
  }

  /** Iterations that the cell took. The table's own array. */
  public int[] iterations() {
    return iterations;
  }

  public boolean isGood(int index) {
    return flags[index] == 0;
  }

  /** Sets a good gain. */
  public void set(int index, double real, double imaginary) {
    gains[2 * index] = real;
    gains[2 * index + 1] = imaginary;
    flags[index] = SolutionFlag.GOOD.code();
  }

  /** Takes a gain away and says why. */
  public void flag(int index, SolutionFlag why) {
    gains[2 * index] = Double.NaN;
    gains[2 * index + 1] = Double.NaN;
    flags[index] = why.code();
  }

  /** Modulus of a gain. */
  public double amplitude(int index) {
    double re = gains[2 * index];
    double im = gains[2 * index + 1];
    double square = re * re + im * im;
    // Many times as quick, where squares neither overflow nor vanish.
    return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(re, im);
  }

  /** Phase of a gain, radians. */
  public double phase(int index) {
    return Math.atan2(gains[2 * index + 1], gains[2 * index]);
  }

  /** Multiplies a gain by a complex number. */
  void multiply(int index, double real, double imaginary) {
    double re = gains[2 * index];
    double im = gains[2 * index + 1];
    gains[2 * index] = re * real - im * imaginary;
    gains[2 * index + 1] = re * imaginary + im * real;
  }

  /** Takes over a table of some of the times and frequencies, of the same antennas. */
  public void put(GainTable part, int firstTime, int firstFrequency) {
    if (!part.antennas.equals(antennas) || part.elements != elements) {
      throw new IllegalArgumentException("a table of other antennas or receptors");
    }
    int run = part.frequency.count() * elements;
    for (int t = 0; t < part.time.count(); t++) {
      for (int a = 0; a < antennas.size(); a++) {
        int from = part.index(t, a, 0, 0);
        int to = index(firstTime + t, a, firstFrequency, 0);
        System.arraycopy(part.gains, 2 * from, gains, 2 * to, 2 * run);
        System.arraycopy(part.flags, from, flags, to, run);
        System.arraycopy(part.snr, from, snr, to, run);
        System.arraycopy(part.chiSquared, from, chiSquared, to, run);
        System.arraycopy(part.iterations, from, iterations, to, run);
      }
    }
  }
}
