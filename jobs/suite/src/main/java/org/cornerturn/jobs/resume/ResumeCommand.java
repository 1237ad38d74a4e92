package org.cornerturn.jobs.resume;

import java.io.IOException;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.apply.ApplyJob;
import org.cornerturn.jobs.calibrate.CalibrateJob;
import org.cornerturn.jobs.convert.ConvertJob;
import org.cornerturn.jobs.crossmatch.CrossmatchJob;
import org.cornerturn.jobs.export.ExportJob;
import org.cornerturn.jobs.flag.FlagJob;
import org.cornerturn.jobs.image.ImageJob;
import org.cornerturn.jobs.model.ModelJob;
import org.cornerturn.jobs.mosaic.MosaicJob;
import org.cornerturn.jobs.pyramid.PyramidJob;
import org.cornerturn.jobs.simulate.Uvh5Job;
import org.cornerturn.jobs.simulate.WaveformJob;
import org.cornerturn.spark.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cornerturn resume}. */
@Command(
    name = "resume",
    description = "Finish what was interrupted. The product knows its own inputs and parameters.",
    footer = {"", "Example:", "  cornerturn resume s3a://bucket/zarr/night.zarr"})
public final class ResumeCommand extends Verb {
  @Parameters(paramLabel = "URI", description = "A product, or a folder of products.")
  private String uri;

  @Override
  protected ExitCode run() throws IOException {
    ExitCode worst = ExitCode.COMPLETE;
    for (Workspace workspace : Workspace.find(uri, global().hadoop())) {
      ExitCode code = resume(workspace);
      worst = code.code() > worst.code() ? code : worst;
    }
    return worst;
  }

  private ExitCode resume(Workspace workspace) throws IOException {
    return switch (workspace.verb()) {
      case "convert" -> ConvertJob.resume(global(), console(), workspace);
      case "pyramid" -> PyramidJob.resume(global(), console(), workspace);
      case FlagJob.VERB -> FlagJob.resume(global(), console(), workspace);
      case ExportJob.VERB -> ExportJob.resume(global(), console(), workspace);
      case WaveformJob.VERB -> WaveformJob.resume(global(), console(), workspace);
      case Uvh5Job.VERB -> Uvh5Job.resume(global(), console(), workspace);
      case ModelJob.VERB -> ModelJob.resume(global(), console(), workspace);
      case CalibrateJob.VERB -> CalibrateJob.resume(global(), console(), workspace);
      case ImageJob.VERB -> ImageJob.resume(global(), console(), workspace);
      case CrossmatchJob.VERB -> CrossmatchJob.resume(global(), console(), workspace);
      case MosaicJob.VERB -> MosaicJob.resume(global(), console(), workspace);
      case ApplyJob.VERB -> ApplyJob.resume(global(), console(), workspace);
      default ->
          throw new IllegalStateException("no such verb in product.json: " + workspace.verb());
    };
  }
}
