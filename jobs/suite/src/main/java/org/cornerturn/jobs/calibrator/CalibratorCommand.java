package org.cornerturn.jobs.calibrator;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn calibrator}: one subcommand for each thing that is done with the registry. */
@Command(
    name = "calibrator",
    description = {
      "Keep the registry of calibrators (table calibrators of the warehouse), score them, and"
          + " predict when they pass the meridian.",
      "3C286, 3C48, 3C147, 3C138 and J0834+555 are there from the start."
    },
    subcommands = {
      CalibratorImportCommand.class,
      CalibratorAddCommand.class,
      CalibratorListCommand.class,
      CalibratorScoreCommand.class,
      CalibratorTransitsCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrator import vlacalibrators.txt",
      "  cornerturn calibrator list --least-flux 5",
      "  cornerturn calibrator transits --declination 33deg --horizon 48h"
    })
public final class CalibratorCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "calibrator",
        "what to do is missing",
        "Try: cornerturn calibrator list, or: cornerturn calibrator --help");
  }
}
