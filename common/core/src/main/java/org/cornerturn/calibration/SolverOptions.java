package org.cornerturn.calibration;

import java.io.Serializable;

/**
 * How gains are solved for.
 *
 * @param tolerance the iteration ends when |dg| / |g| over all antennas is below it
 * @param maxIterations after which it is given up
 * @param minBaselines with data that an antenna must have, to antennas that have as many
 * @param minSnr below which a gain is flagged; 0 for any. Above 0, a cell whose gains together are
 *     not better than what noise alone would make (2.8 in the mean square) is flagged whole
 */
public record SolverOptions(
    Freedom freedom,
    double tolerance,
    int maxIterations,
    int minBaselines,
    double minSnr,
    Noise noise)
    implements Serializable {

  /** What of a gain is unknown. */
  public enum Freedom {
    /** Its phase; the amplitude is 1. */
    PHASE,
    /** Both. */
    AMPLITUDE_AND_PHASE
  }

  /** Where the noise is known from that the signal is compared with. */
  public enum Noise {
    /** Weights are 1/sigma^2 of the real or imaginary part. */
    OF_WEIGHTS,
    /** Weights are relative; the residuals of the cell tell what they are worth. */
    OF_RESIDUALS
  }

  /** Amplitude and phase to 1e-8, at least 4 baselines, signal over noise of 3 at least. */
  public static final SolverOptions USUAL =
      new SolverOptions(Freedom.AMPLITUDE_AND_PHASE, 1e-8, 500, 4, 3, Noise.OF_RESIDUALS);

  public SolverOptions {
    int least = freedom == Freedom.PHASE ? 1 : 2;
    if (!(tolerance > 0 && tolerance < 1)
        || maxIterations < 2
        || minBaselines < least
        || !(minSnr >= 0)) {
      throw new IllegalArgumentException(
          "tolerance in (0, 1), 2 iterations and "
              + least
              + " baselines at least, minimum SNR not below 0");
    }
  }

  public SolverOptions with(Freedom other) {
    return new SolverOptions(other, tolerance, maxIterations, minBaselines, minSnr, noise);
  }

  public SolverOptions with(Noise other) {
    return new SolverOptions(freedom, tolerance, maxIterations, minBaselines, minSnr, other);
  }

  public SolverOptions withTolerance(double other) {
    return new SolverOptions(freedom, other, maxIterations, minBaselines, minSnr, noise);
  }

  public SolverOptions withMaxIterations(int other) {
    return new SolverOptions(freedom, tolerance, other, minBaselines, minSnr, noise);
  }

  public SolverOptions withMinBaselines(int other) {
    return new SolverOptions(freedom, tolerance, maxIterations, other, minSnr, noise);
  }

  public SolverOptions withMinSnr(double other) {
    return new SolverOptions(freedom, tolerance, maxIterations, minBaselines, other, noise);
  }
}
