package org.cornerturn.jobs.simulate;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn simulate}: data with known truth, one subcommand for each kind. */
@Command(
    name = "simulate",
    description = "Make data with known truth; the same seed gives the same bytes.",
    subcommands = WaveformCommand.class,
    footer = {"", "Example:", "  cornerturn simulate waveform scope.h5 --minimal"})
public final class SimulateCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "simulate", "what to simulate is missing", "Try: cornerturn simulate waveform OUT.h5");
  }
}
