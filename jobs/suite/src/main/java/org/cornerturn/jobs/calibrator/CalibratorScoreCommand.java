package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.CalibratorScore;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn calibrator score}. */
@Command(
    name = "score",
    description = {
      "Tell how good a calibrator a source is: up to 40 points for its flux, 30 for a flat spectrum,"
          + " 30 for being compact.",
      "It takes 0.5 Jy and 50 points to be used."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn calibrator score 3C286",
      "  cornerturn calibrator score --flux 2.5 --spectral-index -0.3"
    })
public final class CalibratorScoreCommand extends Verb {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A calibrator of the registry.")
  private String name;

  @Option(names = "--flux", paramLabel = "JY", description = "Flux density, instead of a name.")
  private Double flux;

  @Option(names = "--spectral-index", paramLabel = "ALPHA", description = "Unknown if not given.")
  private Double spectralIndex;

  @Option(names = "--compactness", paramLabel = "SHARE", description = "Unknown if not given.")
  private Double compactness;

  /** The answer. */
  private record Answer(
      String name,
      double fluxJy,
      double scoreFlux,
      double scoreSpectrum,
      double scoreCompactness,
      double score,
      boolean good) {}

  @Override
  protected ExitCode run() throws IOException {
    if ((name == null) == (flux == null)) {
      throw new UserError(
          "score", "it takes a name or a flux, not both", "Try: cornerturn calibrator score 3C286");
    }
    Answer a = name == null ? of(flux) : of(name);
    if (global().json()) {
      console().json(a);
    } else {
      console()
          .print(
              String.format(
                  Locale.ROOT,
                  "%s: %.2f Jy, %.1f points (flux %.1f of 40, spectrum %.1f of 30, compactness %.1f"
                      + " of 30): %s",
                  a.name(),
                  a.fluxJy(),
                  a.score(),
                  a.scoreFlux(),
                  a.scoreSpectrum(),
                  a.scoreCompactness(),
                  a.good() ? "good" : "not to be used"));
    }
    return ExitCode.COMPLETE;
  }

  private Answer of(String wanted) throws IOException {
    var c = CalibratorRegistry.wanted(new CalibratorRegistry(global()).all(), wanted).calibrator();
    CalibratorScore s =
        c.score()
            .orElseThrow(
                () ->
                    new UserError(
                        c.name(),
                        "its flux is not known at " + c.frequencyHz() / 1e9 + " GHz",
                        "Give one: cornerturn calibrator add " + c.name() + " --flux JY"));
    return answer(c.name(), c.fluxJy(), s);
  }

  private Answer of(double jy) {
    try {
      return answer(
          "a source",
          jy,
          CalibratorScore.of(
              jy,
              spectralIndex == null ? Double.NaN : spectralIndex,
              compactness == null ? Double.NaN : compactness));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "score",
          e.getMessage() + " is no source",
          "Give a flux that isn't negative and a compactness from 0 to 1",
          e);
    }
  }

  private static Answer answer(String name, double jy, CalibratorScore s) {
    return new Answer(name, jy, s.flux(), s.spectrum(), s.compactness(), s.total(), s.suffices(jy));
  }
}
