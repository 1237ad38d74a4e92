package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.radio.IcrsDirection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn calibrator add}. */
@Command(
    name = "add",
    description = {
      "Register a calibrator, or change one: what is not given stays as it is.",
      "A source of an imported list becomes a registered one by its name alone."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrator add 0834+555 --flux 8.8",
      "  cornerturn calibrator add mine --ra 187.25deg --dec 2.05deg --flux 45 --frequency 1.4e9",
      "  cornerturn calibrator add 3C48 --retired --notes flares"
    })
public final class CalibratorAddCommand extends Verb {
  private static final double USUAL_HZ = 1.4e9;

  @Parameters(paramLabel = "NAME", description = "Its name, or an alias of one that is there.")
  private String name;

  @Option(names = "--ra", paramLabel = "ANGLE", description = "Right ascension, ICRS.")
  private Angle ra;

  @Option(names = "--dec", paramLabel = "ANGLE", description = "Declination, ICRS.")
  private Angle dec;

  @Option(names = "--flux", paramLabel = "JY", description = "Flux density.")
  private Double flux;

  @Option(
      names = "--frequency",
      paramLabel = "HZ",
      description = "Frequency of the flux density (1.4e9 for a new one).")
  private Double frequency;

  @Option(names = "--spectral-index", paramLabel = "ALPHA", description = "Of S ~ nu^alpha.")
  private Double spectralIndex;

  @Option(names = "--compactness", paramLabel = "SHARE", description = "0 to 1; 1 for a point.")
  private Double compactness;

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      split = ",",
      description = "Another name; repeated for several.")
  private List<String> aliases = new ArrayList<>();

  @Option(names = "--notes", paramLabel = "TEXT", description = "What there is to say of it.")
  private String notes;

  @Option(names = "--retired", description = "It is not to be used any more.")
  private boolean retired;

  @Override
  protected ExitCode run() throws IOException {
    CalibratorRow added =
        new CalibratorRegistry(global()).change(known -> List.of(row(known))).iterator().next();
    if (global().json()) {
      console().json(ListedCalibrator.of(added));
    } else {
      console().print(ListedCalibrator.of(added).line());
    }
    return ExitCode.COMPLETE;
  }

  private CalibratorRow row(Map<String, CalibratorRow> known) {
    Optional<CalibratorRow> before = CalibratorRegistry.find(known, name);
    Calibrator made;
    try {
      made = before.map(b -> changed(b.calibrator())).orElseGet(this::made);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the calibrator " + name,
          "no source is like that: " + e.getMessage(),
          "Give a flux that isn't negative, a positive frequency, a compactness from 0 to 1",
          e);
    }
    for (CalibratorRow r : known.values()) {
      if (!r.calibrator().name().equals(made.name()) && r.calibrator().isSameAs(made)) {
        throw new UserError(
            "the calibrator " + made.name(),
            "it is within 5 arcsec of " + r.calibrator().name() + ", which is the same source then",
            "Change that one: cornerturn calibrator add "
                + r.calibrator().name()
                + " --alias "
                + made.name());
      }
    }
    return new CalibratorRow(
        made, retired, notes != null ? notes : before.map(CalibratorRow::notes).orElse(null));
  }

  private Calibrator made() {
    if (ra == null || dec == null || flux == null) {
      throw new UserError(
          "the calibrator " + name,
          "no source is called so yet, and --ra, --dec or --flux is missing",
          "Give all three, or import a list that has it");
    }
    return new Calibrator(
        name,
        aliases,
        direction(null),
        "",
        flux,
        frequency == null ? USUAL_HZ : frequency,
        spectralIndex == null ? Double.NaN : spectralIndex,
        compactness == null ? Double.NaN : compactness,
        Calibrator.REGISTERED,
        List.of());
  }

  private IcrsDirection direction(IcrsDirection before) {
    double a = ra == null ? before.raRad() : ra.radians();
    double d = dec == null ? before.decRad() : dec.radians();
    if (Math.abs(d) > Math.PI / 2) {
      throw new UserError(
          "--dec " + Math.toDegrees(d) + "deg", "no declination is that large", "Use -90 to 90deg");
    }
    double turn = 2 * Math.PI;
    return new IcrsDirection((a % turn + turn) % turn, d);
  }

  private Calibrator changed(Calibrator c) {
    List<String> names = new ArrayList<>(c.aliases());
    aliases.stream().filter(a -> !c.isCalled(a)).forEach(names::add);
    return new Calibrator(
        c.name(),
        names,
        direction(c.direction()),
        c.positionCode(),
        flux == null ? c.fluxJy() : flux,
        frequency == null ? c.frequencyHz() : frequency,
        spectralIndex == null ? c.spectralIndex() : spectralIndex,
        compactness == null ? c.compactness() : compactness,
        Calibrator.REGISTERED,
        c.bands());
  }
}
