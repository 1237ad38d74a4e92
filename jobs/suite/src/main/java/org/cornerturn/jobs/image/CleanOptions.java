package org.cornerturn.jobs.image;

import static org.cornerturn.jobs.image.OptionRange.require;

import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.deconvolution.CleanSettings;
import org.cornerturn.deconvolution.CleanSettings.Method;
import org.cornerturn.deconvolution.CleanSettings.Sign;
import picocli.CommandLine.Option;

/** How images are cleaned. */
final class CleanOptions {
  @Option(
      names = "--niter",
      paramLabel = "N",
      description = "Components at most; 0 for the dirty image.")
  private Integer iterations;

  @Option(names = "--nmiter", paramLabel = "N", description = "Major cycles at most.")
  private Integer majorCycles;

  @Option(
      names = "--gain",
      paramLabel = "G",
      defaultValue = "0.1",
      description = "Part of a peak that a component takes (${DEFAULT-VALUE}).")
  private double gain;

  @Option(
      names = "--mgain",
      paramLabel = "G",
      defaultValue = "0.8",
      description =
          "Part of the peak that is taken before visibilities are looked at again"
              + " (${DEFAULT-VALUE}).")
  private double majorGain;

  @Option(
      names = "--threshold",
      paramLabel = "JY",
      defaultValue = "0Jy",
      description = "Leave peaks below, as in 1mJy (${DEFAULT-VALUE}).")
  private String threshold;

  @Option(
      names = "--auto-threshold",
      paramLabel = "SIGMA",
      description = "Clean down to so many times the noise.")
  private Double autoThreshold;

  @Option(
      names = "--auto-mask",
      paramLabel = "SIGMA",
      description =
          "Look for components everywhere down to so many times the noise, below it only where"
              + " there are some; 0 for nowhere else.")
  private Double autoMask;

  @Option(
      names = "--local-rms-window",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Take the noise in boxes of this side; 0 for one noise (${DEFAULT-VALUE}).")
  private int noiseBox;

  @Option(names = "--no-negative", description = "No components below 0.")
  private boolean noNegative;

  @Option(
      names = "--clean-method",
      defaultValue = "clark",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private CleanMethod method;

  @Option(names = "--multiscale", description = "As --clean-method multiscale.")
  private boolean multiscale;

  @Option(
      names = "--multiscale-scales",
      paramLabel = "PIXELS",
      split = ",",
      description = "Sizes of components, as in 0,5,15; default from the beam.")
  private List<Double> scales;

  @Option(
      names = "--multiscale-scale-bias",
      paramLabel = "B",
      defaultValue = "0.6",
      description = "Smaller prefers larger components (${DEFAULT-VALUE}).")
  private double scaleBias;

  /** How components are found. */
  enum CleanMethod {
    HOGBOM(Method.HOGBOM),
    CLARK(Method.CLARK),
    MULTISCALE(Method.MULTISCALE);

    private final Method method;

    CleanMethod(Method method) {
      this.method = method;
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  int cycles(Preset preset) {
    int cycles = majorCycles == null ? preset.majorCycles : majorCycles;
    require(cycles >= 0 && cycles <= 99, "--nmiter " + cycles, "Use 0 to 99");
    return cycles;
  }

  CleanSettings settings(Preset preset) {
    int components = iterations == null ? preset.iterations : iterations;
    double end = autoThreshold == null ? preset.autoThreshold : autoThreshold;
    double mask = autoMask == null ? (autoThreshold == null ? preset.autoMask : 0) : autoMask;
    Method chosen = multiscale ? Method.MULTISCALE : method.method;
    try {
      return CleanSettings.usual(chosen)
          .withGains(gain, majorGain)
          .withLimits(components, WscleanWords.jansky("--threshold", threshold), mask, end)
          .withSign(noNegative ? Sign.POSITIVE : Sign.ANY)
          .withNoiseBox(noiseBox)
          .withScales(scales == null ? List.of() : scales, scaleBias);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the options of cleaning", e.getMessage(), "Look at cornerturn image --help", e);
    }
  }
}
