package org.cornerturn.jobs.calibrator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.CalibratorScore;

/**
 * A calibrator as the commands show it; null for what is not known.
 *
 * @param score 0 to 100
 * @param good whether flux and score suffice
 */
record ListedCalibrator(
    String name,
    List<String> aliases,
    double raDeg,
    double decDeg,
    Double fluxJy,
    double frequencyHz,
    Double spectralIndex,
    Double compactness,
    Double score,
    Double scoreFlux,
    Double scoreSpectrum,
    Double scoreCompactness,
    boolean good,
    String catalogue,
    boolean retired,
    String notes) {
  static ListedCalibrator of(CalibratorRow row) {
    Calibrator c = row.calibrator();
    Optional<CalibratorScore> score = c.score();
    return new ListedCalibrator(
        c.name(),
        c.aliases(),
        Math.toDegrees(c.direction().raRad()),
        Math.toDegrees(c.direction().decRad()),
        known(c.fluxJy()),
        c.frequencyHz(),
        known(c.spectralIndex()),
        known(c.compactness()),
        score.map(CalibratorScore::total).orElse(null),
        score.map(CalibratorScore::flux).orElse(null),
        score.map(CalibratorScore::spectrum).orElse(null),
        score.map(CalibratorScore::compactness).orElse(null),
        score.map(s -> s.suffices(c.fluxJy())).orElse(false),
        c.catalogue(),
        row.retired(),
        row.notes());
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-12s %10s %10s %8s %7s %7s %6s  %-10s %s",
        "name",
        "ra, deg",
        "dec, deg",
        "flux, Jy",
        "alpha",
        "compact",
        "score",
        "from",
        "other names");
  }

  /** A line of a table under {@link #heading}. */
  String line() {
    return String.format(
            Locale.ROOT,
            "%-12s %10.5f %10.5f %8s %7s %7s %6s  %-10s %s",
            name,
            raDeg,
            decDeg,
            text(fluxJy, "%.2f"),
            text(spectralIndex, "%.2f"),
            text(compactness, "%.2f"),
            text(score, "%.1f"),
            retired ? "retired" : catalogue,
            String.join(", ", aliases))
        .stripTrailing();
  }

  private static String text(Double value, String format) {
    return value == null ? "-" : String.format(Locale.ROOT, format, value);
  }
}
