package org.cornerturn.jobs.variability;

import java.io.IOException;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.variability.Sensitivity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn variability}. */
@Command(
    name = "variability",
    description = {
      "Make light curves of the fluxes that cornerturn photometry has measured, put them on a common"
          + " scale, and tell which sources vary: the tables light_curves, variability_stats and"
          + " alerts are written anew."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn variability",
      "  cornerturn variability --sensitivity conservative --no-normalize",
      "  cornerturn --json variability --places 'catalogue NVSS'"
    })
public final class VariabilityCommand extends Verb {
  @Option(
      names = "--places",
      paramLabel = "LIST",
      defaultValue = "sources",
      description = "The list of places whose fluxes are meant (${DEFAULT-VALUE}).")
  private String list;

  @Option(
      names = "--sensitivity",
      defaultValue = "MODERATE",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): what is called variable.")
  private Sensitivity sensitivity;

  @Option(
      names = "--no-normalize",
      description = "Take fluxes as they are, without a scale for each image.")
  private boolean plain;

  @Override
  protected ExitCode run() throws IOException {
    return new VariabilityJob(global(), console(), list, sensitivity, !plain).run();
  }
}
