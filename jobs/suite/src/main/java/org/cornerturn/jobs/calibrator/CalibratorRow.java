package org.cornerturn.jobs.calibrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.CalibratorScore;
import org.cornerturn.radio.IcrsDirection;

/**
 * A row of the table of calibrators.
 *
 * @param notes null for none
 */
record CalibratorRow(Calibrator calibrator, boolean retired, String notes) {
  private static final String RETIRED = "retired";

  /** Columns that {@link #of} reads, in its order. */
  static final List<String> COLUMNS =
      List.of(
          CalibratorTables.NAME,
          "aliases",
          "ra",
          "dec",
          "position_code",
          "flux",
          "frequency",
          "spectral_index",
          "compactness",
          "catalogue",
          "state",
          "bands",
          "notes");

  static CalibratorRow of(Calibrator calibrator) {
    return new CalibratorRow(calibrator, false, null);
  }

  static CalibratorRow of(Object[] v) {
    List<Calibrator.BandFlux> bands = new ArrayList<>();
    for (Object band : (List<?>) v[11]) {
      Object[] b = (Object[]) band;
      bands.add(
          new Calibrator.BandFlux(
              (String) b[0],
              number(b[1]),
              number(b[2]),
              (String) b[3],
              number(b[4]),
              number(b[5])));
    }
    List<String> aliases = new ArrayList<>();
    ((List<?>) v[1]).forEach(a -> aliases.add((String) a));
    return new CalibratorRow(
        new Calibrator(
            (String) v[0],
            aliases,
            IcrsDirection.ofDegrees(number(v[2]), number(v[3])),
            v[4] == null ? "" : (String) v[4],
            number(v[5]),
            number(v[6]),
            number(v[7]),
            number(v[8]),
            (String) v[9],
            bands),
        RETIRED.equals(v[10]),
        (String) v[12]);
  }

  private static double number(Object value) {
    return value == null ? Double.NaN : (Double) value;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /**
   * Values in the order of the table's columns.
   *
   * @param micros of the change, since 1970
   */
  Object[] values(long micros) {
    Calibrator c = calibrator;
    Optional<CalibratorScore> score = c.score();
    List<Object[]> bands = new ArrayList<>();
    for (Calibrator.BandFlux b : c.bands()) {
      bands.add(
          new Object[] {
            b.band(),
            b.frequencyHz(),
            orNull(b.fluxJy()),
            b.codes(),
            orNull(b.leastKiloWavelengths()),
            orNull(b.mostKiloWavelengths())
          });
    }
    return new Object[] {
      c.name(),
      c.aliases(),
      Math.toDegrees(c.direction().raRad()),
      Math.toDegrees(c.direction().decRad()),
      c.positionCode().isEmpty() ? null : c.positionCode(),
      orNull(c.fluxJy()),
      c.frequencyHz(),
      orNull(c.spectralIndex()),
      orNull(c.compactness()),
      score.map(CalibratorScore::total).orElse(null),
      score.map(CalibratorScore::flux).orElse(null),
      score.map(CalibratorScore::spectrum).orElse(null),
      score.map(CalibratorScore::compactness).orElse(null),
      c.catalogue(),
      retired ? RETIRED : "active",
      bands,
      notes,
      micros
    };
  }
}
