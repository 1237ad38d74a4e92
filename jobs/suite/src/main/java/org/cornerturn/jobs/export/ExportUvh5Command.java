package org.cornerturn.jobs.export;

import java.io.IOException;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn export uvh5}. */
@Command(
    name = "uvh5",
    description = {
      "Build the UVH5 files again that a processing set was converted from.",
      "Every dataset and attribute comes back with its value, type, shape and order; chunks and"
          + " filters are pyuvdata's."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn export uvh5 night.ps.zarr night.uvh5",
      "  cornerturn export uvh5 s3a://bucket/2022-01-20T08:30:05.ps.zarr subbands/"
    })
public final class ExportUvh5Command extends Verb {
  @Parameters(index = "0", paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "The file to write; ending in /, a folder for files of the names that they had.")
  private String output;

  @Option(names = "--overwrite", description = "Replace files that another export has made.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    ExportParameters parameters =
        new ExportParameters(absolute(product.replaceAll("(?<=.)/+$", "")), output());
    ExportJob job =
        new ExportJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private String output() {
    String absolute = absolute(output);
    boolean folder = output.endsWith("/");
    if (!folder && absolute.matches("[A-Za-z0-9+.-]+://[^/]*")) {
      throw new UserError(output, "this is a bucket", "Name a file or, ending in /, a folder");
    }
    if (!folder && absolute.endsWith(".zarr")) {
      throw new UserError(output, "export writes HDF5 files", "Name it OUT.uvh5");
    }
    return folder && !absolute.endsWith("/") ? absolute + "/" : absolute;
  }

  private static String absolute(String uri) {
    return Stores.isLocal(uri)
        ? Stores.localPath(uri).toAbsolutePath().normalize().toString()
        : uri;
  }
}
