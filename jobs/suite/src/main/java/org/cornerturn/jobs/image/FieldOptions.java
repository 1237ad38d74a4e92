package org.cornerturn.jobs.image;

import picocli.CommandLine.Option;

/** Which sky is shown. */
final class FieldOptions {
  @Option(
      names = "--size",
      paramLabel = "WIDTH [HEIGHT]",
      arity = "1",
      parameterConsumer = WscleanWords.Size.class,
      description = "Pixels; default 1.33 wavelengths over the dish, or 3.5 degrees.")
  private String size;

  @Option(
      names = "--scale",
      paramLabel = "ANGLE",
      description = "Side of a pixel, as in 2.5asec; default a fifth of the longest baseline's.")
  private String scale;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description = "Middle of the image, as in 128.7deg,55.57deg; default the phase centre.")
  private String centre;

  ImageParameters.Field field(Preset preset) {
    int[] pixels = size == null ? new int[2] : WscleanWords.size(size);
    return new ImageParameters.Field(
        pixels[0],
        pixels[1],
        scale == null ? 0 : WscleanWords.angle("--scale", scale),
        preset.coarser,
        centre);
  }
}
