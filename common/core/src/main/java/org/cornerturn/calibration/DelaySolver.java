package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * Delays of antennas from cross-spectra. Each antenna begins with the peak of the Fourier transform
 * of a cross-spectrum to the reference, or, where there is none, to an antenna that has begun, and
 * then of the sum of all its cross-spectra, the other antennas' delays taken out; then phases and
 * delays of all antennas are fitted to all baselines at once by weighted least squares (Gauss and
 * Newton), to the visibilities rather than to their phases, so that noise doesn't wrap. Delays of a
 * baseline beyond half the inverse of the channels' spacing are ambiguous.
 */
public final class DelaySolver {
  private static final int NONE = -1;

  private final double[] frequencyHz;
  private final SolverOptions options;

  /**
   * @param frequencyHz of the channels, ascending
   * @param options of which the tolerance is that of phases in radians; amplitudes are free per
   *     baseline
   */
  public DelaySolver(double[] frequencyHz, SolverOptions options) {
    if (frequencyHz.length < 2) {
      throw new IllegalArgumentException("a delay needs two channels");
    }
    this.frequencyHz = frequencyHz.clone();
    this.options = options;
  }

  /** Bytes that solving for a receptor takes beside the sums. */
  public static long bytes(int baselines, int channels) {
    return 3L * Double.BYTES * baselines * channels;
  }

  /**
   * Solves for a receptor.
   *
   * @param sums whose cells are (channel, receptor)
   * @param ranking antennas that may be the reference, the best first
   */
  public DelaySolution solve(NormalSums sums, int receptors, int receptor, List<Integer> ranking) {
    if (sums.cells() != frequencyHz.length * receptors) {
      throw new IllegalArgumentException("the sums' cells are not (channel, receptor)");
    }
    CrossSpectra spectra = new CrossSpectra(sums, frequencyHz, receptors, receptor);
    int n = sums.baselines().antennas();
    SolutionFlag[] flags = spectra.flags(options.minBaselines());
    int reference =
        ranking.stream().filter(a -> flags[a] == SolutionFlag.GOOD).findFirst().orElse(NONE);
    DelayFit fit = new DelayFit(spectra, flags, reference);
    int iterations = 0;
    if (reference == NONE) {
      for (int a = 0; a < n; a++) {
        flags[a] = flags[a] == SolutionFlag.GOOD ? SolutionFlag.NO_REFERENCE : flags[a];
      }
    } else {
      new DelayStart(spectra, flags, reference, fit.delay, fit.phase).begin();
      iterations = fit.improve(options);
      if (iterations > options.maxIterations()) {
        iterations = options.maxIterations();
        Arrays.setAll(
            flags, a -> flags[a] == SolutionFlag.GOOD ? SolutionFlag.NOT_CONVERGED : flags[a]);
      } else {
        fit.judge(options);
      }
    }
    for (int a = 0; a < n; a++) {
      if (flags[a] != SolutionFlag.GOOD) {
        fit.delay[a] = Double.NaN;
        fit.phase[a] = Double.NaN;
        fit.error[a] = Double.NaN;
      }
    }
    return new DelaySolution(
        reference,
        fit.delay,
        fit.error,
        fit.phase,
        fit.snr,
        fit.chiSquared,
        List.of(flags),
        spectra.middleHz(),
        iterations);
  }
}
