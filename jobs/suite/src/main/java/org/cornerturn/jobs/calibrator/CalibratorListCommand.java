package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.radio.IcrsDirection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn calibrator list}. */
@Command(
    name = "list",
    description = "List calibrators, the best ones first.",
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrator list --registered",
      "  cornerturn --json calibrator list --near 202.78deg,30.51deg --radius 3deg --least-flux 1"
    })
public final class CalibratorListCommand extends Verb {
  @Option(names = "--registered", description = "Only those that somebody chose.")
  private boolean registered;

  @Option(names = "--good", description = "Only those of 0.5 Jy and 50 points, not retired.")
  private boolean good;

  @Option(names = "--least-flux", paramLabel = "JY", description = "Only those of so much flux.")
  private Double leastFlux;

  @Option(
      names = "--least-score",
      paramLabel = "POINTS",
      description = "Only those of so many points, 0 to 100.")
  private Double leastScore;

  @Option(
      names = "--near",
      paramLabel = "RA,DEC",
      split = ",",
      description = "Only those near a direction, the nearest first: two angles.")
  private List<Angle> near = new ArrayList<>();

  @Option(
      names = "--radius",
      paramLabel = "ANGLE",
      defaultValue = "1deg",
      description = "How near (${DEFAULT-VALUE}).")
  private Angle radius;

  @Option(
      names = "--declination",
      paramLabel = "ANGLE",
      description = "Only those within the radius of this declination.")
  private Angle declination;

  @Override
  protected ExitCode run() throws IOException {
    if (!near.isEmpty() && near.size() != 2) {
      throw new UserError(
          "--near",
          "it takes two angles",
          "Write --near 202.78deg,30.51deg: right ascension first");
    }
    List<CalibratorRow> rows =
        new CalibratorRegistry(global())
            .all().values().stream().filter(this::isWanted).sorted(order()).toList();
    List<ListedCalibrator> listed = rows.stream().map(ListedCalibrator::of).toList();
    if (global().json()) {
      console().json(listed);
    } else {
      console().print(ListedCalibrator.heading());
      listed.forEach(c -> console().print(c.line()));
    }
    return ExitCode.COMPLETE;
  }

  private boolean isWanted(CalibratorRow row) {
    ListedCalibrator c = ListedCalibrator.of(row);
    double dec = row.calibrator().direction().decRad();
    return (!registered || row.calibrator().isRegistered())
        && (!good || c.good() && !c.retired())
        && (leastFlux == null || c.fluxJy() != null && c.fluxJy() >= leastFlux)
        && (leastScore == null || c.score() != null && c.score() >= leastScore)
        && (near.isEmpty() || separation(row) <= radius.radians())
        && (declination == null || Math.abs(dec - declination.radians()) <= radius.radians());
  }

  private double separation(CalibratorRow row) {
    IcrsDirection centre = new IcrsDirection(near.get(0).radians(), near.get(1).radians());
    return centre.separationRad(row.calibrator().direction());
  }

  private Comparator<CalibratorRow> order() {
    return near.isEmpty()
        ? Comparator.comparing(
            row -> ListedCalibrator.of(row).score(),
            Comparator.nullsFirst(Comparator.<Double>naturalOrder()).reversed())
        : Comparator.comparingDouble(this::separation);
  }
}
