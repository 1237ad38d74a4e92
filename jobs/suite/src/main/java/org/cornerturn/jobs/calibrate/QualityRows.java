package org.cornerturn.jobs.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.cornerturn.calibration.Agreement;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.calibration.SolutionQuality;
import org.cornerturn.calibration.SolutionQuality.Finding;
import org.cornerturn.calibration.SolutionQuality.Grade;
import org.cornerturn.solution.TermArrays;

/** What was measured of a measurement set's solutions, term by term, as numbers with names. */
final class QualityRows {
  /**
   * A number, of a term and an antenna or of all of them.
   *
   * @param term null for all
   * @param antenna null for all
   * @param unit null for none
   * @param finding what is wrong with it; null for nothing
   */
  record Metric(
      String term, String antenna, String name, double value, String unit, String finding) {}

  private static final String[] PERCENTILES = {"p05", "p25", "p50", "p75", "p95"};

  private final List<Metric> metrics = new ArrayList<>();
  private final List<SolutionQuality> terms = new ArrayList<>();

  void add(TermArrays term, GainTable table, double[] delays) {
    SolutionQuality q = SolutionQuality.of(table);
    terms.add(q);
    String label = term.label();
    metric(label, "solutions", q.solutions(), null);
    found(label, "flagged", q.flagged(), q, Finding.MOSTLY_FLAGGED, Finding.OFTEN_FLAGGED);
    for (SolutionFlag f : SolutionFlag.values()) {
      if (q.byFlag()[f.code()] > 0) {
        String name = f.name().toLowerCase(Locale.ROOT);
        metric(label, "flag_" + name, q.byFlag()[f.code()], null);
      }
    }
    found(label, "antennas", q.antennas(), q, Finding.FEW_ANTENNAS);
    metric(label, "time_coverage", q.timeCoverage(), null);
    found(label, "amplitude_median", q.medianAmplitude(), q, Finding.ODD_AMPLITUDE);
    metric(label, "amplitude_rms", q.rmsAmplitude(), null);
    metric(label, "amplitude_scatter", q.amplitudeScatter(), null);
    metric(label, "amplitude_stability", q.amplitudeStability(), null);
    found(label, "phase_scatter", q.phaseScatterRad(), "rad", q, Finding.PHASE_SCATTER);
    metric(label, "phase_stability", q.phaseStabilityRad(), "rad");
    for (int i = 0; i < PERCENTILES.length; i++) {
      double snr = q.snrPercentiles()[i];
      if (PERCENTILES[i].equals("p50")) {
        found(label, "snr_p50", snr, q, Finding.LOW_SNR, Finding.MODEST_SNR);
      } else {
        metric(label, "snr_" + PERCENTILES[i], snr, null);
      }
    }
    metric(label, "chi2_median", q.medianChiSquared(), null);
    if (delays != null) {
      double largest =
          Arrays.stream(delays).filter(Double::isFinite).map(Math::abs).max().orElse(0);
      metric(label, "delay_largest", largest, "s");
    }
    for (int a = 0; a < table.antennas().size(); a++) {
      String antenna = table.antennas().get(a);
      metrics.add(new Metric(label, antenna, "flagged", q.antennaFlagged()[a], null, null));
      metrics.add(
          new Metric(label, antenna, "phase_scatter", q.antennaPhaseScatterRad()[a], "rad", null));
    }
  }

  /** How well the data agree with the model before the gains are applied, and after. */
  void add(Agreement before, Agreement after, List<String> antennas) {
    metric(null, "samples_checked", after.samples(), null);
    boolean better = after.residual() < before.residual();
    metric(null, "residual_before", before.residual(), null);
    metrics.add(
        new Metric(
            null,
            null,
            "residual_after",
            after.residual(),
            null,
            better ? null : "warn: no better than before"));
    metric(null, "chi2_before", before.chiSquared(), null);
    metric(null, "chi2_after", after.chiSquared(), null);
    metric(null, "phase_before", before.phaseRad(), "rad");
    metric(null, "phase_after", after.phaseRad(), "rad");
    metric(null, "closure_before", before.closureRad(), "rad");
    metric(null, "closure_after", after.closureRad(), "rad");
    for (int a = 0; a < antennas.size(); a++) {
      String name = antennas.get(a);
      metrics.add(new Metric(null, name, "phase_before", before.phaseRad(a), "rad", null));
      metrics.add(new Metric(null, name, "phase_after", after.phaseRad(a), "rad", null));
    }
  }

  /** How often it was tried, and why again. */
  void add(CalibrateParameters.Retry retry) {
    String finding =
        retry == null ? null : "warn: flagged with " + retry.strategy() + ": " + retry.because();
    metrics.add(new Metric(null, null, "attempts", retry == null ? 1 : 2, null, finding));
  }

  /** Closure phases of the data over the model, before anything was solved for. */
  void add(Closures closures) {
    if (closures.triples() > 0) {
      metric(null, "closure_triples", closures.triples(), null);
      metric(null, "closure_rms", closures.rmsRad(), "rad");
    }
  }

  private void metric(String term, String name, double value, String unit) {
    metrics.add(new Metric(term, null, name, value, unit, null));
  }

  private void found(String term, String name, double value, SolutionQuality q, Finding... about) {
    found(term, name, value, null, q, about);
  }

  private void found(
      String term, String name, double value, String unit, SolutionQuality q, Finding... about) {
    String finding =
        q.findings().stream()
            .filter(List.of(about)::contains)
            .map(f -> (f.isFailure() ? "fail: " : "warn: ") + f.name().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse(null);
    metrics.add(new Metric(term, null, name, value, unit, finding));
  }

  List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** Flagged part of the worst term. */
  double flagged() {
    return terms.stream().mapToDouble(SolutionQuality::flagged).max().orElse(1);
  }

  /** Least of the terms' middle signals over noise. */
  double medianSnr() {
    return terms.stream().mapToDouble(q -> q.snrPercentiles()[2]).min().orElse(Double.NaN);
  }

  /** The worst term's grade. */
  String grade() {
    return terms.stream()
        .map(SolutionQuality::grade)
        .max(Comparator.naturalOrder())
        .orElse(Grade.POOR)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Whether solutions may be applied without being named: nothing says that a term is unusable, but
   * that the array is small.
   */
  boolean isUsable() {
    return terms.stream().flatMap(q -> q.findings().stream()).noneMatch(QualityRows::forbids);
  }

  /** Whether a finding makes gains unusable. */
  static boolean forbids(Finding finding) {
    return finding.isFailure() && finding != Finding.FEW_ANTENNAS;
  }
}
