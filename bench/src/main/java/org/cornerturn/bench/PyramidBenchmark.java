package org.cornerturn.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.pyramid.PyramidLevels;
import org.cornerturn.pyramid.Statistics;
import org.cornerturn.pyramid.WaveformPyramid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All levels above a trace of 4,194,304 int16 samples (8.4 MB). Operations per second times 8.39
 * are megabytes of samples per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PyramidBenchmark {
  private static final int SAMPLES = 20_000_000;
  private static final int CHUNK_BINS = 1 << 16;

  @Param({"MIN_MAX", "MIN_MAX_MEAN"})
  private Statistics kept;

  /** Whether the viewer's overview is made in the same pass. */
  @Param({"false", "true"})
  private boolean overview;

  private byte[] trace;
  private PyramidLevels levels;
  private int[] chunkBins;

  @Setup
  public void prepare() {
    trace = Recording.samples(SAMPLES);
    levels = PyramidLevels.of(SAMPLES);
    chunkBins = new int[levels.count()];
    Arrays.fill(chunkBins, CHUNK_BINS);
  }

  @Benchmark
  public void pyramid(Blackhole sink) {
    WaveformPyramid pyramid =
        WaveformPyramid.fromSamples(levels, Primitive.INT16, chunkBins, kept, sink::consume);
    if (overview) {
      pyramid.alongside(new Overview(Primitive.INT16, SAMPLES));
    }
    pyramid.begin();
    for (int first = 0; first < SAMPLES; first += Recording.CHUNK) {
      int count = Math.min(Recording.CHUNK, SAMPLES - first);
      pyramid.samples(trace, first * Recording.ITEM_SIZE, count);
    }
    pyramid.finish();
  }
}
