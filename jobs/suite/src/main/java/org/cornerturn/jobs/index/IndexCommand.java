package org.cornerturn.jobs.index;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.observation.GroupingRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn index}. */
@Command(
    name = "index",
    description = {
      "List what is in HDF5 files, in Delta tables of the warehouse: hdf5_files, hdf5_objects and,"
          + " grouped into observations, uvh5_files.",
      "Only headers are read. Files that have not changed since the last run are passed over."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn index /data/incoming",
      "  cornerturn index s3a://lake/2025/ --warehouse s3a://lake/warehouse",
      "  cornerturn --json index 'raw/*.hdf5' --dry-run"
    })
public final class IndexCommand extends Verb {
  @Parameters(
      paramLabel = "URI",
      arity = "1..*",
      description = "Files, folders, prefixes or globs, on disk or s3a:.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--tolerance",
      defaultValue = "60s",
      description =
          "How much later than the first file of an observation another may start (${DEFAULT-VALUE}).")
  private Duration tolerance;

  @Option(
      names = "--subbands",
      defaultValue = "16",
      description = "Subbands of a whole observation (${DEFAULT-VALUE}).")
  private int subbands;

  @Option(names = "--again", description = "Read files that have not changed, too.")
  private boolean again;

  @Option(
      names = "--dry-run",
      description = "Tell how many files would be read. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (subbands < 1 || subbands > GroupingRule.MOST_SUBBANDS) {
      throw new UserError(
          "--subbands " + subbands,
          "no such number of subbands",
          "Use 1 to " + GroupingRule.MOST_SUBBANDS);
    }
    IndexParameters parameters =
        new IndexParameters(inputs, new GroupingRule(tolerance, subbands), again);
    IndexJob job = new IndexJob(global(), console());
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }
}
