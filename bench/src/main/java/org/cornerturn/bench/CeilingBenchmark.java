package org.cornerturn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.CodecException;
import org.cornerturn.codec.Deflate;
import org.cornerturn.codec.Inflate;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The least that a conversion of a recording must do, on the recording's own samples: deflate's
 * inverse for a gzip file, and the encoding of what is written. One operation is one chunk of
 * 262,144 int16 samples, so operations per second times 0.524 are megabytes per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CeilingBenchmark {
  private static final int CHUNKS = 64;
  private static final Blosc.Parameters WAVEFORM =
      new Blosc.Parameters(
          Blosc.Compressor.ZSTD, 3, Blosc.Rearrangement.BITSHUFFLE, Recording.ITEM_SIZE, 0);

  /** A recording with a 4-D int16 {@code /samples}, such as {@code bench/gen_wave.py} makes. */
  @Param("bench/target/data/wave-2.4GB-contiguous.h5")
  public String file;

  /**
   * Where {@link #readEncodeWrite} puts its objects, one over the other; a file system in memory.
   */
  @Param("/dev/shm")
  public String folder;

  private final byte[][] raw = new byte[CHUNKS][];
  private final byte[][] deflated = new byte[CHUNKS][];
  private final byte[] target = new byte[Recording.CHUNK * Recording.ITEM_SIZE];
  private final Inflate inflate = new Inflate("zlib");
  private Hdf5File opened;
  private DatasetReader reader;
  private Shape shape;
  private LocalStore written;
  private String object;
  private int next;

  @Setup
  public void prepare() throws IOException {
    Path path = Path.of(file).toAbsolutePath();
    ObjectChannel channel = new LocalStore(path.getParent()).open(path.getFileName().toString());
    opened = Hdf5File.open(channel);
    Hdf5Dataset samples = opened.dataset("/samples");
    shape = samples.shape();
    reader = new DatasetReader(samples.source(), samples.manifest(), channel);
    for (int i = 0; i < CHUNKS; i++) {
      raw[i] = chunk(i * 7L);
      deflated[i] = Deflate.encode(raw[i], 0, raw[i].length, 4);
    }
    written = new LocalStore(Path.of(folder));
    object = "cornerturn-ceiling-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  @TearDown
  public void close() throws IOException {
    opened.close();
    Files.deleteIfExists(Path.of(folder, object));
  }

  /** Chunks of all traces, and of all parts of a trace, one after the other. */
  private byte[] chunk(long number) throws IOException {
    long inTrace = shape.dim(3) / Recording.CHUNK;
    long[] start = {
      number / inTrace / shape.dim(2) % shape.dim(0),
      0,
      number / inTrace % shape.dim(2),
      number % inTrace * Recording.CHUNK
    };
    return reader.read(Box.of(start, new long[] {1, 1, 1, Recording.CHUNK})).bytes();
  }

  @Benchmark
  public byte[] encode() {
    next = (next + 1) % CHUNKS;
    return Blosc.encode(raw[next], 0, raw[next].length, WAVEFORM);
  }

  @Benchmark
  public byte[] inflateAndEncode() throws CodecException {
    next = (next + 1) % CHUNKS;
    byte[] stored = deflated[next];
    inflate.zlib(stored, 0, stored.length, target, 0, target.length);
    return Blosc.encode(target, 0, target.length, WAVEFORM);
  }

  /** What no conversion can leave out: a chunk read from the page cache, encoded and written. */
  @Benchmark
  public void readEncodeWrite() throws IOException {
    byte[] samples = chunk(next++);
    byte[] encoded = Blosc.encode(samples, 0, samples.length, WAVEFORM);
    written.put(object, encoded);
  }
}
