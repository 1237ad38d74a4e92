package org.cornerturn.jobs.image;

import static org.cornerturn.jobs.image.OptionRange.require;

import org.cornerturn.imaging.UvWeights;
import picocli.CommandLine.Option;

/** How visibilities are weighed. */
final class WeightOptions {
  @Option(
      names = "--weight",
      paramLabel = "natural|uniform|briggs R",
      arity = "1",
      defaultValue = "briggs 0",
      parameterConsumer = WscleanWords.Weight.class,
      description = "How visibilities are weighed among each other (${DEFAULT-VALUE}).")
  private String weight;

  @Option(
      names = "--taper-gaussian",
      paramLabel = "ANGLE",
      description = "Weigh long baselines less, for a beam of this width.")
  private String taper;

  @Option(
      names = "--minuv-l",
      paramLabel = "WAVELENGTHS",
      defaultValue = "0",
      description = "Leave out shorter baselines (${DEFAULT-VALUE}).")
  private double minUv;

  @Option(
      names = "--maxuv-l",
      paramLabel = "WAVELENGTHS",
      description = "Leave out longer baselines; those that the pixels can't show are in any case.")
  private Double maxUv;

  UvWeights weights() {
    require(minUv >= 0, "--minuv-l " + minUv, "Use 0 or more");
    require(maxUv == null || maxUv > minUv, "--maxuv-l " + maxUv, "Use more than --minuv-l");
    UvWeights weights = WscleanWords.weights(weight);
    if (taper != null) {
      weights = weights.tapered(WscleanWords.angle("--taper-gaussian", taper));
    }
    return weights.between(minUv, maxUv == null ? Double.POSITIVE_INFINITY : maxUv);
  }
}
