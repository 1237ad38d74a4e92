package org.cornerturn.zarr;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.BitShuffle;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.Shuffle;
import org.cornerturn.storage.MemoryStore;

/**
 * Prints MB/s of raw data, one thread, of Blosc alone and of whole objects through the encoder and
 * the reader. Not a test; run its main.
 */
final class CodecSpeed {
  private static final int ROUNDS = 8;
  private static final int BYTES = 32 << 20;

  private CodecSpeed() {}

  private interface Work {
    void run() throws Exception;
  }

  /** Best of several rounds, so that a busy machine disturbs least. */
  private static double megabytesPerSecond(Work work) throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return BYTES / 1e6 / (best / 1e9);
  }

  /** Digitized noise of a few bits around a slow sine, as a waveform has. */
  private static byte[] waveform(DataType type) {
    Random random = new Random(1);
    if (type == Primitive.INT16) {
      short[] s = new short[BYTES / 2];
      for (int i = 0; i < s.length; i++) {
        s[i] = (short) (8000 * Math.sin(i / 5000.0) + 20 * random.nextGaussian());
      }
      return Block.toBytes(s);
    }
    float[] f = new float[BYTES / 4];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) (Math.sin(i / 5000.0) + 0.01 * random.nextGaussian());
    }
    return Block.toBytes(f);
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Primitive type : List.of(Primitive.INT16, Primitive.FLOAT32)) {
      byte[] raw = waveform(type);
      shuffles(out, type, raw);
      int chunk = (1 << 20) / type.itemSize();
      Shape shape = Shape.of(BYTES / type.itemSize());
      CodecChain fast = CodecChain.standard(ZarrFormat.V3, type);
      CodecChain waves =
          CodecChain.blosc(
              ZarrFormat.V3, type, Blosc.Compressor.ZSTD, 3, Blosc.Rearrangement.BITSHUFFLE);
      for (CodecChain codecs : List.of(fast, waves)) {
        Codec.BloscCodec blosc = (Codec.BloscCodec) codecs.compressors().get(0);
        bloscAlone(out, type, raw, chunk * type.itemSize(), blosc.parameters());
        for (Shape shard : Arrays.asList(null, shape)) {
          ArrayMetadata m =
              ArrayMetadata.builder(ZarrFormat.V3, shape, type)
                  .codecs(codecs)
                  .layout(new Layout(Shape.of(chunk), shard))
                  .build();
          objects(out, m, new Block(type, shape, raw));
        }
      }
    }
  }

  private static void shuffles(PrintStream out, Primitive type, byte[] raw) throws Exception {
    byte[] there = new byte[raw.length];
    byte[] back = new byte[raw.length];
    int size = type.itemSize();
    out.printf(
        Locale.ROOT,
        "%s Java kernels: shuffle %.0f unshuffle %.0f bitshuffle %.0f bitunshuffle %.0f MB/s%n",
        type,
        megabytesPerSecond(() -> Shuffle.shuffle(raw, 0, there, 0, raw.length, size)),
        megabytesPerSecond(() -> Shuffle.unshuffle(there, 0, back, 0, raw.length, size)),
        megabytesPerSecond(() -> BitShuffle.shuffle(raw, 0, there, 0, raw.length, size)),
        megabytesPerSecond(() -> BitShuffle.unshuffle(there, 0, back, 0, raw.length, size)));
  }

  private static void bloscAlone(
      PrintStream out, Primitive type, byte[] raw, int chunk, Blosc.Parameters p) throws Exception {
    byte[][] chunks = new byte[raw.length / chunk][];
    byte[][] frames = new byte[chunks.length][];
    long size = 0;
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(raw, i * chunk, (i + 1) * chunk);
      frames[i] = Blosc.encode(chunks[i], 0, chunk, p);
      size += frames[i].length;
    }
    out.printf(
        Locale.ROOT,
        "%s blosc alone (native %s) %s: encode %.0f decode %.0f MB/s, ratio %.2f%n",
        type,
        Blosc.isNative(),
        p,
        megabytesPerSecond(
            () -> {
              for (byte[] c : chunks) {
                Blosc.encode(c, 0, c.length, p);
              }
            }),
        megabytesPerSecond(
            () -> {
              for (byte[] f : frames) {
                Blosc.decode(f, 0, f.length, chunk);
              }
            }),
        (double) raw.length / size);
  }

  private static void objects(PrintStream out, ArrayMetadata m, Block whole) throws Exception {
    ObjectEncoder encoder = new ObjectEncoder(m, EmptyChunks.OMIT);
    long objects = m.objectGrid().count();
    Block[] blocks = new Block[(int) objects];
    for (int i = 0; i < objects; i++) {
      blocks[i] = RoundTripTest.cut(whole, m.objectGrid().box(i));
    }
    MemoryStore store = new MemoryStore();
    RoundTripTest.write(store, "a", m, whole, EmptyChunks.OMIT);
    ZarrArray array = ZarrArray.open(store, "a");
    Box all = Box.all(m.shape());
    out.printf(
        Locale.ROOT,
        "%s objects, %s: encode %.0f read %.0f MB/s%n",
        m.type(),
        m.sharding() == null ? "chunks" : "one shard",
        megabytesPerSecond(
            () -> {
              for (int i = 0; i < objects; i++) {
                encoder.encode(new long[] {i}, blocks[i]);
              }
            }),
        megabytesPerSecond(() -> array.read(all)));
  }
}
