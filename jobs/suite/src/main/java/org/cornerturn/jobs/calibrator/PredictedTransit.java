package org.cornerturn.jobs.calibrator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.Transit;
import org.cornerturn.jobs.calibrator.CoveringObservations.Observation;

/**
 * A transit as the command shows and stores it.
 *
 * @param time UTC, ISO 8601, to the microsecond
 * @param offsetDeg declination less the array's; null where that is not given, as response and
 *     priority
 * @param groupId observation that covers it; null where there is none
 * @param groupOffsetMin middle of the observation less the transit
 */
record PredictedTransit(
    String calibrator,
    String site,
    String time,
    double mjd,
    double siderealTimeDeg,
    double declinationDeg,
    double elevationDeg,
    Double offsetDeg,
    Double response,
    Double priority,
    String groupId,
    Double groupOffsetMin) {

  /**
   * What the array looks at.
   *
   * @param declinationRad apparent declination of the pointing
   */
  record Pointing(double declinationRad, double response, double priority) {}

  static PredictedTransit of(
      Calibrator c,
      String site,
      Transit t,
      Optional<Pointing> pointing,
      CoveringObservations observations) {
    Instant time = Instant.EPOCH.plus(Math.round(t.utc().unixSeconds() * 1e6), ChronoUnit.MICROS);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    Optional<Observation> covering = observations.at(micros);
    return new PredictedTransit(
        c.name(),
        site,
        time.toString(),
        t.utc().modified(),
        Math.toDegrees(t.siderealTimeRad()),
        Math.toDegrees(t.apparentDecRad()),
        Math.toDegrees(t.elevationRad()),
        pointing.map(p -> Math.toDegrees(t.apparentDecRad() - p.declinationRad())).orElse(null),
        pointing.map(Pointing::response).orElse(null),
        pointing.map(Pointing::priority).orElse(null),
        covering.map(Observation::id).orElse(null),
        covering.map(o -> o.minutesFrom(micros)).orElse(null));
  }

  /**
   * Values in the order of the table's columns.
   *
   * @param number of the transit of this calibrator over this site
   * @param predictedMicros when it was predicted, since 1970
   */
  Object[] values(long number, long predictedMicros) {
    return new Object[] {
      site + "/" + calibrator + "/" + number,
      calibrator,
      site,
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time)),
      mjd,
      siderealTimeDeg,
      declinationDeg,
      elevationDeg,
      offsetDeg,
      response,
      priority,
      groupId,
      groupOffsetMin,
      predictedMicros
    };
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-12s %-21s %10s %9s %8s %9s  %s",
        "calibrator",
        "transit, UTC",
        "elevation",
        "offset",
        "response",
        "priority",
        "observation");
  }

  /** A line of a table under {@link #heading}. */
  String line() {
    return String.format(
            Locale.ROOT,
            "%-12s %-21s %9.3fd %9s %8s %9s  %s",
            calibrator,
            Instant.parse(time).truncatedTo(ChronoUnit.SECONDS),
            elevationDeg,
            offsetDeg == null ? "-" : String.format(Locale.ROOT, "%+.3fd", offsetDeg),
            response == null ? "-" : String.format(Locale.ROOT, "%.4f", response),
            priority == null ? "-" : String.format(Locale.ROOT, "%.1f", priority),
            groupId == null
                ? ""
                : String.format(Locale.ROOT, "%s (%+.1f min)", groupId, groupOffsetMin))
        .stripTrailing();
  }
}
