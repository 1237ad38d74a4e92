package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn convert}. */
@Command(
    name = "convert",
    description = {
      "Turn HDF5 files into Zarr stores, waveforms with overview and pyramid.",
      "UVH5 files become Measurement Sets v4, the sub-bands of an observation one together.",
      "INPUT is a file, folder, prefix or glob, on disk or s3a:. OUTPUT is the store of a single file,"
          + " or, ending in / or with several inputs, a folder of <name>.zarr."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn convert night.h5 night.zarr",
      "  cornerturn convert 'raw/*.h5' s3a://bucket/zarr/",
      "  cornerturn convert scope.h5 scope.zarr --profile waveform --dataset /run1/ch",
      "  cornerturn convert incoming/ observations/ --profile uvh5 --min-subbands 12"
    })
public final class ConvertCommand extends Verb {
  @Parameters(
      paramLabel = "INPUT... OUTPUT",
      arity = "1..*",
      description = "Inputs, then the output.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Further inputs, one a line; # starts a comment.")
  private Path list;

  @Option(
      names = "--profile",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): auto takes Header and Data/visdata for UVH5, a 4-D samples, waveforms or data for a waveform.")
  private Profile profile;

  @Option(
      names = "--zarr-format",
      paramLabel = "2|3",
      description = "Default: 2 for waveforms, else 3.")
  private Integer zarrFormat;

