package org.cornerturn.jobs.source;

import java.io.IOException;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn associate}. */
@Command(
    name = "associate",
    description = {
      "Find out which detections of all images are of one source, and write the table sources anew.",
      "Sources that there are keep their names; new ones are named after the place of their first"
          + " detection."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn associate",
      "  cornerturn associate --radius 5arcsec --de-ruiter 5.68 --min-snr 6",
      "  cornerturn --json associate --dry-run"
    })
public final class AssociateCommand extends Verb {
  @Option(
      names = "--radius",
      paramLabel = "ANGLE",
      defaultValue = "10arcsec",
      description = "Detections of a source are no further from it (${DEFAULT-VALUE}).")
  private Angle radius;

  @Option(
      names = "--de-ruiter",
      paramLabel = "ERRORS",
      description = "Nor further than so many errors of their places; not asked if not given.")
  private Double deRuiter;

  @Option(
      names = "--min-snr",
      paramLabel = "SIGMAS",
      defaultValue = "5",
      description = "Detections below so many times the noise don't count (${DEFAULT-VALUE}).")
  private double leastSnr;

  @Option(names = "--dry-run", description = "Tell how many there would be. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (!(radius.radians() > 0 && radius.radians() <= Math.toRadians(1))) {
      throw new UserError(
          "--radius " + radius, "it is not between 0 and 1 degree", "Give 10arcsec");
    }
    if (deRuiter != null && !(deRuiter > 0)) {
      throw new UserError("--de-ruiter " + deRuiter, "it is not positive", "Give 5.68");
    }
    return new AssociateJob(global(), console())
        .run(
            radius.radians(),
            deRuiter == null ? Double.POSITIVE_INFINITY : deRuiter,
            leastSnr,
            dryRun);
  }
}
