package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.Transit;
import org.cornerturn.calibrator.TransitPriority;
import org.cornerturn.calibrator.Transits;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Instruments;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.calibrator.PredictedTransit.Pointing;
import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.JulianDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn calibrator transits}. */
@Command(
    name = "transits",
    description = {
      "Predict when calibrators pass the meridian of a site, and write that to the table"
          + " calibrator_transits. The same transit is in it once, however often it is predicted.",
      "Without names: the registered ones; with --declination also those of imported lists that come"
          + " close enough, in the order of priority, and with the response of the beam."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrator transits 3C286 3C48",
      "  cornerturn calibrator transits --declination 33deg --horizon 48h",
      "  cornerturn --json calibrator transits 3C147 --from 2025-03-01T00:00:00 --horizon 7d --dry-run"
    })
public final class CalibratorTransitsCommand extends Verb {
  private static final int MOST = 100_000;
  private static final double SPEED_OF_LIGHT = 299_792_458.0;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Calibrators of the registry.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--instrument",
      paramLabel = "NAME|FILE",
      defaultValue = "dsa-110",
      description = "Whose site and dishes: dsa-110, generic, or a YAML file (${DEFAULT-VALUE}).")
  private String instrument;

  @Option(
      names = "--from",
      paramLabel = "UTC",
      description = "Begin, as in 2025-01-01T00:00:00; now if not given.")
  private String from;

  @Option(
      names = "--horizon",
      paramLabel = "DURATION",
      defaultValue = "48h",
      description = "How far ahead (${DEFAULT-VALUE}).")
  private Duration horizon;

  @Option(
      names = "--declination",
      paramLabel = "ANGLE",
      description = "Where the array points: offsets, responses and priorities are told.")
  private Angle declination;

  @Option(
      names = "--frequency",
      paramLabel = "HZ",
      description = "Of the beam; the middle of the instrument's band if not given.")
  private Double frequency;

  @Option(
      names = "--offset",
      paramLabel = "ANGLE",
      defaultValue = "1.5deg",
      description = "How far from --declination those of lists may be (${DEFAULT-VALUE}).")
  private Angle offset;

  @Option(
      names = "--least-flux",
      paramLabel = "JY",
      defaultValue = "1",
      description = "How strong those of lists must be (${DEFAULT-VALUE}).")
  private double leastFlux;

  @Option(names = "--dry-run", description = "Tell them. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    Instrument array = Instruments.named(instrument, global().hadoop());
    JulianDate begin = begin();
    CalibratorRegistry registry = new CalibratorRegistry(global());
    List<Calibrator> wanted = wanted(registry.all(), array);
    CoveringObservations observations = CoveringObservations.of(registry);
    Transits transits = new Transits(array.telescope().location());
    List<PredictedTransit> predicted = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>();
    long now = CalibratorRegistry.micros();
    double longitude = array.telescope().location().longitudeRad();
    for (Calibrator c : wanted) {
      for (Transit t : of(transits, c, begin, MOST - predicted.size())) {
        PredictedTransit p =
            PredictedTransit.of(c, array.name(), t, pointing(c, t, begin, array), observations);
        predicted.add(p);
        rows.add(p.values(t.number(longitude), now));
      }
    }
    Comparator<PredictedTransit> byTime = Comparator.comparing(PredictedTransit::mjd);
    predicted.sort(
        declination == null
            ? byTime
            : Comparator.comparing(PredictedTransit::priority).reversed().thenComparing(byTime));
    if (!dryRun && !rows.isEmpty()) {
      registry.predicted(rows);
    }
    tell(predicted);
    return ExitCode.COMPLETE;
  }

  private List<Transit> of(Transits transits, Calibrator c, JulianDate begin, int most) {
    try {
      return transits.between(
          c.direction(), begin, begin.plusSeconds(horizon.toMillis() / 1e3), most);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--horizon " + horizon,
          "more than "
              + MOST
              + " transits are asked for, or times without astronomy: "
              + e.getMessage(),
          "Ask for fewer calibrators or days",
          e);
    }
  }

  private void tell(List<PredictedTransit> predicted) {
    if (global().json()) {
      console().json(predicted);
    } else {
      console().print(PredictedTransit.heading());
      predicted.forEach(p -> console().print(p.line()));
    }
    if (!dryRun) {
      console().say("calibrator: %d transits predicted".formatted(predicted.size()));
    }
  }

  private List<Calibrator> wanted(Map<String, CalibratorRow> all, Instrument array) {
    if (!names.isEmpty()) {
      return names.stream().map(n -> CalibratorRegistry.wanted(all, n).calibrator()).toList();
    }
    double hz = hz(array);
    return all.values().stream()
        .filter(r -> !r.retired())
        .map(CalibratorRow::calibrator)
        .filter(c -> c.isRegistered() || isNear(c) && c.fluxJyAt(hz) >= leastFlux)
        .toList();
  }

  private boolean isNear(Calibrator c) {
    return declination != null
        && Math.abs(c.direction().decRad() - declination.radians()) <= offset.radians();
  }

  private Optional<Pointing> pointing(Calibrator c, Transit t, JulianDate begin, Instrument array) {
    if (declination == null) {
      return Optional.empty();
    }
    double off = t.apparentDecRad() - declination.radians();
    double response =
        BeamPattern.power(
            array.beam(),
            Math.sin(Math.abs(off)),
            Math.abs(off) > Math.PI / 2,
            array.dishDiameterMetres() * hz(array) / SPEED_OF_LIGHT);
    double hours = (t.utc().unixSeconds() - begin.unixSeconds()) / 3600;
    return Optional.of(
        new Pointing(
            declination.radians(),
            response,
            TransitPriority.of(Math.toDegrees(off), hours, c.isRegistered())));
  }

  private double hz(Instrument array) {
    if (frequency == null) {
      return array.band().lowestEdgeHz()
          + array.band().channelWidthHz() * array.band().channels() / 2;
    }
    if (!(frequency > 0)) {
      throw new UserError("--frequency " + frequency, "it is not positive", "Give hertz: 1.4e9");
    }
    return frequency;
  }

  private JulianDate begin() {
    if (from == null) {
      return JulianDate.ofUnixSeconds(Instant.now().toEpochMilli() / 1e3);
    }
    try {
      LocalDateTime time =
          LocalDateTime.parse(from.replaceFirst("[zZ]$", "").toUpperCase(Locale.ROOT));
      return JulianDate.ofUnixSeconds(time.toEpochSecond(ZoneOffset.UTC) + time.getNano() * 1e-9);
    } catch (DateTimeParseException e) {
      throw new UserError(
          "--from " + from, "it is no time", "Write it as in 2025-01-01T00:00:00", e);
    }
  }
}
