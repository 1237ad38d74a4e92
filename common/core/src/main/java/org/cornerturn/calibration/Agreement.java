package org.cornerturn.calibration;

import java.util.Arrays;

/**
 * How well data V agree with their model M, by the weighted sums of blocks of samples: before gains
 * are applied, or after. Grows with every block; each counts with the weight that its samples have.
 */
public final class Agreement {
  private final double[] phaseSquares;
  private final double[] phaseWeights;
  private double residual;
  private double model;
  private double samples;
  private double closureSquares;
  private double closureWeights;
  private long triples;

  public Agreement(int antennas) {
    phaseSquares = new double[antennas];
    phaseWeights = new double[antennas];
  }

  /** Adds blocks: every baseline and cell is one. */
  public void add(NormalSums sums) {
    Baselines baselines = sums.baselines();
    for (int cell = 0; cell < sums.cells(); cell++) {
      for (int b = 0; b < baselines.count(); b++) {
        double d = sums.modelPower(b, cell);
        if (baselines.isCross(b) && d > 0) {
          add(sums, b, cell, d);
        }
      }
      closures(sums, cell);
    }
  }

  private void add(NormalSums sums, int b, int cell, double d) {
    double re = sums.real(b, cell);
    double im = sums.imaginary(b, cell);
    residual += Math.max(0, sums.dataPower(b, cell) - 2 * re + d);
    model += d;
    samples += sums.samples(b, cell);
    // The inverse of the phase's variance, for weights that are those of the noise.
    double weight = (re * re + im * im) / d;
    double phase = Math.atan2(im, re);
    for (int a : new int[] {sums.baselines().first(b), sums.baselines().second(b)}) {
      phaseSquares[a] += weight * phase * phase;
      phaseWeights[a] += weight;
    }
  }

  /** Closure phases of the first antenna that has any: no other triple adds anything to these. */
  private void closures(NormalSums sums, int cell) {
    double[] some = new double[0];
    for (int apex = 0; apex < sums.baselines().antennas() && some.length == 0; apex++) {
      some = ClosurePhases.of(sums, cell, apex);
    }
    for (int k = 0; k < some.length; k += 2) {
      closureSquares += some[k] * some[k] / some[k + 1];
      closureWeights += 1 / some[k + 1];
      triples++;
    }
  }

  /** Adds what another has seen of the same antennas. */
  public void add(Agreement other) {
    for (int a = 0; a < phaseSquares.length; a++) {
      phaseSquares[a] += other.phaseSquares[a];
      phaseWeights[a] += other.phaseWeights[a];
    }
    residual += other.residual;
    model += other.model;
    samples += other.samples;
    closureSquares += other.closureSquares;
    closureWeights += other.closureWeights;
    triples += other.triples;
  }

  /** Number of samples. */
  public long samples() {
    return (long) samples;
  }

  /** Number of triples of antennas whose closure phases were taken. */
  public long triples() {
    return triples;
  }

  /** Root mean square of V - M over that of M, weighted; NaN without samples. */
  public double residual() {
    return Math.sqrt(residual / model);
  }

  /** Sum w |V - M|^2 for each real number: 1 where weights are 1/sigma^2 and noise is all. */
  public double chiSquared() {
    return residual / (2 * samples);
  }

  /** Root mean square of the phases of V over M, radians, weighted; NaN without samples. */
  public double phaseRad() {
    // Each baseline counts for both of its antennas.
    return Math.sqrt(Arrays.stream(phaseSquares).sum() / Arrays.stream(phaseWeights).sum());
  }

  /** The same of an antenna's baselines. */
  public double phaseRad(int antenna) {
    return Math.sqrt(phaseSquares[antenna] / phaseWeights[antenna]);
  }

  /** Root mean square of closure phases, radians, weighted; NaN without triples. */
  public double closureRad() {
    return Math.sqrt(closureSquares / closureWeights);
  }

  /** All of it as numbers, for {@link #of}. */
  public double[] toArray() {
    int n = phaseSquares.length;
    double[] all = new double[2 * n + 6];
    System.arraycopy(phaseSquares, 0, all, 0, n);
    System.arraycopy(phaseWeights, 0, all, n, n);
    double[] rest = {residual, model, samples, closureSquares, closureWeights, triples};
    System.arraycopy(rest, 0, all, 2 * n, rest.length);
    return all;
  }

  /** What {@link #toArray} has told. */
  public static Agreement of(double[] numbers) {
    int n = (numbers.length - 6) / 2;
    Agreement a = new Agreement(n);
    System.arraycopy(numbers, 0, a.phaseSquares, 0, n);
    System.arraycopy(numbers, n, a.phaseWeights, 0, n);
    a.residual = numbers[2 * n];
    a.model = numbers[2 * n + 1];
    a.samples = numbers[2 * n + 2];
    a.closureSquares = numbers[2 * n + 3];
    a.closureWeights = numbers[2 * n + 4];
    a.triples = (long) numbers[2 * n + 5];
    return a;
  }
}