  @Option(
      names = "--dataset",
      paramLabel = "PATTERN",
      split = ",",
      description = "Take only these datasets: a path or name, with * and **. Repeats.")
  private List<String> datasets = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      split = ",",
      description = "Leave out these objects and all below them. Repeats.")
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--chunk",
      paramLabel = "PATTERN=N,N...",
      description = "Chunk shape of datasets whose path matches. Repeats.")
  private List<String> chunks = new ArrayList<>();

  @Option(
      names = "--chunk-size",
      defaultValue = "1MiB",
      description = "Raw size to choose chunk shapes for (${DEFAULT-VALUE}).")
  private ByteSize chunkSize;

  @Option(
      names = "--shard-size",
      defaultValue = "64MiB",
      description = "Raw size to choose shard shapes for; 0 for no shards (${DEFAULT-VALUE}).")
  private ByteSize shardSize;

  @Option(
      names = "--codec",
      defaultValue = "auto",
      description = "auto, blosc-zstd, blosc-lz4, zstd, gzip or none (${DEFAULT-VALUE}).")
  private String codec;

  @Option(
      names = "--level",
      paramLabel = "0..22",
      description = "Compression level; default 1, waveforms 3.")
  private Integer level;

  @Option(
      names = "--pyramid",
      paramLabel = "FACTOR",
      defaultValue = "8",
      description =
          "Waveforms: samples of a level in a bin of the next, 2, 4, 8 or 16; 0 for no pyramid (${DEFAULT-VALUE}).")
  private int pyramid;

  @Option(names = "--mean", description = "Waveforms: keep means beside minima and maxima.")
  private boolean mean;

  @Option(
      names = "--write-empty",
      description = "Write chunks that hold nothing but the fill value.")
  private boolean writeEmpty;

  @Option(
      names = "--keep-precision",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "UVH5: store float64 and int32 visibilities as complex128, else as complex64.")
  private boolean keepPrecision;

  @Option(
      names = "--sefd",
      paramLabel = "JY",
      description = "UVH5: system equivalent flux density; weights are 1/sigma^2 then.")
  private Double sefd;

  @Option(
      names = "--phase",
      paramLabel = "WHERE",
      defaultValue = "auto",
      description =
          "UVH5: auto, none, meridian, or right ascension and declination; auto takes drift scans to the meridian (${DEFAULT-VALUE}).")
  private String phase;

  @Option(
      names = "--uvw-from-antennas",
      description = "UVH5: compute uvw from the antennas' positions; else the file's are kept.")
  private boolean uvwFromAntennas;

  @Option(
      names = "--subbands",
      defaultValue = "16",
      description = "UVH5: files of a whole observation (${DEFAULT-VALUE}).")
  private int subbands;

  @Option(
      names = "--min-subbands",
      defaultValue = "1",
      description = "UVH5: leave out observations of fewer files (${DEFAULT-VALUE}).")
  private int minSubbands;

  @Option(
      names = "--on-unsupported",
      defaultValue = "skip",
      description =
          "${COMPLETION-CANDIDATES}: what can't be read is left out and listed, or nothing is started (${DEFAULT-VALUE}).")
  private OnUnsupported onUnsupported;

  @Option(
      names = "--overwrite",
      description = "Replace a product that other inputs or parameters have made.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: tasks, bytes, memory, requests. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    ConvertParameters parameters = parameters();
    ConvertJob job = new ConvertJob(global(), console(), Existing.REFUSE, onUnsupported);
    if (overwrite) {
      job = new ConvertJob(global(), console(), Existing.OVERWRITE, onUnsupported);
    }
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private ConvertParameters parameters() throws IOException {
    List<String> inputs = new ArrayList<>(paths.subList(0, paths.size() - 1));
    String output = paths.get(paths.size() - 1);
    if (list != null) {
      readList(inputs);
    }
    if (inputs.isEmpty()) {
      throw new UserError(
          "convert " + output,
          "an input or the output is missing",
          "Try: cornerturn convert INPUT OUTPUT");
    }
    require(
        List.of(0, 2, 4, 8, 16).contains(pyramid), "--pyramid " + pyramid, "Use 0, 2, 4, 8 or 16");
    require(
        zarrFormat == null || zarrFormat == 2 || zarrFormat == 3,
        "--zarr-format " + zarrFormat,
        "Use 2 or 3");
    require(
        List.of("auto", "blosc-zstd", "blosc-lz4", "zstd", "gzip", "none").contains(codec),
        "--codec " + codec,
        "Use auto, blosc-zstd, blosc-lz4, zstd, gzip or none");
    int most = codec.equals("zstd") ? 22 : 9;
    require(level == null || level >= 0 && level <= most, "--level " + level, "Use 0 to " + most);
    require(
        chunkSize.bytes() >= 1024 && chunkSize.bytes() <= 256L << 20,
        "--chunk-size " + chunkSize,
        "Use 1KiB to 256MiB");
    require(shardSize.bytes() <= 1L << 30, "--shard-size " + shardSize, "Use at most 1GiB");
    require(sefd == null || sefd > 0, "--sefd " + sefd, "Give a positive number of janskys");
    require(
        subbands >= 1 && subbands <= GroupingRule.MOST_SUBBANDS,
        "--subbands " + subbands,
        "Use 1 to " + GroupingRule.MOST_SUBBANDS);
    require(
        minSubbands >= 1 && minSubbands <= subbands,
        "--min-subbands " + minSubbands,
        "Use 1 to " + subbands);
    // Several files can be one processing set, if that is what the output is called.
    boolean one = output.endsWith(Msv4Layout.SUFFIX);
    boolean folder =
        !one && (output.endsWith("/") || inputs.size() > 1 || !isSingleFile(inputs.get(0)));
    return new ConvertParameters(
        inputs.stream().map(ConvertCommand::absolute).toList(),
        absolute(output),
        folder,
        one && inputs.size() > 1 && profile == Profile.AUTO ? Profile.UVH5 : profile,
        zarrFormat == null ? 0 : zarrFormat,
        datasets,
        excludes,
        chunkShapes(),
        chunkSize.bytes(),
        shardSize.bytes(),
        codec,
        level == null ? -1 : level,
        pyramid,
        mean,
        writeEmpty,
        new VisibilityOptions(
                keepPrecision,
                sefd,
                PhaseTarget.parse(phase),
                uvwFromAntennas,
                subbands,
                minSubbands)
            .of(!folder && inputs.size() == 1 ? 1 : subbands));
  }

  private static void require(boolean right, String option, String remedy) {
    if (!right) {
      throw new UserError(option, "no such value", remedy);
    }
  }

  private void readList(List<String> inputs) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(list, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserError(
          "--list " + list,
          "it can't be read, " + e,
          "Give a text file in UTF-8 with an input in each line",
          e);
    }
    for (String line : lines) {
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        inputs.add(entry);
      }
    }
  }

  /** Whether an argument names one file, as far as its form and the local disk tell. */
  private static boolean isSingleFile(String input) {
    boolean pattern = input.matches(".*[*?\\[{].*");
    boolean localFolder = Stores.isLocal(input) && Files.isDirectory(Stores.localPath(input));
    return !input.endsWith("/")
        && !localFolder
        && (!pattern || Stores.isLocal(input) && Files.isRegularFile(Stores.localPath(input)));
  }

  private static String absolute(String path) {
    return Stores.isLocal(path)
        ? Stores.localPath(path).toAbsolutePath().normalize().toString()
        : path.replaceAll("/+$", "");
  }

  private Map<String, List<Long>> chunkShapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (String chunk : chunks) {
      int equals = chunk.lastIndexOf('=');
      try {
        List<Long> shape = new ArrayList<>();
        for (String n : chunk.substring(equals + 1).split(",")) {
          shape.add(Long.parseLong(n.strip()));
        }
        if (equals < 1 || shape.stream().anyMatch(n -> n < 1)) {
          throw new NumberFormatException(chunk);
        }
        shapes.put(chunk.substring(0, equals), shape);
      } catch (NumberFormatException e) {
        throw new UserError(
            "--chunk " + chunk, "not PATTERN=N,N...", "As in --chunk '/run/*=1,1,65536'", e);
      }
    }
    return shapes;
  }
}
