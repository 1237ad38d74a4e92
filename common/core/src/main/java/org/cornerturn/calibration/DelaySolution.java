package org.cornerturn.calibration;

import java.util.List;

/**
 * Delays of one receptor in one interval, by antenna: g(nu) = exp(2 pi i (nu - middle) delay + i
 * phase), relative to the reference antenna. NaN where flagged.
 *
 * @param reference whose delay and phase are 0; -1 where there is none
 * @param seconds delays
 * @param errorSeconds their standard deviations
 * @param phaseRad in the middle of the band
 * @param snr signal over noise of all channels together
 * @param chiSquared reduced chi^2 of the antenna's residual phases
 * @param middleHz to which phases belong
 * @param iterations of the least squares
 */
public record DelaySolution(
    int reference,
    double[] seconds,
    double[] errorSeconds,
    double[] phaseRad,
    double[] snr,
    double[] chiSquared,
    List<SolutionFlag> flags,
    double middleHz,
    int iterations) {

  /**
   * Writes the gains that delays alone make, exp(2 pi i (nu - pivot) delay): the phase is left to
   * later terms.
   *
   * @param table a diagonal one, at whose frequencies the gains are to be
   * @param pivotHz where the gains are 1
   */
  public void write(GainTable table, int time, int receptor, double pivotHz) {
    for (int a = 0; a < seconds.length; a++) {
      for (int f = 0; f < table.frequency().count(); f++) {
        int i = table.index(time, a, f, receptor);
        double turns = (table.frequency().centre(f) - pivotHz) * seconds[a];
        double angle = 2 * Math.PI * (turns - Math.rint(turns));
        if (flags.get(a) == SolutionFlag.GOOD) {
          table.set(i, Math.cos(angle), Math.sin(angle));
        } else {
          table.flag(i, flags.get(a));
        }
        table.snr()[i] = (float) snr[a];
        table.chiSquared()[i] = (float) chiSquared[a];
        table.iterations()[i] = iterations;
      }
    }
  }
}
