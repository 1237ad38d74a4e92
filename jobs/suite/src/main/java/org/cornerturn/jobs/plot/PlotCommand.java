package org.cornerturn.jobs.plot;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn plot}: one subcommand for each kind of picture. */
@Command(
    name = "plot",
    description = "Draw pictures (PNG) of gains and of flags.",
    subcommands = {PlotGainsCommand.class, PlotFlagsCommand.class},
    footer = {
      "",
      "Examples:",
      "  cornerturn plot gains NIGHT.cal.zarr --out plots/",
      "  cornerturn plot flags NIGHT.ps.zarr --out plots/"
    })
public final class PlotCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "plot",
        "what to draw is missing",
        "Try: cornerturn plot gains SOLUTIONS, or: cornerturn plot flags PRODUCT");
  }
}
