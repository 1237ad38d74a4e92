package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.calibrate.CalibrateParameters.Solving;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.model.ModelOptions;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn calibrate}. */
@Command(
    name = "calibrate",
    description = {
      "Solve for the gains of the antennas of PRODUCT's measurement sets against a model of the sky.",
      "The chain's terms are solved for one after the other, each with the earlier ones applied. OUT"
          + " gets them as Zarr, the warehouse as rows; `cornerturn apply` makes use of them."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrate cal.ps.zarr",
      "  cornerturn calibrate cal.ps.zarr --model point:25 --preset standard",
      "  cornerturn calibrate cal.ps.zarr --solve K:inf,B:inf,G:60s --model point:5",
      "  cornerturn calibrate cal.ps.zarr g.cal.zarr --model point:5,-0.7 --refant 24"
    })
public final class CalibrateCommand extends Verb {
  static final String SUFFIX = ".cal.zarr";

  @Parameters(index = "0", paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "The solutions; default NAME.cal.zarr beside the processing set.")
  private String output;

  @Option(
      names = "--solve",
      paramLabel = "TERM",
      split = ",",
      description =
          "Terms in their order, KIND:INTERVAL[:phase][:Nch]: K delays, B bandpass, G gains; an"
              + " interval is inf, a duration, or int for each integration.")
  private List<String> chain;

  @Option(
      names = "--preset",
      defaultValue = "standard",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): the chain where --solve tells none.")
  private Preset preset;

  @Mixin private ModelOptions model;

  @Option(
      names = "--min-beam",
      paramLabel = "PART",
      defaultValue = "0.5",
      description =
          "Use the integrations in which the model has at least this part of its largest flux"
              + " (${DEFAULT-VALUE}).")
  private double minBeam;

  @Option(
      names = "--refant",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "Antenna that phases are referred to; auto takes the one with the fewest flags, the most"
              + " central of equals (${DEFAULT-VALUE}).")
  private String refant;

  @Option(names = "--robust", description = "Let outliers count less (Student's t).")
  private boolean robust;

  @Option(
      names = "--full-jones",
      description = "Make the last term one of full matrices; needs all four correlations.")
  private boolean fullJones;

  @Option(
      names = "--min-snr",
      paramLabel = "X",
      defaultValue = "3",
      description = "Flag solutions with less signal over noise (${DEFAULT-VALUE}).")
  private double minSnr;

  @Option(
      names = "--min-baselines",
      paramLabel = "N",
      defaultValue = "4",
      description = "Flag antennas with fewer baselines (${DEFAULT-VALUE}).")
  private int minBaselines;

  @Option(
      names = "--min-uv",
      paramLabel = "WAVELENGTHS",
      description = "Leave out shorter baselines; default the preset's, or 0.")
  private Double minUv;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "What is solved with; default flagged if there is one, else base.")
  private String dataGroup;

  @Option(
      names = "--retry",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "When calibration fails, flag PRODUCT with the strategy aggressive and try once more; it"
              + " fails when a term has no solution, more than half of its solutions are flagged,"
              + " or its median signal over noise is below 5. Not with --data-group"
              + " (${DEFAULT-VALUE}).")
  private boolean retry;

  @Option(names = "--overwrite", description = "Replace solutions of other parameters or data.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    CalibrateParameters parameters = parameters();
    CalibrateJob job =
        new CalibrateJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters, retry && dataGroup == null);
  }

  private CalibrateParameters parameters() {
    require(minSnr >= 0, "--min-snr " + minSnr, "Use 0 or more");
    require(minBaselines >= 2, "--min-baselines " + minBaselines, "Use 2 or more");
    require(minBeam >= 0 && minBeam <= 1, "--min-beam " + minBeam, "Use a part from 0 to 1");
    boolean own = chain != null && !chain.isEmpty();
    double uv = minUv != null ? minUv : own ? 0 : preset.minUvWavelengths();
    require(uv >= 0, "--min-uv " + uv, "Use 0 or more");
    List<Term> terms = (own ? chain : preset.chain()).stream().map(Term::parse).toList();
    String set = OpenSet.absolute(product);
    return new CalibrateParameters(
        set,
        output == null ? besides(set) : OpenSet.absolute(output),
        dataGroup,
        terms.stream().map(Term::toString).toList(),
        model.choice(),
        minBeam,
        refant.equals("auto") ? null : refant,
        new Solving(robust, fullJones, minSnr, minBaselines, uv),
        null);
  }

  private static String besides(String set) {
    return set.replaceAll("(\\.ps)?\\.zarr$", "") + SUFFIX;
  }

  private static void require(boolean right, String what, String remedy) {
    if (!right) {
      throw new UserError(what, "it is out of range", remedy);
    }
  }
}
