package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn selfcal}: image, solve with what was found, correct, image again. */
@Command(
    name = "selfcal",
    description = {
      "Calibrate PRODUCT with its own image, again and again, as long as the image gets better.",
      "Each round solves for gains with the components of the best image so far, corrects the data and"
          + " images them. OUT gets the images and gains of all rounds; the data group corrected"
          + " is left as the best round made it."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn selfcal night.ps.zarr --image size=1024,scale=3asec,multiscale",
      "  cornerturn selfcal night.ps.zarr night.selfcal --solve G:60s:phase --solve G:60s:phase,G:inf"
    })
public final class SelfcalCommand extends Verb {
  private static final String SUFFIX = ".selfcal";

  /** Phases of ever shorter intervals, then amplitudes. */
  private static final List<String> USUAL =
      List.of("G:300s:phase", "G:120s:phase", "G:60s:phase", "G:60s:phase,G:inf");

  /** Below which part of the best so far a round has done harm. */
  private static final double HARM = 0.95;

  @Parameters(index = "0", paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "Folder of images and gains; default NAME.selfcal beside the processing set.")
  private String output;

  @Option(
      names = "--solve",
      paramLabel = "CHAIN",
      description =
          "Terms of a round, as calibrate's --solve; repeated for each round. Default"
              + " G:300s:phase, G:120s:phase, G:60s:phase, then G:60s:phase,G:inf.")
  private List<String> chains = new ArrayList<>();

  @Option(
      names = "--image",
      paramLabel = "NAME=VALUE",
      split = ",",
      description = "Options of cornerturn image, without their dashes.")
  private List<String> imageOptions = new ArrayList<>();

  @Option(
      names = "--refant",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "Antenna that phases are referred to (${DEFAULT-VALUE}).")
  private String refant;

  @Option(
      names = "--min-snr",
      paramLabel = "X",
      defaultValue = "3",
      description = "Flag solutions with less signal over noise (${DEFAULT-VALUE}).")
  private double minSnr;

  @Option(
      names = "--min-range",
      paramLabel = "X",
      defaultValue = "5",
      description = "Dynamic range that the first image must have (${DEFAULT-VALUE}).")
  private double minRange;

  @Option(
      names = "--min-growth",
      paramLabel = "X",
      defaultValue = "1.05",
      description =
          "Go on while a round makes the dynamic range so many times as large"
              + " (${DEFAULT-VALUE}).")
  private double minGrowth;

  /** How it ended. */
  enum End {
    /** A round made it a little better only. */
    CONVERGED,
    /** All rounds made it better. */
    ALL_ROUNDS,
    /** A round made it worse. */
    DIVERGED,
    /** The first image has too little signal. */
    LOW_RANGE,
    /** Nothing could be solved for. */
    NO_GAINS
  }

  /**
   * A round.
   *
   * @param solve terms that were solved for; null for the first image
   * @param dynamicRange peak over noise
   */
  record Round(
      String solve, String gains, String image, double dynamicRange, double rms, double peak) {}

  private final List<Round> rounds = new ArrayList<>();

  @Override
  protected ExitCode run() throws IOException {
    if (!(minRange >= 0 && minGrowth >= 1)) {
      throw new UserError(
          "--min-range " + minRange + ", --min-growth " + minGrowth,
          "out of range",
          "Use 0 or more, and 1 or more");
    }
    String set = OpenSet.absolute(product);
    String folder =
        output == null ? set.replaceAll("(\\.ps)?\\.zarr$", "") + SUFFIX : OpenSet.absolute(output);
    ExitCode code = image(set, folder, null, null);
    if (code != ExitCode.COMPLETE) {
      return code;
    }
    int best = 0;
    End end = End.ALL_ROUNDS;
    if (!(rounds.get(0).dynamicRange() >= minRange)) {
      end = End.LOW_RANGE;
    }
    List<String> plan = chains.isEmpty() ? USUAL : chains;
    for (int r = 0; end == End.ALL_ROUNDS && r < plan.size(); r++) {
      String gains = folder + "/round" + (r + 1) + ".cal.zarr";
      code = solve(set, gains, plan.get(r), rounds.get(best).image());
      if (code == ExitCode.COMPLETE) {
        code = correct(set, gains);
      }
      if (code == ExitCode.REFUSED) {
        end = End.NO_GAINS;
        break;
      }
      if (code == ExitCode.COMPLETE) {
        code = image(set, folder, plan.get(r), gains);
      }
      if (code != ExitCode.COMPLETE) {
        return code;
      }
      double growth = rounds.get(r + 1).dynamicRange() / rounds.get(best).dynamicRange();
      if (growth < HARM) {
        end = End.DIVERGED;
      } else if (growth < minGrowth) {
        end = End.CONVERGED;
      }
      best = growth > 1 ? r + 1 : best;
    }
    return finish(set, best, end);
  }

  /** Leaves the data as the best round made them, and tells. */
  private ExitCode finish(String set, int best, End end) throws IOException {
    int last = rounds.size() - 1;
    if (best > 0 && best != last) {
      ExitCode code = correct(set, rounds.get(best).gains());
      if (code != ExitCode.COMPLETE) {
        return code;
      }
    }
    if (best == 0 && last > 0) {
      console()
          .warn("No round was better than the first image: don't use the data group corrected.");
    }
    if (global().json()) {
      console().json(Map.of("end", end, "best", best, "rounds", rounds));
    }
    for (int r = 0; r < rounds.size(); r++) {
      Round round = rounds.get(r);
      console()
          .say(
              String.format(
                  Locale.ROOT,
                  "%s %s: dynamic range %.0f, rms %.4g Jy/beam%s",
                  r == 0 ? "first image" : "round " + r,
                  round.solve() == null ? "" : round.solve(),
                  round.dynamicRange(),
                  round.rms(),
                  r == best ? ", the best" : ""));
    }
    console().say("selfcal: " + end.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    return end == End.LOW_RANGE || end == End.NO_GAINS || best == 0 && last > 0
        ? ExitCode.REFUSED
        : ExitCode.COMPLETE;
  }

  private ExitCode image(String set, String folder, String solve, String gains) throws IOException {
    String name = "round" + rounds.size();
    String image = folder + "/" + name + ImageCommand.SUFFIX;
    List<String> words = new ArrayList<>(List.of("image", set, image, "--overwrite"));
    for (String option : imageOptions) {
      words.addAll(List.of(("--" + option.strip()).split("=", 2)));
    }
    if (gains != null) {
      words.addAll(List.of("--data-group", "corrected"));
    }
    ExitCode code = command(words, Map.of());
    if (code != ExitCode.COMPLETE) {
      return code;
    }
    try (ObjectStore made = Stores.open(image, S3Settings.completed(global().hadoop()))) {
      ImageQuality q = Facts.get(made, Imaging.facts(0, 0)).quality();
      rounds.add(new Round(solve, gains, image, q.dynamicRange(), q.rms(), q.peak()));
    }
    return code;
  }

  private ExitCode solve(String set, String gains, String chain, String image) {
    String name = image.substring(image.lastIndexOf('/') + 1).replace(ImageCommand.SUFFIX, "");
    return command(
        List.of(
            "calibrate",
            set,
            gains,
            "--solve",
            chain,
            "--model",
            "components:" + image + "/" + OutputStep.components(name),
            "--beam",
            "none",
            "--refant",
            refant,
            "--min-snr",
            "" + minSnr,
            "--no-retry",
            "--overwrite"),
        Map.of());
  }

  private ExitCode correct(String set, String gains) {
    return command(List.of("apply", set, "--from", gains, "--overwrite"), Map.of());
  }
}
