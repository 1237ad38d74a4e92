package org.cornerturn.jobs.tables;

import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/** {@code cornerturn tables}: one subcommand for each thing that is done to them. */
@Command(
    name = "tables",
    description =
        "Keep the warehouse's Delta tables: join small files, remove old ones, delete old rows, back"
            + " up, restore, and compare with what lies in storage.",
    subcommands = {
      OptimizeCommand.class,
      VacuumCommand.class,
      RetentionCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ReconcileCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn tables optimize --dry-run",
      "  cornerturn tables backup s3a://backup/warehouse --keep 7",
      "  cornerturn tables reconcile s3a://bucket/products"
    })
public final class TablesCommand extends Verb {
  @Override
  protected ExitCode run() {
    throw new UserError(
        "tables",
        "what to do is missing",
        "Try: cornerturn tables optimize --dry-run, or: cornerturn tables --help");
  }
}
