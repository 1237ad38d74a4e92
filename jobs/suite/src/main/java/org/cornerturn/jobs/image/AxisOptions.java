package org.cornerturn.jobs.image;

import static org.cornerturn.jobs.image.OptionRange.require;

import java.util.List;
import org.cornerturn.deconvolution.SpectralFit;
import picocli.CommandLine.Option;

/** How many images there are. */
final class AxisOptions {
  @Option(
      names = "--pol",
      paramLabel = "POL",
      split = ",",
      defaultValue = "I",
      description = "I, or parallel hands such as XX,YY, each an image (${DEFAULT-VALUE}).")
  private List<String> polarizations;

  @Option(
      names = "--channels-out",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images along frequency (${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--join-channels",
      description = "Look for components in all channels together; makes MFS images, too.")
  private boolean joined;

  @Option(
      names = "--fit-spectral-pol",
      paramLabel = "TERMS",
      description = "Fit a polynomial of frequency to the components of joined channels.")
  private Integer polynomial;

  @Option(
      names = "--fit-spectral-log-pol",
      paramLabel = "TERMS",
      description = "Fit a power law (2 terms), or one with curvature (3), instead.")
  private Integer logarithmic;

  @Option(
      names = "--intervals-out",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images along time, each of its own visibilities (${DEFAULT-VALUE}).")
  private int intervals;

  ImageParameters.Axes axes() {
    require(channels >= 1, "--channels-out " + channels, "Use 1 or more");
    require(intervals >= 1, "--intervals-out " + intervals, "Use 1 or more");
    require(
        !(polynomial != null && logarithmic != null),
        "--fit-spectral-pol and --fit-spectral-log-pol",
        "Use one of them");
    require(
        joined || polynomial == null && logarithmic == null,
        "--fit-spectral-pol without --join-channels",
        "Use both");
    int terms = polynomial != null ? polynomial : logarithmic != null ? logarithmic : 1;
    require(terms >= 1, "a fit of " + terms + " terms", "Use 1 or more");
    SpectralFit.Form form =
        polynomial != null
            ? SpectralFit.Form.POLYNOMIAL
            : logarithmic != null ? SpectralFit.Form.LOGARITHMIC : SpectralFit.Form.FREE;
    return new ImageParameters.Axes(
        polarizations.stream().distinct().toList(), channels, joined, form, terms, intervals);
  }
}
