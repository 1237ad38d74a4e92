package org.cornerturn.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.array.Block;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.Blosc.Compressor;
import org.cornerturn.codec.Blosc.Parameters;
import org.cornerturn.codec.Blosc.Rearrangement;
import org.cornerturn.codec.CodecException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What storing visibilities costs alone: one chunk of 4,656 baselines, 14 channels and two
 * correlations, noise upon a source (1.043 MB), and its weights (0.521 MB). Operations per second
 * times 1.043 are megabytes of visibilities per second; {@code apply} is what the codecs take of a
 * chunk that is corrected: it is decoded, and stored as it is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class VisibilityCodecBenchmark {
  private static final int SAMPLES = 4656 * 14 * 2;
  private static final Parameters STORED =
      new Parameters(Compressor.ZSTD, 1, Rearrangement.SHUFFLE, Float.BYTES, 0);
  private static final Parameters QUICK =
      new Parameters(Compressor.LZ4, 1, Rearrangement.SHUFFLE, Float.BYTES, 0);

  private byte[] visibilities;
  private byte[] weights;
  private byte[] room;
  private byte[] storedVisibilities;
  private byte[] storedWeights;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] v = new float[2 * SAMPLES];
    float[] w = new float[SAMPLES];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) (25 + 40 * random.nextGaussian());
    }
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (1 + 0.1 * random.nextGaussian());
    }
    visibilities = Block.toBytes(v);
    room = new byte[visibilities.length];
    weights = Block.toBytes(w);
    storedVisibilities = Blosc.encode(visibilities, 0, visibilities.length, STORED);
    byte[] ones = Block.toBytes(new float[SAMPLES]);
    storedWeights = Blosc.encode(ones, 0, ones.length, STORED);
  }

  @Benchmark
  public byte[] decode() throws CodecException {
    return Blosc.decode(storedVisibilities, 0, storedVisibilities.length, visibilities.length);
  }

  @Benchmark
  public byte[] encodeZstd() {
    return Blosc.encode(visibilities, 0, visibilities.length, STORED);
  }

  @Benchmark
  public byte[] encodeLz4() {
    return Blosc.encode(visibilities, 0, visibilities.length, QUICK);
  }

  @Benchmark
  public int apply() throws CodecException {
    Blosc.decode(storedVisibilities, 0, storedVisibilities.length, room);
    byte[] w = Blosc.decode(storedWeights, 0, storedWeights.length, weights.length);
    return room.length + w.length;
  }
}
