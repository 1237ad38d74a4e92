package org.cornerturn.jobs.catalogue;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn catalog}: commands on catalogues of sources. */
@Command(
    name = "catalog",
    description = "Catalogues of sources in one form: put in, asked for, given out.",
    subcommands = {CatalogImportCommand.class, CatalogQueryCommand.class},
    footer = {
      "",
      "Examples:",
      "  cornerturn catalog import nvss.fits --mapping nvss",
      "  cornerturn catalog query --cone 83.633,22.014,10arcmin"
    })
public final class CatalogCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "catalog",
        "what to do is missing",
        "Try: cornerturn catalog query, or: cornerturn catalog --help");
  }
}
