package org.cornerturn.variability;

/** How far from constant a light curve must be to be called variable: all three at once. */
public enum Sensitivity {
  CONSERVATIVE(5, 4, 3),
  MODERATE(3.5, 2.5, 2),
  SENSITIVE(2.5, 1.5, 1);

  private final double sigma;
  private final double reducedChiSquared;
  private final double eta;

  Sensitivity(double sigma, double reducedChiSquared, double eta) {
    this.sigma = sigma;
    this.reducedChiSquared = reducedChiSquared;
    this.eta = eta;
  }

  public double sigma() {
    return sigma;
  }

  /** Whether outlier, chi squared and eta all reach the thresholds. */
  public boolean isVariable(VariabilityMetrics m) {
    return m.outlier() >= sigma && m.reducedChiSquared() >= reducedChiSquared && m.eta() >= eta;
  }
}
