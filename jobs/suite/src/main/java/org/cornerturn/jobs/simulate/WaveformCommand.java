package org.cornerturn.jobs.simulate;

import static org.cornerturn.jobs.simulate.Checks.positive;
import static org.cornerturn.jobs.simulate.Checks.require;

import java.io.IOException;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.simulate.Waveform;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn simulate waveform}. */
@Command(
    name = "waveform",
    description = {
      "Simulate an oscilloscope's recording and write it as HDF5, of any size.",
      "Samples are int16 (channel, trc, segment, sample), 2 ns apart: a signal of 50 Hz with jitter,"
          + " a short feature, drift, noise and glitches."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn simulate waveform scope.h5 --size 240MB",
      "  cornerturn simulate waveform s3a://bucket/scope.h5 --filter shuffle+gzip --level 6",
      "  cornerturn simulate waveform scope.h5 --minimal --signal pulse --seed 7"
    })
public final class WaveformCommand extends Verb {
  private static final Waveform STANDARD = Waveform.standard(1);
  private static final Waveform MINIMAL = Waveform.minimal(1);
  private static final int LARGEST_CHUNK = 1 << 29;

  @Parameters(paramLabel = "OUT.h5", description = "The file to write, on disk or s3a:.")
  private String output;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Samples of a segment; default 100000000.")
  private Long samples;

  @Option(
      names = "--size",
      description = "Size of all samples together, instead of --samples, as in 240MB.")
  private ByteSize size;

  @Option(names = "--channels", paramLabel = "N", description = "Default 2.")
  private Integer channels;

  @Option(names = "--trcs", paramLabel = "N", description = "Default 1.")
  private Integer trcs;

  @Option(names = "--segments", paramLabel = "N", description = "Default 3.")
  private Integer segments;

  @Option(
      names = "--signal",
      defaultValue = "sine",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Waveform.Signal signal;

  @Option(
      names = "--minimal",
      description = "Small: 2 channels, 3 trcs, 5 segments of 1000000 samples, unless told.")
  private boolean minimal;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Chooses noise, glitches, gains and offsets (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--layout",
      description =
          "${COMPLETION-CANDIDATES}: in one piece, or in chunks; default contiguous, with filters"
              + " chunked.")
  private WaveformParameters.Layout layout;

  @Option(
      names = "--filter",
      defaultValue = "none",
      description =
          "none, or gzip, lzf, lz4, bitshuffle, shuffle, fletcher32 joined by +, as in"
              + " shuffle+gzip (${DEFAULT-VALUE}).")
  private String filter;

  @Option(
      names = "--level",
      paramLabel = "0..9",
      defaultValue = "4",
      description = "Level of gzip (${DEFAULT-VALUE}).")
  private int level;

  @Option(
      names = "--chunk-samples",
      paramLabel = "N",
      defaultValue = "262144",
      description = "Samples of a chunk (${DEFAULT-VALUE}).")
  private long chunkSamples;

  @Option(
      names = "--overwrite",
      description = "Replace a recording that other parameters have made.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    WaveformParameters parameters = parameters();
    WaveformJob job =
        new WaveformJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private WaveformParameters parameters() {
    Waveform standard = minimal ? MINIMAL : STANDARD;
    int channel = positive("--channels", channels, standard.channels());
    int trc = positive("--trcs", trcs, standard.trcs());
    int segment = positive("--segments", segments, standard.segments());
    long sample = samples(standard.samples(), channel, trc, segment);
    require(level >= 0 && level <= 9, "--level " + level, "not a level of gzip", "Use 0 to 9");
    require(
        chunkSamples >= 1 && chunkSamples <= LARGEST_CHUNK,
        "--chunk-samples " + chunkSamples,
        "HDF5 keeps no such chunks",
        "Use 1 to " + LARGEST_CHUNK);
    return new WaveformParameters(
        output(),
        seed,
        channel,
        trc,
        segment,
        sample,
        signal,
        layout(),
        filter.toLowerCase(Locale.ROOT),
        level,
        Math.min(chunkSamples, sample));
  }

  private long samples(long standard, int channel, int trc, int segment) {
    require(
        size == null || samples == null,
        "--size and --samples",
        "both tell how much",
        "Give one of them");
    require(samples == null || samples >= 1, "--samples " + samples, "too few", "Use 1 or more");
    try {
      long sampleBytes = Math.multiplyExact(Math.multiplyExact(2L * channel, trc), segment);
      long count = size != null ? size.bytes() / sampleBytes : samples != null ? samples : standard;
      require(count >= 1, "--size " + size, "no sample of each trace fits", "Use a larger one");
      Math.multiplyExact(count, sampleBytes);
      return count;
    } catch (ArithmeticException e) {
      throw new UserError(
          "The recording", "it would have more than 8 EiB", "Use fewer samples or segments", e);
    }
  }

  private WaveformParameters.Layout layout() {
    try {
      boolean filtered = !WaveformParameters.filters(filter, level).isEmpty();
      require(
          !filtered || layout != WaveformParameters.Layout.CONTIGUOUS,
          "--filter " + filter,
          "HDF5 filters chunks only",
          "Leave out --layout contiguous");
      return layout != null
          ? layout
          : filtered ? WaveformParameters.Layout.CHUNKED : WaveformParameters.Layout.CONTIGUOUS;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--filter " + filter,
          e.getMessage(),
          "Use none, or gzip, lzf, lz4, bitshuffle, shuffle, fletcher32 joined by +",
          e);
    }
  }

  private String output() {
    String leaf = output.substring(output.lastIndexOf('/') + 1);
    require(
        !leaf.isEmpty() && !leaf.endsWith(".zarr"),
        output,
        "simulate writes one HDF5 file",
        "Name it OUT.h5; `cornerturn convert` makes a store of it");
    String absolute =
        Stores.isLocal(output)
            ? Stores.localPath(output).toAbsolutePath().normalize().toString()
            : output;
    require(
        !absolute.matches("[A-Za-z0-9+.-]+://[^/]*"),
        output,
        "this is a bucket",
        "Name a file in it");
    return absolute;
  }
}
