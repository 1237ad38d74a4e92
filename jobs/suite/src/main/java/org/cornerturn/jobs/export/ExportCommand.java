package org.cornerturn.jobs.export;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn export}: products as files of other programs, one subcommand for each form. */
@Command(
    name = "export",
    description = "Give back files that other programs read.",
    subcommands = ExportUvh5Command.class,
    footer = {"", "Example:", "  cornerturn export uvh5 night.ps.zarr night.uvh5"})
public final class ExportCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "export", "the form is missing", "Try: cornerturn export uvh5 PRODUCT OUT.uvh5");
  }
}
