package org.cornerturn.jobs.simulate;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn simulate}: data with known truth, one subcommand for each kind. */
@Command(
    name = "simulate",
    description = "Make data with known truth; the same seed gives the same bytes.",
    subcommands = {WaveformCommand.class, Uvh5Command.class},
    footer = {
      "",
      "Examples:",
      "  cornerturn simulate waveform scope.h5 --minimal",
      "  cornerturn simulate uvh5 night/"
    })
public final class SimulateCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "simulate",
        "what to simulate is missing",
        "Try: cornerturn simulate waveform OUT.h5, or: cornerturn simulate uvh5 OUT.uvh5");
  }
}
