package org.cornerturn.jobs.image;

import java.io.IOException;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.model.BeamChoice;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn image}. */
@Command(
    name = "image",
    description = {
      "Make images of the sky from PRODUCT's visibilities, and clean them.",
      "OUT gets them as Zarr (XRADIO's schema) with a pyramid, as FITS files in OUT/fits and as PNG"
          + " in OUT/preview. Options that mean what they mean in WSClean have its names."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn image night.ps.zarr",
      "  cornerturn image night.ps.zarr --size 4096 --scale 2.5asec --weight briggs 0 --niter 20000",
      "  cornerturn image night.ps.zarr dirty.image.zarr --niter 0 --pol XX,YY",
      "  cornerturn image night.ps.zarr --channels-out 4 --join-channels --fit-spectral-pol 2",
      "  cornerturn image night.ps.zarr movie.image.zarr --intervals-out 10 --preset development"
    })
public final class ImageCommand extends Verb {
  static final String SUFFIX = ".image.zarr";

  @Parameters(index = "0", paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "The images; default NAME.image.zarr beside the processing set.")
  private String output;

  @Option(
      names = "--preset",
      defaultValue = "standard",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): what options say that aren't given: size of"
              + " pixels, --niter, --nmiter, --auto-mask, --auto-threshold, --wgridder-accuracy.")
  private Preset preset;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "With which FITS files begin; default OUT's name without its ending.")
  private String name;

  @Mixin private FieldOptions field;

  @Mixin private WeightOptions weights;

  @Mixin private AxisOptions axes;

  @Mixin private CleanOptions clean;

  @Mixin private MaskOptions masks;

  @Mixin private GriddingOptions gridding;

  @Option(
      names = "--beam",
      paramLabel = "BEAM",
      description =
          "Of every antenna: none, or airy, cosine, gaussian, with the dish as in airy:4.7, or"
              + " fits:FILE, an image of the power; default airy where the set tells the dish.")
  private String beam;

  @Option(
      names = "--pblimit",
      paramLabel = "PART",
      defaultValue = "0.2",
      description = "Where the beam is less the corrected image is blank (${DEFAULT-VALUE}).")
  private double pbLimit;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "What is imaged, as in corrected; default flagged if there is one, else base.")
  private String dataGroup;

  @Mixin private CatalogOptions catalog;

  @Option(names = "--overwrite", description = "Replace images of other parameters or data.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: grid, tasks, memory. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    ImageParameters parameters = parameters();
    ImageJob job =
        new ImageJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private ImageParameters parameters() {
    OptionRange.require(
        pbLimit >= 0 && pbLimit < 1, "--pblimit " + pbLimit, "Use a part from 0 to 1");
    String set = OpenSet.absolute(product);
    String out =
        output == null ? set.replaceAll("(\\.ps)?\\.zarr$", "") + SUFFIX : OpenSet.absolute(output);
    String title = out.substring(out.lastIndexOf('/') + 1).replaceAll("(\\.image)?\\.zarr$", "");
    return new ImageParameters(
        set,
        out,
        name == null ? title : name,
        dataGroup,
        field.field(preset),
        weights.weights(),
        clean.settings(preset),
        clean.cycles(preset),
        axes.axes(),
        new ImageParameters.Antennas(BeamChoice.absolute(beam), pbLimit),
        masks.masks(),
        gridding.gridding(preset),
        catalog.check());
  }
}
