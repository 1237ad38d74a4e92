package org.cornerturn.calibration;

/**
 * Takes what is the same at all frequencies out of a bandpass, so that it tells only how gains
 * change with frequency. What is taken out is returned; the next term of the chain finds it again.
 */
public final class Normalisation {
  private Normalisation() {}

  /**
   * Divides the gains of each time, antenna and receptor by the mean of their amplitudes over
   * frequency.
   *
   * @param table of gains of each receptor
   * @return what they were divided by, (time, antenna, receptor); NaN where no gain is good
   */
  public static double[] amplitudes(GainTable table) {
    double[] means = new double[rows(table)];
    for (int row = 0; row < means.length; row++) {
      double sum = 0;
      int good = 0;
      for (int f = 0; f < table.frequency().count(); f++) {
        int i = index(table, row, f);
        if (table.isGood(i)) {
          sum += table.amplitude(i);
          good++;
        }
      }
      means[row] = good == 0 ? Double.NaN : sum / good;
      multiply(table, row, 1 / means[row], 0);
    }
    return means;
  }

  /**
   * Turns the gains of each time, antenna and receptor so that the mean of their directions, exp(i
   * phase), over frequency has phase 0.
   *
   * @param table of gains of each receptor
   * @return the phases taken out, radians, (time, antenna, receptor); NaN where no gain is good
   */
  public static double[] phases(GainTable table) {
    double[] means = new double[rows(table)];
    for (int row = 0; row < means.length; row++) {
      double re = 0;
      double im = 0;
      for (int f = 0; f < table.frequency().count(); f++) {
        int i = index(table, row, f);
        if (table.isGood(i)) {
          double size = table.amplitude(i);
          re += table.gains()[2 * i] / size;
          im += table.gains()[2 * i + 1] / size;
        }
      }
      boolean any = re != 0 || im != 0;
      means[row] = any ? Math.atan2(im, re) : Double.NaN;
      if (any) {
        multiply(table, row, Math.cos(means[row]), -Math.sin(means[row]));
      }
    }
    return means;
  }

  private static int rows(GainTable table) {
    if (table.isFull()) {
      throw new IllegalArgumentException("full Jones matrices have no mean amplitude and phase");
    }
    return table.time().count() * table.antennas().size() * table.elements();
  }

  private static int index(GainTable table, int row, int f) {
    int r = row % table.elements();
    int antenna = row / table.elements() % table.antennas().size();
    return table.index(row / table.elements() / table.antennas().size(), antenna, f, r);
  }

  private static void multiply(GainTable table, int row, double re, double im) {
    for (int f = 0; f < table.frequency().count(); f++) {
      int i = index(table, row, f);
      if (table.isGood(i)) {
        table.multiply(i, re, im);
      }
    }
  }
}
