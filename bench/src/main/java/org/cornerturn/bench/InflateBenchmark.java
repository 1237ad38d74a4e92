package org.cornerturn.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Inflating a chunk of 250,000 bytes that zlib's level 4 made, by our own decoder and by the JDK's,
 * which is zlib. Operations per second times 0.25 are megabytes per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class InflateBenchmark {
  private static final int BYTES = 250_000;
  private static final int SIDE = 250;
  private static final int LEVEL = 4;

  /** What the chunk holds. */
  public enum Content {
    /** Noise of a normal distribution, float32. */
    NOISE,
    /** A wave with noise of four digits, float32, as {@code gen_planes.py} makes it. */
    PLANE,
    /** A wave, float32, shuffled. */
    SMOOTH_SHUFFLED,
    /** A wave with noise of some steps, int16. */
    SAMPLES,
    /** The same, shuffled. */
    SAMPLES_SHUFFLED,
    /** Words. */
    TEXT
  }

  @Param public Content content;

  private byte[] deflated;
  private byte[] target;
  private Inflate own;
  private Inflater jdk;

  @Setup
  public void prepare() {
    byte[] raw = raw(content);
    deflated = Deflate.encode(raw, 0, raw.length, LEVEL);
    target = new byte[raw.length];
    own = new Inflate("zlib");
    jdk = new Inflater();
  }

  private static byte[] raw(Content content) {
    Random random = new Random(1);
    ByteBuffer b = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; b.hasRemaining(); i++) {
      double wave = Math.sin(i % SIDE / 97.0) * Math.cos(i / SIDE / 61.0);
      switch (content) {
        case NOISE -> b.putFloat((float) random.nextGaussian());
        case PLANE ->
            b.putFloat(Math.round((wave + 0.05 * random.nextGaussian()) * 8192) / 8192.0f);
        case SMOOTH_SHUFFLED -> b.putFloat((float) wave);
        case SAMPLES, SAMPLES_SHUFFLED ->
            b.putShort((short) (2_000 * Math.sin(i / 300.0) + 12 * random.nextGaussian()));
        default -> word(b, random);
      }
    }
    return switch (content) {
      case SMOOTH_SHUFFLED -> shuffled(b.array(), Float.BYTES);
      case SAMPLES_SHUFFLED -> shuffled(b.array(), Short.BYTES);
      default -> b.array();
    };
  }

  /** One of a thousand words, common ones more often. */
  private static void word(ByteBuffer b, Random random) {
    Random letters = new Random((long) (1_000 * Math.pow(random.nextDouble(), 3)));
    int n = Math.min(b.remaining() - 1, 2 + letters.nextInt(9));
    for (int i = 0; i < n; i++) {
      b.put((byte) ('a' + letters.nextInt(26)));
    }
    b.put((byte) ' ');
  }

  private static byte[] shuffled(byte[] raw, int size) {
    byte[] shuffled = new byte[raw.length];
    Shuffle.shuffle(raw, 0, shuffled, 0, raw.length, size);
    return shuffled;
  }

  @Benchmark
  public int own() throws CodecException {
    return own.zlib(deflated, 0, deflated.length, target, 0, target.length);
  }

  @Benchmark
  public int jdk() throws DataFormatException {
    jdk.reset();
    jdk.setInput(deflated);
    return jdk.inflate(target);
  }
}
