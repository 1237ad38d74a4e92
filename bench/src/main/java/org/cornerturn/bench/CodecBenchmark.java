package org.cornerturn.bench;

import java.util.concurrent.TimeUnit;
import org.cornerturn.codec.BitShuffle;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.CodecException;
import org.cornerturn.codec.Deflate;
import org.cornerturn.codec.Inflate;
import org.cornerturn.codec.Shuffle;
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
 * One chunk of 262,144 int16 samples (524,288 bytes). Operations per second times 0.524 are
 * megabytes per second; the ceiling of a conversion is what encode and inflate give on its cores
 * ({@code -t 2}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final Blosc.Parameters WAVEFORM =
      new Blosc.Parameters(
          Blosc.Compressor.ZSTD, 3, Blosc.Rearrangement.BITSHUFFLE, Recording.ITEM_SIZE, 0);

  private byte[] raw;
  private byte[] target;
  private byte[] frame;
  private byte[] deflated;
  private Inflate inflate;

  @Setup
  public void prepare() {
    raw = Recording.samples(Recording.CHUNK);
    target = new byte[raw.length];
    frame = Blosc.encode(raw, 0, raw.length, WAVEFORM);
    deflated = Deflate.encode(raw, 0, raw.length, 4);
    inflate = new Inflate("zlib");
  }

  @Benchmark
  public byte[] encodeBloscZstd3BitShuffle() {
    return Blosc.encode(raw, 0, raw.length, WAVEFORM);
  }

  @Benchmark
  public byte[] decodeBloscZstd3BitShuffle() throws CodecException {
    return Blosc.decode(frame, 0, frame.length, raw.length);
  }

  @Benchmark
  public int inflate() throws CodecException {
    return inflate.zlib(deflated, 0, deflated.length, target, 0, target.length);
  }

  @Benchmark
  public byte[] shuffle() {
    Shuffle.shuffle(raw, 0, target, 0, raw.length, Recording.ITEM_SIZE);
    return target;
  }

  @Benchmark
  public byte[] unshuffle() {
    Shuffle.unshuffle(raw, 0, target, 0, raw.length, Recording.ITEM_SIZE);
    return target;
  }

  @Benchmark
  public byte[] bitShuffle() {
    BitShuffle.shuffle(raw, 0, target, 0, raw.length, Recording.ITEM_SIZE);
    return target;
  }
}
